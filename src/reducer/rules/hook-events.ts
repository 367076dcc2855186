/**
 * Events that hooks have yet to get. Messages are in the history; everything else waits here, so a restart loses nothing.
 * An event goes when every hook that it's for has it.
 */
import type { EventOf, RoutedEvent } from '../../model/event.ts'
import { HOOK_EVENTS_MAX } from '../../model/limits.ts'
import { type Hook, kindsOf } from '../../model/state/hook.ts'
import { type ForwardedEvent, type HookEvent, isFor } from '../../model/state/hook-event.ts'
import type { State } from '../../model/state.ts'

/** `i` and `last`: the place of the event among those of its input. */
export function withHookEvent(state: State, event: RoutedEvent, i: number, last: boolean): State {
  if (state.hooks.size === 0 || state.format < 9) return state
  const found = forwarded(event)
  const isWanted = found && state.hooks.some(hook => isFor(hook, found))
  if (!found || !isWanted) return state
  const now = state.hookEvents.size < HOOK_EVENTS_MAX ? state : withRoom(state)
  return { ...now, hookEvents: now.hookEvents.push({ seq: state.seq, at: state.at, i, last, ...found }) }
}

/** Without the events that no hook has yet to get, up to the first that one has. */
export function withoutSent(state: State): State {
  if (state.hookEvents.isEmpty()) return state
  const first = state.hookEvents.findIndex(isOwedIn(state))
  return { ...state, hookEvents: first < 0 ? state.hookEvents.clear() : state.hookEvents.slice(first) }
}

/** Before format 9 the logs alone had acts that hooks were yet to get. */
export function withLoggedActs(state: State): State {
  if (state.hooks.size === 0) return state
  const isOwed = isOwedIn(state)
  const logged = [...state.rules].flatMap(([place, { log }]) => log.toArray().map(act => ({ place, act })))
  logged.sort((a, b) => a.act.seq - b.act.seq || (a.place < b.place ? -1 : 1))
  let i = 0
  const acts = logged.map(({ act: { seq, at, ...act } }, k): HookEvent => {
    i = logged[k - 1]?.act.seq === seq ? i + 1 : 0
    const last = logged[k + 1]?.act.seq !== seq
    return { seq, at, i, last, rooms: act.room === null ? null : [act.room], event: { type: 'moderated', ...act } }
  })
  return { ...state, hookEvents: state.hookEvents.concat(acts.filter(isOwed).slice(-HOOK_EVENTS_MAX)) }
}

/** Too many wait, for a receiver that is away. Only those that some hook has yet to get stay, and the oldest of these go. */
function withRoom(state: State): State {
  const owed = state.hookEvents.filter(isOwedIn(state))
  if (owed.size <= (HOOK_EVENTS_MAX * 3) / 4) return { ...state, hookEvents: owed }
  const gone = owed.size - HOOK_EVENTS_MAX / 2
  const lost = owed.slice(0, gone)
  return {
    ...state,
    hookEvents: owed.slice(gone),
    hooks: state.hooks.map(hook => missing(hook, lost.count(isOwedTo(hook)))),
  }
}

const missing = (hook: Hook, count: number): Hook =>
  count === 0 ? hook : { ...hook, missed: (hook.missed ?? 0) + count }

const isOwedTo =
  (hook: Hook) =>
  (one: HookEvent): boolean =>
    hook.cursor < one.seq && isFor(hook, one)

function isOwedIn({ hooks }: State): (one: HookEvent) => boolean {
  const owed = [...hooks.values()].filter(hook => kindsOf(hook).some(kind => kind !== 'messages')).map(isOwedTo)
  return one => owed.some(isOwed => isOwed(one))
}

type Found = { readonly rooms: readonly string[] | null; readonly event: ForwardedEvent }

/** Drops the fields that only the server needs. Null: it's not for hooks, or not from here. */
function forwarded(event: RoutedEvent): Found | null {
  switch (event.type) {
    case 'joined':
    case 'parted':
    case 'topic':
    case 'pinned':
    case 'hands':
    case 'finished':
      return { rooms: [event.room], event }
    case 'answered': {
      const { label: _, ...answered } = event
      return { rooms: [event.room], event: answered }
    }
    case 'concluded':
      return { rooms: [event.room], event: { ...event, choices: [] } }
    case 'quit': {
      const { rooms, ...rest } = event
      return { rooms, event: rest }
    }
    case 'renamed': {
      const { rooms, type, from, to, member } = event
      return { rooms, event: { type, from, to, member } }
    }
    case 'edited':
    case 'deleted':
    case 'reacted':
      return inRoom(event)
    case 'moderated': {
      const { to: _, ...act } = event
      return { rooms: act.room === null ? null : [act.room], event: act }
    }
    case 'said': {
      const { type, room, from, action, author } = event
      return event.ask ? { rooms: [room], event: { type, room, from, action, author } } : null
    }
    case 'told':
    case 'held':
    case 'away':
    case 'registered':
    case 'pictured':
      return null
  }
}

/** Null: it's about a direct message. */
function inRoom(event: EventOf<'edited' | 'deleted' | 'reacted'>): Found | null {
  const { sessions: _, everyone: __, ...rest } = event
  return rest.room === null ? null : { rooms: [rest.room], event: rest }
}
