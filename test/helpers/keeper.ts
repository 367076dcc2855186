/** Acts of keeping order, as inputs of an AccountChat. */
import type { Event } from '../../src/model/event.ts'
import type { Body, SessionId, Target } from '../../src/model/input.ts'
import type { Mode, ModeValue } from '../../src/model/keeping/modes.ts'
import { nameKey } from '../../src/model/name/name.ts'
import type { FilterAction, FilterKind, SanctionKind } from '../../src/model/state/keeping.ts'
import type { AccountChat } from './account-chat.ts'
import { nameOf } from './arbitrary-inputs.ts'

export const whom = (text: string): Target => ({ key: nameKey(text), text })

/** `room` null: on the whole server. */
export const restrict = (kind: SanctionKind, text: string, room: string | null, ms: number | null = null): Body => ({
  ...{ type: 'restrict', kind, room, who: whom(text), keys: nameOf(text).keys, ms, reason: null },
})

export const lift = (kind: SanctionKind, text: string, room: string | null): Body => ({
  ...{ type: 'lift', kind, room, who: whom(text), sanction: null },
})

export const give = (role: 'operator' | 'voice', text: string, room: string, off = false): Body => ({
  ...{ type: 'role', room, role, who: whom(text), off },
})

export const mode = (
  of: Mode,
  room: string | null,
  value: ModeValue | null = true,
  key: string | null = null,
): Body => ({
  ...{ type: 'mode', room, mode: of, value, key, ms: null },
})

export const filter = (
  pattern: string,
  room: string | null,
  action: FilterAction = 'refuse',
  is: FilterKind = 'words',
): Body => ({ type: 'filter', room, is, pattern, action })

export const say = (room: string, filters?: readonly number[]): Body => ({
  ...{ type: 'say', room, action: false },
  ...(filters && { filters }),
})

export const join = (room: string, more: object = {}): Body => ({ type: 'join', room, ...more })

/** The codes of the refusals among these events. */
export const codesOf = (events: readonly Event[]): readonly string[] =>
  events.flatMap(event => (event.type === 'rejected' ? [event.code] : []))

/** Whether somebody who is called so now may write there. */
export const speaks = (chat: AccountChat, session: SessionId, room: string): boolean =>
  chat.ask(session, say(room)).some(({ type }) => type === 'said')
