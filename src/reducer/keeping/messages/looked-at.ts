/**
 * The texts of an input that the word filters look at: at ingress, and when a filter is tried on the past. They don't
 * look at the reasons of keepers.
 */
import type { Body, Identity, SessionId } from '../../../model/input.ts'
import type { State } from '../../../model/state.ts'
import { memberOf, nameOf } from '../../rules/lookup.ts'

export type LookedAt = {
  /** The field of the input that carries the filters that it matches: its own, that of its note, or of how it enters. */
  readonly as: 'filters' | 'noted' | 'entering'
  readonly text: string
  /**
   * The room that reads it; null: only the filters of the server hold; undefined: in rooms that may change until it's
   * folded.
   */
  readonly room: string | null | undefined
}

/** `text`: the one beside the input. */
export function lookedAt(state: State, session: SessionId, body: Body, text: string | null): readonly LookedAt[] {
  switch (body.type) {
    case 'say':
    case 'post':
      return looked(text, body.room)
    case 'edit':
      return looked(text, body.room)
    case 'tell':
      return looked(text, null)
    case 'topic':
      return looked(body.topic, body.room)
    case 'part':
      return looked(body.reason, body.room)
    case 'quit':
      return looked(body.reason)
    case 'away':
      return looked(body.note)
    case 'nick':
      return looked(body.name.text)
    case 'hello':
      return looked(body.account ? accountName(state, body.account) : body.name.text)
    // A member that joins brings its away note.
    case 'join':
      return [
        ...looked(nameOf(state, session), body.room),
        ...looked(memberOf(state, { session })?.away ?? null, body.room, 'noted'),
      ]
    case 'register':
      return looked(nameOf(state, session))
    // It may enter by another name.
    case 'resume': {
      const { enter } = body
      if (!enter) return looked(lapsedName(state, body.token))
      return looked(enter.account ? accountName(state, enter.account) : enter.name.text, undefined, 'entering')
    }
    default:
      return NOTHING
  }
}

const NOTHING: readonly LookedAt[] = []

const looked = (text: string | null, room?: string | null, as: LookedAt['as'] = 'filters'): readonly LookedAt[] =>
  text === null ? NOTHING : [{ as, text, room }]

const accountName = ({ accounts }: State, { id }: NonNullable<Identity['account']>): string | null =>
  accounts.get(id)?.name.text ?? null

/** Under which the session would return; null: it's none that has lapsed. */
const lapsedName = ({ lapsed, tokens }: State, token: string): string | null =>
  lapsed.get(tokens.get(token) ?? '')?.name.text ?? null

type Carrying = { readonly filters?: readonly number[]; readonly noted?: readonly number[] }

/** The input with these filters among those that it carries. */
export function carrying<T extends Body>(body: T, as: LookedAt['as'], ids: readonly number[]): T {
  if (ids.length === 0) return body
  if (as !== 'entering') return { ...body, [as]: [...((body as Carrying)[as] ?? []), ...ids] }
  const { enter } = body as Extract<Body, { type: 'resume' }>
  return { ...body, enter: { ...enter, filters: [...(enter?.filters ?? []), ...ids] } }
}
