/** Webhooks without their addresses, and their waiting events without names, for the same bug report. */
import type { Body } from '../model/input.ts'
import type { Hook } from '../model/state/hook.ts'
import type { ForwardedEvent, HookEvent } from '../model/state/hook-event.ts'
import type { State } from '../model/state.ts'
import { blank, type Pseudonyms, unless } from './pseudonyms.ts'
import { redactedAct } from './redact-keeping.ts'

type AboutHooks = Extract<Body, { type: 'hook' | 'unhook' | 'forward' | 'rotate-hook' }>

export function redactedHooks(by: Pseudonyms, body: AboutHooks): Body {
  switch (body.type) {
    case 'hook': {
      const { type, url, room, salt, events, kinds, cloudevents } = body
      const place = unless(room, one => by.room(one))
      return { type, url: blank(url), room: place, salt, ...chosen({ events, kinds, cloudevents }) }
    }
    case 'unhook':
      return { type: body.type, hook: body.hook }
    case 'forward':
      return { type: body.type, hook: body.hook, cursor: body.cursor, paused: body.paused }
    case 'rotate-hook':
      return { type: body.type, hook: body.hook, salt: body.salt, until: body.until }
  }
}

type Chosen = { [K in 'events' | 'kinds' | 'cloudevents']?: Hook[K] | undefined }

const chosen = ({ events, kinds, cloudevents }: Chosen): Pick<Hook, 'events' | 'kinds' | 'cloudevents'> => ({
  ...(events && { events }),
  ...(kinds && { kinds }),
  ...(cloudevents && { cloudevents }),
})

type Hooking = Pick<State, 'hooks' | 'hookEvents'>

export const redactedHooking = (by: Pseudonyms, { hooks, hookEvents }: Hooking): Hooking => ({
  hooks: hooks.map(hook => redactedHook(by, hook)),
  hookEvents: hookEvents.map(one => redactedEvent(by, one)),
})

function redactedHook(by: Pseudonyms, hook: Hook): Hook {
  const { id, url, room, salt, standard, old, cursor, paused, missed } = hook
  const place = unless(room, one => by.room(one))
  return {
    ...{ id, url: blank(url), room: place, salt, ...chosen(hook), cursor, paused },
    ...(standard && { standard }),
    ...(old && { old }),
    ...(missed !== undefined && { missed }),
  }
}

const redactedEvent = (by: Pseudonyms, { seq, at, i, last, rooms, event }: HookEvent): HookEvent => ({
  ...{ seq, at, i, last },
  rooms: unless(rooms, all => all.map(room => by.room(room))),
  event: redactedForwarded(by, event),
})

function redactedForwarded(by: Pseudonyms, event: ForwardedEvent): ForwardedEvent {
  const placed = (room: string | null): string | null => unless(room, one => by.room(one))
  switch (event.type) {
    case 'edited':
      return { ...event, room: placed(event.room), from: by.author(event.from) }
    case 'deleted':
    case 'reacted':
      return { ...event, room: placed(event.room), by: by.author(event.by) }
    case 'pinned':
      return { ...event, room: by.room(event.room), by: by.author(event.by) }
    case 'joined': {
      const { picture, ...joined } = event
      const shown = picture === undefined ? {} : { picture: by.token(picture) }
      return {
        ...{ ...joined, ...shown, room: by.room(event.room) },
        ...{ name: by.text(event.name), away: unless(event.away, note => by.note(note)) },
      }
    }
    case 'parted': {
      const { by: remover, ...parted } = event
      const who = remover === undefined ? {} : { by: by.author(remover) }
      return {
        ...{ ...parted, ...who, room: by.room(event.room) },
        ...{ name: by.text(event.name), reason: unless(event.reason, blank) },
      }
    }
    case 'quit':
      return {
        ...{ ...event, name: by.text(event.name), by: unless(event.by, one => by.author(one)) },
        reason: unless(event.reason, blank),
      }
    case 'renamed':
      return { ...event, from: by.text(event.from), to: by.text(event.to) }
    case 'said':
    case 'finished':
      return { ...event, room: by.room(event.room), from: by.author(event.from) }
    case 'answered':
      return { ...event, room: by.room(event.room), by: by.author(event.by) }
    case 'concluded': {
      const { by: chooser, order, ...concluded } = event
      return {
        ...{ ...concluded, room: by.room(event.room), asker: by.author(event.asker) },
        ...(chooser === undefined ? {} : { by: by.author(chooser) }),
        ...(order && { order: order.map(({ id, name }) => ({ id, name: by.author(name) })) }),
      }
    }
    case 'hands':
      return {
        ...{ ...event, room: by.room(event.room), by: by.author(event.by), who: by.author(event.who) },
        hands: event.hands.map(({ id, name }) => ({ id, name: by.author(name) })),
      }
    case 'topic':
      return { ...event, room: by.room(event.room), topic: blank(event.topic), by: by.author(event.by) }
    case 'moderated': {
      const { type, ...act } = event
      return { type, ...redactedAct(by, act) }
    }
  }
}
