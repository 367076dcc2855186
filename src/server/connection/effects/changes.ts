/**
 * Commands about messages that were sent before. The message is looked up when all inputs before are settled. Later requests
 * wait meanwhile, and after an edit until it is shown: its result comes only then, and numbers are used in order.
 */
import type { Body } from '../../../model/input.ts'
import type { Edit } from '../../../model/state/edits.ts'
import type { State } from '../../../model/state.ts'
import { editOf } from '../../../reducer/messages/editing.ts'
import { inForce } from '../../ingress/in-force.ts'
import { attaching } from '../../ingress/targets/attaching.ts'
import { changing } from '../../ingress/targets/changing.ts'
import { actorIdOf } from '../../ingress/targets/message.ts'
import type { Refused, Vetted } from '../../ingress/vetting/vetted.ts'
import type { ConnectionContext } from '../context.ts'
import type { Effect } from '../state.ts'
import type { HeldEffects } from './held-effects.ts'

type ChangeEffect = Extract<Effect, { type: 'change' }>

/** The body of a repeated command: it is only answered again. */
const NOTHING: Body = { type: 'pin', target: 0, room: '', off: true }

export class Changes {
  readonly #of: ConnectionContext
  readonly #held: HeldEffects

  constructor(connection: ConnectionContext, held: HeldEffects) {
    this.#of = connection
    this.#held = held
  }

  carryOut(effect: ChangeEffect): void {
    this.#held.hold()
    this.#begin(effect)
  }

  #begin(effect: ChangeEffect): void {
    this.#of.server.settled(() => {
      try {
        this.#look(effect)
      } catch (error) {
        this.#of.server.report(error)
        this.#goOn({ type: 'refuse', n: effect.n, code: 'internal', detail: '' })
      }
    })
  }

  #look(effect: ChangeEffect): void {
    const { session, n } = effect
    const state = this.#of.server.state()
    // A repeat: the reducer answers it again, and nothing more is done.
    const isRepeat = n !== null && n <= (state.sessions.get(session)?.last ?? 0)
    // The edit of this client, on a connection before, or of another device: until then the message has no text.
    const awaited = isRepeat ? undefined : underWay(state, effect)
    if (awaited !== undefined) return this.#wait(effect, awaited)
    const vetted: Vetted | Refused = isRepeat ? { ok: true, body: NOTHING, text: null } : inForceNow(effect, this.#of)
    if (!vetted.ok) return this.#goOn({ type: 'refuse', n, code: vetted.code, detail: vetted.detail })
    const { body, text } = vetted
    if (body.type !== 'edit') return this.#goOn({ type: 'submit', session, n, body, text })
    const { target } = body
    this.#of.submit(session, n, body, text)
    this.#of.server.settled(() => this.#of.server.shown(target, isShown => this.#over(isShown)))
  }

  #over(isShown: boolean): void {
    if (isShown) this.#held.release(() => {})
    else this.#held.abandon()
  }

  #wait(effect: ChangeEffect, target: number): void {
    this.#of.server.shown(target, isShown => {
      if (isShown) this.#begin(effect)
      else this.#goOn({ type: 'refuse', n: effect.n, code: 'storage', detail: '' })
    })
  }

  #goOn(next: Effect): void {
    this.#held.release(() => this.#of.attempt(next))
  }
}

/** The message that the command is about, if an edit of it waits to be shown. Without a number, it's one of its author's. */
function underWay(state: State, { session, n, command }: ChangeEffect): number | undefined {
  if (state.edits.isEmpty()) return undefined
  const seq = command.type === 'say' || command.type === 'tell' ? command.reply : command.seq
  if (typeof seq === 'number') return editOf(state, seq)?.target
  const own = actorIdOf(state, session)
  const isMeant = (edit: Edit): boolean =>
    (n !== null && edit.session === session && edit.n === n) || (command.type === 'edit' && edit.author === own)
  return state.edits.find(isMeant)?.target
}

function inForceNow({ session, command }: ChangeEffect, { server }: ConnectionContext): Vetted | Refused {
  const { history, clock, editTime } = server
  const asking = { history, state: server.state(), session, now: clock.now(), editTime }
  const vetted =
    command.type === 'say' || command.type === 'tell' ? attaching(command, asking) : changing(command, asking)
  return vetted.ok ? inForce(asking.state, vetted) : vetted
}
