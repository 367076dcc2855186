/** One client's session, played step by step: its replies, and its reactions to them. */
import { session } from '../../src/client/session/behaviour.ts'
import {
  type Alarm,
  newSession,
  type Session,
  type SessionEffect,
  type SessionMessage,
  type Wish,
} from '../../src/client/session/state.ts'
import { readReply } from '../../src/codec/native/reply.ts'
import type { ErrorCode } from '../../src/model/error.ts'

export const wish = { name: 'alice', room: 'lobby', reconnect: true }
export const now = 1000
export const TOKEN = 'made by the client'
export const hello = { type: 'hello', name: 'alice', room: 'lobby', token: TOKEN, epoch: '', cursor: 0 }

/** A session that hears one reply after another, and its reaction to the last of them. */
export class Player {
  at: Session
  effects: readonly SessionEffect[] = []

  constructor(more: Partial<Wish> = {}) {
    this.at = newSession({ ...wish, ...more }, TOKEN)
  }

  hear(...all: readonly SessionMessage[]): this {
    this.effects = []
    for (const heard of all) {
      const [at, effects] = session(this.at, heard)
      this.at = at
      this.effects = [...this.effects, ...effects]
    }
    return this
  }

  get sent(): readonly object[] {
    return this.effects.flatMap(effect => (effect.type === 'send' ? [effect.object] : []))
  }

  get reports(): readonly object[] {
    return this.effects.flatMap(effect => (effect.type === 'report' ? [effect.outcome] : []))
  }

  get alarms(): Partial<Record<Alarm, number>> {
    return Object.fromEntries(
      this.effects.flatMap(effect => (effect.type === 'alarm' ? [[effect.alarm, effect.ms]] : [])),
    )
  }
}

export const start: SessionMessage = { type: 'start' }
export const opened: SessionMessage = { type: 'wire', what: { type: 'opened' }, now, random: 0 }
export const closed: SessionMessage = { type: 'wire', what: { type: 'closed' }, now, random: 0 }
export const failed: SessionMessage = { type: 'wire', what: { type: 'failed', reason: 'nobody there' }, now, random: 0 }
export const leave: SessionMessage = { type: 'leave', now }

export function reply(fields: object, at = now): SessionMessage {
  const line = JSON.stringify(fields)
  const read = readReply(line)
  if (!read) throw new Error(`no reply: ${line}`)
  return { type: 'reply', reply: read, now: at, random: 0 }
}

export const welcome = (more: object = {}): SessionMessage =>
  reply({
    ...{ type: 'welcome', seq: 10, at: 0, name: 'alice', session: 's', epoch: 'e', token: TOKEN },
    ...{ resumed: false, gap: false, grace: 60_000, rate: null, ...more },
  })
export const say = (text: string): SessionMessage => ({
  type: 'ask',
  asked: { type: 'say', room: 'lobby', text, action: false },
  now,
})
export const ok = (n: number): SessionMessage => reply({ type: 'ok', n, seq: 11 })
export const rejected = (code: ErrorCode, n?: number): SessionMessage =>
  reply({ type: 'rejected', code, message: code, retry: false, ...(n === undefined ? {} : { n }) })
export const alarm = (name: Alarm, at = now): SessionMessage => ({ type: 'alarm', alarm: name, now: at, random: 0 })
export const saying = (n: number, text: string): object => ({ type: 'say', room: 'lobby', text, action: false, n })

export const online = (more: Partial<Wish> = {}): Player => new Player(more).hear(start, opened, welcome(), room(10))
/** Back after a cut, under the same session. */
export const room = (seq: number, name = 'lobby'): SessionMessage =>
  reply({ type: 'room', seq, at: 0, room: name, topic: null, members: [] })

export const resumed = (more: object = {}): readonly SessionMessage[] => [
  ...[closed, alarm('retry'), opened],
  welcome({ resumed: true, token: undefined, ...more }),
]
