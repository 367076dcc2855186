/** Webhooks: the URLs that messages are forwarded to, and how far each has come. A restart continues from there. */
import type { Event, EventOf } from '../../model/event.ts'
import type { InputOf } from '../../model/input.ts'
import { HOOKS_MAX } from '../../model/limits.ts'
import type { State } from '../../model/state.ts'
import { refuse } from './refuse.ts'

export function decideHook(state: State, input: InputOf<'hook'>): readonly Event[] {
  const { url, room, salt, events } = input
  if (state.hooks.size >= HOOKS_MAX) return refuse(input, 'hooks-full', `${HOOKS_MAX}`)
  const more = state.format < 7 || events === undefined ? {} : { events }
  return [{ type: 'hooked', id: state.seq, url, room, salt, ...more, cursor: state.seq, paused: false }]
}

export const decideUnhook = (state: State, input: InputOf<'unhook'>): readonly Event[] =>
  state.hooks.has(input.hook)
    ? [{ type: 'unhooked', hook: input.hook }]
    : refuse(input, 'hook-unknown', `${input.hook}`)

/** If the hook was removed meanwhile, nothing follows. */
export const decideForward = (state: State, { hook, cursor, paused }: InputOf<'forward'>): readonly Event[] =>
  state.hooks.has(hook) ? [{ type: 'forwarded', hook, cursor, paused }] : []

export function evolveHooks(state: State, event: EventOf<'hooked' | 'unhooked' | 'forwarded'>): State {
  switch (event.type) {
    case 'hooked': {
      const { type: _, ...hook } = event
      return { ...state, hooks: state.hooks.set(hook.id, hook) }
    }
    case 'unhooked':
      return { ...state, hooks: state.hooks.delete(event.hook) }
    case 'forwarded': {
      const hook = state.hooks.get(event.hook)
      if (!hook) return state
      return { ...state, hooks: state.hooks.set(hook.id, { ...hook, cursor: event.cursor, paused: event.paused }) }
    }
  }
}
