/** Invites: each lets in as many as the host said, until it expires. The reducer counts, so no use is counted twice. */
import type { Event, EventOf } from '../../model/event.ts'
import type { Input, InputOf } from '../../model/input.ts'
import { INVITES_MAX } from '../../model/limits.ts'
import type { State } from '../../model/state.ts'
import { refuse } from '../rules/refuse.ts'

type Used =
  | { readonly ok: true; readonly events: readonly Event[] }
  | { readonly ok: false; readonly refusal: readonly Event[] }

/** Takes one use of the invite. Undefined: none is needed. */
export function takeInvite(state: State, input: Input, id: string | undefined): Used {
  if (id === undefined) return { ok: true, events: [] }
  const invite = state.invites.get(id)
  if (!invite || invite.uses < 1 || invite.until <= state.at)
    return { ok: false, refusal: refuse(input, 'invite-invalid') }
  return { ok: true, events: [{ type: 'invite-used', invite: id }] }
}

export function decideInvite(state: State, input: InputOf<'invite'>): readonly Event[] {
  const { invite: id, hash, room, uses, until } = input
  if (current(state).size >= INVITES_MAX) return refuse(input, 'invites-full', `${INVITES_MAX}`)
  return [{ type: 'invited', id, hash, room, uses, until: state.at + until - input.at }]
}

export const decideUninvite = (state: State, input: InputOf<'uninvite'>): readonly Event[] =>
  current(state).has(input.invite)
    ? [{ type: 'uninvited', invite: input.invite }]
    : refuse(input, 'invite-unknown', input.invite)

/** Invites that are over are dropped with the next change. */
export function evolveInvites(state: State, event: EventOf<'invited' | 'uninvited' | 'invite-used'>): State {
  const invites = current(state)
  switch (event.type) {
    case 'invited': {
      const { type: _, ...invite } = event
      return { ...state, invites: invites.set(invite.id, invite) }
    }
    case 'uninvited':
      return { ...state, invites: invites.delete(event.invite) }
    case 'invite-used': {
      const invite = invites.get(event.invite)
      if (!invite) return { ...state, invites }
      const uses = invite.uses - 1
      return { ...state, invites: uses < 1 ? invites.delete(invite.id) : invites.set(invite.id, { ...invite, uses }) }
    }
  }
}

/** The invites that aren't over. */
export const current = ({ invites, at }: State): State['invites'] =>
  invites.some(({ until }) => until <= at) ? invites.filter(({ until }) => until > at) : invites
