/** The log of acts: the event of every act of moderation has its actor, its target, its reason and its end. */
import type { EventOf } from '../../model/event.ts'
import type { Input, SessionId } from '../../model/input.ts'
import { withMode } from '../../model/keeping/modes.ts'
import { LOGGED_MAX, LOGGED_PER_ROOM } from '../../model/limits.ts'
import { type Act, type ActKind, NO_RULES } from '../../model/state/keeping.ts'
import type { State } from '../../model/state.ts'
import { evolveRoom } from '../evolve-room.ts'
import { roleOf } from '../may.ts'
import { keeperOf, sessionsOf } from '../rules/lookup.ts'
import { withEnd } from './ends.ts'
import { modeKey, rulesOf, withRules } from './places.ts'

type Saying = Partial<Act> & { readonly act: ActKind; readonly room: string | null }

/** `input` null: nobody did it, but its time was over. */
export function acted(
  state: State,
  input: Input | null,
  saying: Saying,
  to: EventOf<'moderated'>['to'],
): EventOf<'moderated'> {
  const keeper = input && keeperOf(state, input)
  const by = { by: keeper?.name ?? null, byId: keeper?.id ?? null }
  return { type: 'moderated', ...by, ...NOTHING, ...saying, to }
}

const NOTHING = { who: null, whoId: null, rule: null, value: null, reason: null, until: null } as const

/** The sessions that see the log of a room, or (null) of the server. The host sees every event. */
export function staffOf(state: State, room: string | null): readonly SessionId[] {
  const view = room === null ? undefined : state.rooms.get(room)
  const keepers = [...(view?.roles ?? [])].filter(([, role]) => role !== 'voice').map(([id]) => id)
  const ids = new Set([...state.administrators, ...keepers])
  return [...ids].flatMap(id => sessionsOf(state, id)).sort()
}

/** Whether somebody keeps order in a room. */
export const isStaff = (state: State, id: string, room: string | null): boolean =>
  ['administrator', 'founder', 'operator'].includes(roleOf(state, id, room))

/**
 * The act is logged. A role or a mode of a room is set in its view, a mode of the server in its rules. Nothing is kept of
 * a room that is gone by now.
 */
export function evolveModerated(state: State, event: EventOf<'moderated'>): State {
  const { type: _, to: __, ...act } = event
  const { room } = act
  const view = room === null ? undefined : state.rooms.get(room)
  if (room !== null && !view) return state
  const viewed =
    room !== null && view ? { ...state, rooms: state.rooms.set(room, evolveRoom(view, event, state.at)) } : state
  const ending =
    act.act === 'mode' && act.mode === 'lockdown'
      ? withEnd(viewed, modeKey(room), act.set === null ? null : act.until)
      : viewed
  const rules = rulesOf(ending, room)
  const log = rules.log.push({ ...act, seq: state.seq, at: state.at })
  const most = room === null ? LOGGED_MAX : LOGGED_PER_ROOM
  const modes = room === null && act.mode !== undefined ? withMode(rules.modes, act.mode, act.set ?? null) : rules.modes
  const spoke = act.mode === 'slow' && act.set === null ? NO_RULES.spoke : rules.spoke
  return withRules(ending, room, { ...rules, modes, spoke, log: log.size > most ? log.skip(log.size - most) : log })
}
