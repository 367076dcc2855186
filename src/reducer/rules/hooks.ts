/**
 * Webhooks: the URLs that events are forwarded to, how far each has come, and the secrets that sign. A restart
 * continues from there.
 */
import type { Event, EventOf } from '../../model/event.ts'
import type { InputOf } from '../../model/input.ts'
import { HOOKS_MAX } from '../../model/limits.ts'
import type { Hook } from '../../model/state/hook.ts'
import type { State } from '../../model/state.ts'
import { withEnd, withoutEnd } from '../keeping/ends.ts'
import { withoutSent } from './hook-events.ts'
import { refuse } from './refuse.ts'
import { dueIn } from './time.ts'

export function decideHook(state: State, input: InputOf<'hook'>): readonly Event[] {
  const { url, room, salt, events, kinds, cloudevents } = input
  if (state.hooks.size >= HOOKS_MAX) return refuse(input, 'hooks-full', `${HOOKS_MAX}`)
  const since7 = state.format < 7 || events === undefined ? {} : { events }
  const since9 = state.format < 9 ? {} : { standard, ...(kinds && { kinds }), ...(cloudevents && { cloudevents }) }
  const hook = { id: state.seq, url, room, salt, ...since7, ...since9, cursor: state.seq, paused: false }
  return [{ type: 'hooked', ...hook }]
}

/** From format 9 on, secrets are written as Standard Webhooks say. */
const standard = true as const

export const decideUnhook = (state: State, input: InputOf<'unhook'>): readonly Event[] =>
  state.hooks.has(input.hook)
    ? [{ type: 'unhooked', hook: input.hook }]
    : refuse(input, 'hook-unknown', `${input.hook}`)

/** If the hook was removed meanwhile, nothing follows. */
export const decideForward = (state: State, { hook, cursor, paused }: InputOf<'forward'>): readonly Event[] =>
  state.hooks.has(hook) ? [{ type: 'forwarded', hook, cursor, paused }] : []

/** A new secret is refused while the one before the last still signs: its receiver would be left without one. */
export function decideRotate(state: State, input: InputOf<'rotate-hook'>): readonly Event[] {
  const { hook: id, salt, until } = input
  const hook = state.hooks.get(id)
  if (!hook) return refuse(input, 'hook-unknown', `${id}`)
  if (salt === null) return hook.old ? oldSecretOver(hook) : []
  return hook.old
    ? refuse(input, 'hook-rotating', `${id}`)
    : [{ type: 'rotated', hook: id, salt, until: until === null ? null : dueIn(state, input, until) }]
}

/** Its old secret doesn't sign any more. */
export const oldSecretOver = ({ id, old }: Hook): readonly Event[] =>
  old ? [{ type: 'rotated', hook: id, salt: null, until: null }] : []

/** When the old secret ends. */
export const rotationKey = (hook: number): string => `hook:${hook}`

export function evolveHooks(state: State, event: EventOf<'hooked' | 'unhooked' | 'forwarded' | 'rotated'>): State {
  switch (event.type) {
    case 'hooked': {
      const { type: _, ...hook } = event
      return withHook(state, hook)
    }
    case 'unhooked': {
      const without = { ...state, hooks: state.hooks.delete(event.hook) }
      return withoutSent(withoutEnd(without, rotationKey(event.hook)))
    }
    case 'forwarded': {
      const hook = state.hooks.get(event.hook)
      return hook ? withoutSent(withHook(state, { ...hook, cursor: event.cursor, paused: event.paused })) : state
    }
    case 'rotated': {
      const hook = state.hooks.get(event.hook)
      return hook ? rotated(state, hook, event) : state
    }
  }
}

const withHook = (state: State, hook: Hook): State => ({ ...state, hooks: state.hooks.set(hook.id, hook) })

function rotated(state: State, hook: Hook, { salt, until }: EventOf<'rotated'>): State {
  const { old: _, ...alone } = hook
  const key = rotationKey(hook.id)
  if (salt === null) return withoutEnd(withHook(state, alone), key)
  const next: Hook = { ...alone, salt, standard }
  if (until === null) return withHook(state, next)
  const old = { salt: hook.salt, ...(hook.standard && { standard }) }
  return withEnd(withHook(state, { ...next, old }), key, until)
}
