/** Invites, as the host manages them at the console. A link is shown once; only the hash of its token is kept. */
import type { Body } from '../../model/input.ts'
import type { Invite } from '../../model/state/account.ts'
import type { State } from '../../model/state.ts'
import { flatten } from '../../model/text.ts'
import type { Clock } from '../../port/clock.ts'
import type { Entropy } from '../../port/entropy.ts'
import { current } from '../../reducer/accounts/invites.ts'
import { type Refused, vetRoom } from '../ingress/vetting/vetted.ts'

export type InviteRequest = {
  /** Null: the lobby. */
  readonly room: string | null
  readonly uses: number
  /** For how long, in milliseconds. */
  readonly ms: number
}

export type HostInvites = {
  /** `told` gets the token of the link. Returns the refusal if it is certain to be refused; otherwise null. */
  readonly add: (asked: InviteRequest, told: (invite: Invite, token: string) => void) => Refused | null
  readonly revoke: (id: string, told: () => void) => void
  /** Invites that can still be used, oldest first. */
  readonly list: () => readonly Invite[]
}

type Deps = {
  readonly entropy: Entropy
  readonly clock: Clock
  readonly state: () => State
  readonly submit: (body: Body) => void
  readonly settled: (run: () => void) => void
}

export function hostInvites({ entropy, clock, state, submit, settled }: Deps): HostInvites {
  /** Short, because the host types it, and unique among those that there are. */
  function freeId(): string {
    for (;;) {
      const id = entropy
        .id()
        .replace(/[^a-z0-9]/gi, '')
        .slice(-ID_CHARS)
        .toLowerCase()
      if (id !== '' && !state().invites.has(id)) return id
    }
  }

  return {
    add({ room: only, uses, ms }, told) {
      const room = only === null ? null : vetRoom(only)
      if (room && !room.ok) return room
      const [invite, token] = [freeId(), entropy.secret().slice(0, TOKEN_CHARS)]
      const hash = entropy.digest(token)
      submit({ type: 'invite', invite, hash, room: room?.value ?? null, uses, until: clock.now() + ms })
      settled(() => {
        const made = state().invites.get(invite)
        if (made?.hash === hash) told(made, token)
      })
      return null
    },
    revoke(typed, told) {
      const id = flatten(typed).slice(0, TOKEN_CHARS)
      const isThere = state().invites.has(id)
      submit({ type: 'uninvite', invite: id })
      settled(() => {
        if (isThere && !state().invites.has(id)) told()
      })
    },
    list: () => [...current(state()).values()].filter(({ until }) => until > clock.now()),
  }
}

const ID_CHARS = 5
/** 128 bits in hex, so that the QR code of a link fits into a small window. */
const TOKEN_CHARS = 32
