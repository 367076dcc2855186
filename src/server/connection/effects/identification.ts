/** The identity behind a hello: an account with a credential, a guest who registers, or a guest who is let in. */
import type { AskIdentity } from '../../../codec/codec.ts'
import type { NewAccount } from '../../../model/command.ts'
import type { Refusal } from '../../../model/error.ts'
import type { Enter, SessionId } from '../../../model/input.ts'
import { HANDSHAKE_MS } from '../../../model/limits.ts'
import type { Name } from '../../../model/name/name.ts'
import { LOBBY } from '../../../model/name/standing.ts'
import { accountNamed } from '../../ingress/authentication/authentication.ts'
import type { Claim, Drafts } from '../../ingress/authentication/registrar.ts'
import type { Refused } from '../../ingress/vetting/vetted.ts'
import type { ConnectionContext } from '../context.ts'
import { afterRegistering } from './registering.ts'
import type { SigningIn } from './signing-in.ts'

/** The claims of a hello. */
export type Wanted = {
  readonly name: Name | null
  readonly room: string | null
  readonly password: string | null
  readonly identity: AskIdentity
}

/** The identity that was found. `done` is called when its input was submitted for a session, `undo` if it never is. */
export type Identified = {
  readonly enter: Omit<Enter, 'protocol'>
  readonly done: (session: SessionId) => void
  readonly undo: () => void
}

type Outcome = { readonly go: (how: Identified) => void; readonly refuse: (refusal: Refusal) => void }

const nothing = (): void => {}
const as = (enter: Identified['enter']): Identified => ({ enter, done: nothing, undo: nothing })

export class Identification {
  readonly #of: ConnectionContext
  readonly #signingIn: SigningIn

  constructor(connection: ConnectionContext, signingIn: SigningIn) {
    this.#of = connection
    this.#signingIn = signingIn
  }

  begin(wanted: Wanted, outcome: Outcome): void {
    const { name, identity } = wanted
    if (identity.account) return this.#account(wanted, identity.account, outcome)
    if (name === null) return outcome.refuse({ code: 'name-empty', detail: '' })
    if (this.#of.link.encoding?.protocol === 'line') return this.#person(wanted, name, outcome)
    this.#guest(wanted, name, outcome)
  }

  /**
   * A person has one line for a password. If it isn't the server's, it may be that of the account; if neither, the answer
   * and its time are the same for every name (docs/spec.md, S7).
   */
  #person(wanted: Wanted, name: Name, outcome: Outcome): void {
    const { clock, gate, state } = this.#of.server
    const { link } = this.#of
    const { password } = wanted
    // A person's lines go to the lobby at first, so an account has to be there, too.
    const room = wanted.room ?? LOBBY
    const refusal = password === null ? null : gate.pass(link.address, password, clock.elapsed())
    if (password !== null && refusal !== null) {
      const refuse = (): void => outcome.refuse(refusal)
      return this.#account({ ...wanted, room }, { password }, { ...outcome, refuse })
    }
    if (!accountNamed(state(), name)) return this.#guest(wanted, name, outcome)
    this.#of.extend(HANDSHAKE_MS)
    link.notify({ type: 'registered', name, room })
  }

  /** Its credential replaces the server's password. */
  #account({ name, room }: Wanted, account: NonNullable<AskIdentity['account']>, { go, refuse }: Outcome): void {
    this.#signingIn.begin(name, account, null, verdict => {
      if (!verdict.ok) {
        // A person who has mistyped gets the time to type again.
        this.#of.extend(HANDSHAKE_MS)
        return refuse(verdict)
      }
      const { account: id, credential, name: called } = verdict
      go(as({ name: called, room: room ?? LOBBY, account: { id, credential, room } }))
    })
  }

  /** An invite replaces the server's password, and lets a guest in even if guests may not enter. */
  #guest({ room, password, identity }: Wanted, name: Name, { go, refuse }: Outcome): void {
    const { clock, gate, guests, invites, registrar } = this.#of.server
    const { address } = this.#of.link
    const { register, invite: token } = identity
    const now = clock.elapsed()
    const invite = token === undefined ? null : invites.pass(address, token, now)
    if (invite?.ok === false) return refuse(invite)
    const refusal =
      (invite ? null : gate.pass(address, password, now)) ??
      (register ? registrar.refusal(invite !== null) : guests || invite ? null : GUESTS_OFF)
    if (refusal) return refuse(refusal)
    const enter = { name, room: room ?? LOBBY, ...(invite ? { invite: invite.invite } : {}) }
    if (!register) return go(as(enter))
    this.#register(register, enter, { go, refuse })
  }

  #register(asked: NewAccount, enter: Identified['enter'], { go, refuse }: Outcome): void {
    const { registrar } = this.#of.server
    const claim = registrar.claim(this.#of.link.address, enter.invite !== undefined)
    if (!claim.ok) return refuse(claim)
    const then = (drafts: Drafts | Refused): void => {
      if (drafts.ok) return go(this.#registering(drafts, claim, enter))
      claim.release()
      refuse(drafts)
    }
    this.#signingIn.settle(registrar.drafts(asked, this.#signingIn.attempt), then)
  }

  #registering(drafts: Drafts, claim: Claim, enter: Identified['enter']): Identified {
    return {
      enter: { ...enter, register: drafts.first },
      done: session => afterRegistering(this.#of, session, drafts, claim),
      undo: claim.release,
    }
  }
}

const GUESTS_OFF: Refusal = { code: 'guests-off', detail: '' }
