/** Chats in which anything may have happened. */
import fc from 'fast-check'
import { evolveChat } from '../../src/client/chat/chat.ts'
import type { Entry } from '../../src/client/chat/conversation/timeline.ts'
import { type Change, type Chat, newChat } from '../../src/client/chat/state.ts'
import type { Reply } from '../../src/codec/native/reply.ts'
import { MODES, type Mode, type Modes, rowOf } from '../../src/model/keeping/modes.ts'
import { ACT_KINDS } from '../../src/model/state/keeping.ts'
import type { ClockFace } from '../../src/tui/clock-face.ts'
import { anyText } from './arbitrary-texts.ts'
import { cast } from './cast.ts'

const HOUR_MS = 3_600_000

/** Days of an hour each, so that there are several. */
export const FACE: ClockFace = {
  time: at =>
    `${String(Math.floor(at / 60_000) % 60).padStart(2, '0')}:${String(Math.floor(at / 1000) % 60).padStart(2, '0')}`,
  day: at => `Day ${Math.floor(at / HOUR_MS)}`,
}

const seq = fc.integer({ min: 1, max: 200 })
const name = fc.constantFrom('alice', 'bob', 'Жанна', '木村さん', 'नेहा', 'a'.repeat(32), ...cast)
const room = fc.constantFrom('lobby', 'tea', 'r'.repeat(32))
const place = { seq, at: seq.map(one => one * 90_000) }

/** Of members with these names. */
const id = name.map(one => `m-${one}`)
const MODE_NAMES = Object.keys(MODES) as readonly Mode[]
const modes = fc
  .uniqueArray(fc.constantFrom(...MODE_NAMES), { maxLength: 4 })
  .map(all => Object.fromEntries(all.map(mode => [mode, rowOf(mode).takes === 'nothing' ? true : 20])) as Modes)

const anyFiles = fc.array(
  fc.record({
    ...{ id: fc.constantFrom('f1', 'f2'), name: anyText, size: fc.nat(), url: fc.constant('/files/f1/x') },
    kind: fc.constantFrom('image/png', 'application/octet-stream'),
  }),
  { maxLength: 3 },
)

const anyReply: fc.Arbitrary<Reply> = fc.oneof(
  fc.record({ type: fc.constant('said'), ...place, room, from: name, text: anyText, action: fc.boolean() }),
  fc.record({ type: fc.constant('told'), ...place, from: name, to: fc.constant('alice'), text: anyText }),
  fc.record({ type: fc.constant('joined'), ...place, room, name }),
  fc.record({
    type: fc.constant('quit'),
    ...place,
    name,
    cause: fc.constantFrom('quit', 'kicked', 'lost'),
    reason: anyText,
  }),
  fc.record({ type: fc.constant('renamed'), ...place, from: name, to: name }),
  fc.record({ type: fc.constant('topic'), ...place, room, topic: anyText, by: name }),
  fc.record({ type: fc.constant('deleted'), ...place, target: seq, by: name }),
  fc.record({
    type: fc.constant('room'),
    ...place,
    room,
    topic: fc.oneof(fc.constant(null), fc.record({ text: anyText, by: name, at: fc.nat() })),
    members: fc.array(fc.record({ name, id, since: fc.nat() }, { requiredKeys: ['name', 'since'] }), { maxLength: 6 }),
    roles: fc.dictionary(id, fc.constantFrom('founder', 'operator', 'voice')),
    modes,
  }),
  fc.record({
    type: fc.constant('welcome'),
    ...place,
    ...{ name: fc.constant('alice'), id: fc.constant('m-alice'), session: fc.constant('s'), epoch: fc.constant('e') },
    ...{ resumed: fc.boolean(), gap: fc.boolean(), grace: fc.constant(60_000), rate: fc.constant(null) },
    ignored: fc.array(fc.record({ id, name }), { maxLength: 3 }),
    modes,
  }),
  fc.record({ type: fc.constant('ignored'), ...place, id, name }),
  fc.record({ type: fc.constant('ignored'), ...place, id, name, off: fc.constant(true) }),
  fc.record({ type: fc.constant('said'), ...place, room, from: name, id, text: anyText }),
  fc.record({ type: fc.constant('held'), ...place, room, from: name, id, text: anyText, filter: seq }),
  fc.record(
    {
      ...{
        type: fc.constant('moderated'),
        ...place,
        room,
        by: name,
        byId: id,
        who: name,
        id,
        rule: seq,
        reason: anyText,
      },
      ...{ act: fc.constantFrom(...ACT_KINDS), value: seq.map(String), until: fc.integer({ min: 0, max: 2_000_000 }) },
    },
    { requiredKeys: ['type', 'seq', 'at', 'act'] },
  ),
  fc.record({ type: fc.constant('said'), ...place, room, from: name, id, text: anyText, reply: seq, files: anyFiles }),
  fc.record({ type: fc.constant('edited'), ...place, room, target: seq, from: name, id, text: anyText }),
  fc.record({
    ...{ type: fc.constant('reacted'), ...place, room, target: seq, by: name, id },
    emoji: fc.constantFrom('👍', '👨‍👩‍👧‍👦', '🏳️‍🌈', '❤️'),
  }),
  fc.record({ type: fc.constant('typing'), room, name, id }),
  fc.record({
    ...{ type: fc.constant('moderated'), ...place, room, act: fc.constant('mode'), by: name },
    ...{ mode: fc.constantFrom(...MODE_NAMES), set: fc.oneof(fc.constant(null), fc.constant(true as const), seq) },
  }),
  fc.record({
    type: fc.constant('history'),
    seq,
    room,
    messages: fc.array(fc.record({ ...place, room, from: name, text: anyText }), { maxLength: 30 }),
    more: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('found'),
    seq,
    words: anyText,
    messages: fc.array(fc.record({ ...place, room, from: name, text: anyText }), { maxLength: 5 }),
    more: fc.boolean(),
  }),
)

const asked = fc.record({ type: fc.constant('say'), room, text: anyText, action: fc.constant(false) })

export const anyChange: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant('spoken'),
      spoken: fc.record({ reply: anyReply, replayed: fc.boolean() }),
      now: fc.nat(),
    }),
  },
  fc.record({ type: fc.constant('went'), where: fc.constantFrom('#lobby', '#tea', '@bob') }),
  fc.record({ type: fc.constant('sees-end'), seesEnd: fc.boolean() }),
  fc.record({
    type: fc.constant('pending'),
    pending: fc.array(fc.record({ id: seq, asked, state: fc.constantFrom('unsent', 'sent', 'unsure') }), {
      maxLength: 3,
    }),
  }),
  fc.record({
    type: fc.constant('status'),
    status: fc.constantFrom(
      { state: 'waiting', ms: 3000, attempt: 1, why: 'gone' } as const,
      { state: 'online', name: 'alice', roundTrip: 12 } as const,
    ),
    now: fc.nat(),
  }),
  fc.record({
    type: fc.constant('note'),
    lines: fc.array(anyText, { maxLength: 3 }),
    tone: fc.constantFrom('plain', 'error'),
    now: fc.nat(),
  }),
)

export const anyEntry: fc.Arbitrary<Entry> = fc.oneof(
  fc.record({
    kind: fc.constant('said'),
    ...place,
    i: fc.constant(0),
    from: name,
    to: fc.constant(null),
    text: fc.oneof(anyText, fc.constant(null)),
    action: fc.boolean(),
    mine: fc.boolean(),
    mention: fc.boolean(),
    replayed: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('failed'),
    action: fc.boolean(),
    ...place,
    i: fc.constant(2),
    text: anyText,
    why: fc.oneof(anyText, fc.constant(null)),
  }),
  fc.record({ kind: fc.constant('gap'), ...place, i: fc.constant(3), missed: fc.nat(), more: fc.boolean() }),
)

export const chatOf = (changes: readonly Change[]): Chat => changes.reduce(evolveChat, newChat('alice', 'lobby', 0))
