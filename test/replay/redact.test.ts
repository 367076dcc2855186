// A redacted journal has none of people's texts and identities, and goes the same way.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Base } from '../../src/journal/recording.ts'
import type { Event } from '../../src/model/event.ts'
import { type Body, type Entry, HOST_SESSION, type Input } from '../../src/model/input.ts'
import { HOST_NAME, LOBBY } from '../../src/model/name/standing.ts'
import { toSnapshot } from '../../src/reducer/snapshot.ts'
import { Redaction } from '../../src/replay/redact.ts'
import { Replay } from '../../src/replay/replay.ts'
import { AccountChat, password } from '../helpers/account-chat.ts'
import { accountJournals } from '../helpers/arbitrary-accounts.ts'
import { entryOf, journals, nameOf, targetOf } from '../helpers/arbitrary-inputs.ts'
import { filter, mode } from '../helpers/keeper.ts'
import { exported } from '../helpers/recorded.ts'
import { richDay } from '../helpers/rich-day.ts'
import { runs } from '../helpers/seeds.ts'

const NOTHING: Base = { seq: 0, state: null }

/** The events of each input, without names and places: types, and the codes of refusals. */
function course(entries: readonly Entry[], base = NOTHING): readonly (readonly string[])[] {
  const replay = new Replay(base)
  return entries.map(entry => {
    const outcome = replay.fold(entry)
    if (outcome.type !== 'folded') return [outcome.type]
    return outcome.step.events.map(one => {
      const { event } = one
      const more = 'code' in event ? event.code : 'result' in event ? `${event.result.n} ${event.result.code}` : ''
      return `${event.type} ${more} ${one.kind === 'public' ? `${one.i} ${one.last}` : ''}`
    })
  })
}

/** Every word of people in an input, which a report may not have. */
function wordsOf({ input, texts }: Entry): readonly (string | null)[] {
  const of = (body: Input): readonly (string | null)[] => {
    switch (body.type) {
      case 'hello':
        return [body.name.text, ...body.name.keys, body.room, body.token]
      case 'nick':
        return [body.name.text, ...body.name.keys]
      case 'tell':
        return [body.to.text, body.to.key]
      case 'kick':
        return [body.who.text, body.who.key, body.reason]
      case 'topic':
        return [body.room, body.topic]
      case 'part':
        return [body.room, body.reason]
      case 'say':
      case 'join':
        return [body.room]
      case 'away':
        return [body.note]
      case 'quit':
        return [body.reason]
      case 'resume':
        return [body.token]
      default:
        return []
    }
  }
  return [texts.text ?? null, ...of(input)]
}

/** Every string in it, however deep; also strings in JSON inside a string. */
function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.startsWith('{') ? [...strings(JSON.parse(value))] : [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(strings) : []
}

const KEPT = ['', LOBBY, HOST_NAME, HOST_SESSION]

function expectClean(originals: readonly Entry[], redacted: string): void {
  const words = new Set(originals.flatMap(wordsOf).filter(word => word !== null && !KEPT.includes(word)))
  const left = redacted
    .trim()
    .split('\n')
    .flatMap(line => strings(JSON.parse(line)))
  for (const word of words) if (!/^x+$/.test(word as string)) expect(left).not.toContain(word)
  for (const word of words) {
    // As a part of something longer it would be no pseudonym: ids and words of the format are short and ASCII.
    if (/[^a-z0-9 ]/.test(word as string) && !/^x+$/.test(word as string)) expect(redacted).not.toContain(word)
  }
}

test('no name, room, topic, note or text is left, and every input leads to the same events and refusals [X4]', () => {
  fc.assert(
    fc.property(journals, entries => {
      const redaction = new Redaction()
      const redacted = entries.map(entry => redaction.entry(entry))
      expectClean(entries, exported(redacted))
      expect(course(redacted)).toEqual(course(entries))
    }),
    { numRuns: runs(300) },
  )
})

test('the same from a snapshot on [X4]', () => {
  fc.assert(
    fc.property(journals, fc.nat(), (entries, draw) => {
      const at = draw % entries.length
      const replay = new Replay(NOTHING)
      for (const entry of entries.slice(0, at)) replay.fold(entry)
      const [base, later] = [{ seq: at, state: toSnapshot(replay.state) }, entries.slice(at)]
      const redaction = new Redaction()
      const cleanBase = redaction.base(base)
      const redacted = later.map(entry => redaction.entry(entry))
      expectClean(entries, exported(redacted, cleanBase))
      expect(course(redacted, cleanBase)).toEqual(course(later, base))
    }),
    { numRuns: runs(300) },
  )
})

test('the same for the rich day [X4]', async () => {
  const entries = await richDay()
  const redaction = new Redaction()
  const redacted = entries.map(entry => redaction.entry(entry))
  expectClean(entries, exported(redacted))
  expect(course(redacted)).toEqual(course(entries))
})

/** The private fields of an input about accounts: names, labels, hashes and keys. */
function privateIn(value: unknown, key = ''): readonly string[] {
  if (typeof value === 'string') return ['text', 'label', 'hash', 'key', 'token', 'secret'].includes(key) ? [value] : []
  if (Array.isArray(value)) return value.flatMap(one => privateIn(one, key === 'keys' ? 'key' : key))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => privateIn(inner, name))
}

test('[I14] the same for accounts: no name, label, hash or key of one is left, in the inputs and in a snapshot [X4]', () => {
  fc.assert(
    fc.property(accountJournals, fc.nat(), (entries, draw) => {
      const at = draw % entries.length
      const replay = new Replay(NOTHING)
      for (const entry of entries.slice(0, at)) replay.fold(entry)
      const [base, later] = [{ seq: at, state: toSnapshot(replay.state) }, entries.slice(at)]
      const redaction = new Redaction()
      const cleanBase = redaction.base(base)
      const redacted = later.map(entry => redaction.entry(entry))
      const left = new Set(
        exported(redacted, cleanBase)
          .trim()
          .split('\n')
          .flatMap(line => strings(JSON.parse(line))),
      )
      const words = [...privateIn(entries.map(({ input }) => input)), ...privateIn(JSON.parse(base.state))]
      for (const word of words) if (!KEPT.includes(word) && !/^x*$/.test(word)) expect(left).not.toContain(word)
      // Rooms come in the order of their names, and names change.
      const unordered = (of: ReturnType<typeof course>) => of.map(events => events.toSorted())
      expect(unordered(course(redacted, cleanBase))).toEqual(unordered(course(later, base)))
    }),
    { numRuns: runs(100) },
  )
})

/** The entries of a chat, as its journal has them. */
class RecordedChat extends AccountChat {
  readonly entries: Entry[] = []

  override ask(session: string, body: Body, n: number | null = null): readonly Event[] {
    const seq = this.state.seq + 1
    // The first inputs come while this is still being made.
    this.entries?.push(entryOf({ ...body, id: `i${seq}`, at: this.at, origin: 'here', session, n } as Input, seq))
    return super.ask(session, body, n)
  }
}

describe('the same where order is kept [X4]', () => {
  /** Every kind of text and name that a filter finds, and rooms that somebody comes back to. */
  function day(): { readonly base: Base; readonly chat: RecordedChat } {
    const chat = new RecordedChat()
    chat.person('founder', 'Mr.Blue', 'ops')
    chat.guest('eve', 'Spider-Man', { room: 'tea' })
    chat.guest('late', '田中')
    const zoya = chat.person('zoya', 'ЗОЯ', 'tea')
    for (const session of ['late', 'zoya']) chat.lose(session)
    chat.after(120_000)
    // Everybody leaves the room, and somebody else opens another one under its name.
    chat.ask('eve', { type: 'part', room: 'tea', reason: null })
    chat.guest('other', 'مريم', { room: 'tea' })
    chat.ask('other', mode('invite-only', 'tea'))
    chat.host(filter('elsewhere', 'ops'))
    chat.ask('other', { type: 'nick', name: nameOf('a_b'), filters: [chat.state.seq] })
    const base = { seq: chat.state.seq, state: toSnapshot(chat.state) }
    chat.entries.length = 0
    chat.host(filter('swear', null))
    const first = chat.state.seq
    chat.host(filter('also', null))
    const filters = [first]
    chat.ask('other', { type: 'join', room: 'ops' })
    chat.ask('eve', { type: 'away', note: 'gone fishing' })
    chat.ask('eve', { type: 'join', room: 'ops', noted: filters })
    chat.ask('eve', { type: 'part', room: 'ops', reason: null })
    chat.ask('founder', filter('here', 'ops'))
    const named = { type: 'join', room: 'ops', filters: [chat.state.seq] } as const
    chat.ask('eve', named)
    chat.ask('eve', { type: 'register', credential: password('pw-eve'), filters })
    chat.ask('late2', { type: 'resume', token: 'token of late', enter: null, filters })
    chat.enter('zoya2', zoya, 'pw-zoya')
    return { base, chat }
  }

  test('matched filters lead to the same, and so do matched networks', () => {
    const { base, chat } = day()
    const whole = course(chat.entries, base)
    expect(whole.flat().filter(one => /name-filtered/.test(one))).toHaveLength(4)
    expect(chat.names('tea')).toEqual(['a_b'])
    const redaction = new Redaction()
    const cleanBase = redaction.base(base)
    const redacted = chat.entries.map(entry => redaction.entry(entry))
    expect(course(redacted, cleanBase)).toEqual(whole)
    const replay = new Replay(cleanBase)
    for (const entry of redacted) replay.fold(entry)
    expect(replay.state.rules.get('*')?.filters.size).toBe(2)
    expect(exported(redacted, cleanBase)).not.toMatch(/swear|also|fishing/)
  })
})

describe('of one input', () => {
  const stamp = { id: 'i1', at: 1, origin: 'east', session: 's1', n: null }
  const redacted = (body: object, text: string | null = null, quarantined: string | null = null): Entry =>
    new Redaction().entry({ ...entryOf({ ...stamp, ...body } as Input, 1, text), quarantined })

  test('a text has as many x as it had characters', () => {
    expect(redacted({ type: 'say', room: 'ops', action: false }, 'hi 🌞').texts.text).toBe('xxxx')
    expect(redacted({ type: 'say', room: 'ops', action: false }).texts).toEqual({})
  })

  test('a quarantine keeps the class of its error alone', () => {
    const say = { type: 'say', room: 'ops', action: false }
    expect(redacted(say, null, 'TypeError: alice is not a function').quarantined).toBe('TypeError')
    expect(redacted(say, null, 'alice').quarantined).toBe('Error')
  })

  test('the lobby and the stamp stay, and a field that nobody knows is left out', () => {
    const { input } = redacted({ type: 'join', room: LOBBY, secret: 'alice' })
    expect(input).toEqual({ ...stamp, type: 'join', room: LOBBY })
  })

  test('an input that cannot be read keeps its stamp and its kind', () => {
    expect(redacted({ type: 'hello', room: 'ops' }).input).toEqual({ ...stamp, type: 'hello' })
    expect(redacted({ type: 'dance', step: 'alice' }).input).toEqual({ ...stamp, type: 'dance' })
  })
})

test('lookalikes stay lookalikes, a target meets its name, and notes of one length stay two', () => {
  const redaction = new Redaction()
  const input = (body: object, session = 's1'): Input =>
    redaction.entry(entryOf({ id: 'i', at: 1, origin: 'east', session, n: null, ...body } as Input, 1)).input
  const hello = input({ type: 'hello', name: nameOf('Alice'), room: 'ops', protocol: 'line', token: null })
  const nick = input({ type: 'nick', name: nameOf('AIice') })
  const tell = input({ type: 'tell', to: targetOf('alice'), action: false }, HOST_SESSION)
  if (hello.type !== 'hello' || nick.type !== 'nick' || tell.type !== 'tell') throw new Error('another type')
  expect(nick.name.keys.some(key => hello.name.keys.includes(key))).toBe(true)
  expect(nick.name.text).not.toBe(hello.name.text)
  expect(tell.to.key).toBe(hello.name.keys[0])
  const notes = ['tea', 'out', 'tea'].map(note => input({ type: 'away', note }))
  expect(notes.map(each => each.type === 'away' && each.note)).toEqual(['xxx', 'xxx2', 'xxx'])
})
