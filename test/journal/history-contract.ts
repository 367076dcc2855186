/** The contract of the history port, run on each implementation. */
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Draft } from '../../src/model/input.ts'
import type { Message } from '../../src/model/message/message.ts'
import type { History, HistoryPage, Written } from '../../src/port/history.ts'
import type { Journal } from '../../src/port/journal.ts'
import { stepOf } from '../helpers/recording.ts'

export type Kept = { readonly journal: Journal; readonly history: History }

const LATEST = { before: Number.MAX_SAFE_INTEGER }
const texts = ({ messages }: HistoryPage): readonly (string | null)[] => messages.map(({ text }) => text)
const seqs = ({ messages }: HistoryPage): readonly number[] => messages.map(({ seq }) => seq)

/** `open` gives both, empty. */
export function historyContract(name: string, open: () => Kept): void {
  function opened() {
    const { journal, history } = open()
    onTestFinished(() => journal.close())
    let seq = 0
    /** Sends a message to a room, or (`to`) to a member directly. */
    async function say(
      text: string,
      { room = 'lobby', from = 'alice', to = null as string | null, at = 0, mentions = [] as readonly string[] } = {},
    ) {
      seq += 1
      const stamp = { id: `${seq}`, at: at || 1000 * seq, origin: 'here', session: from, n: null }
      const input: Draft['input'] =
        to === null
          ? { type: 'say', room, action: false, ...stamp }
          : { type: 'tell', to: { key: to, text: to }, action: false, ...stamp }
      await journal.append([{ input, texts: { text } }])
      const message: Omit<Message, 'text'> = {
        ...{ seq, at: stamp.at, room: to === null ? room : null, from, to, action: false },
        ...{ author: from, account: from === 'Mr.Blue', other: to, mentions },
      }
      history.apply(stepOf(seq, message))
      return seq
    }
    return { journal, history, say }
  }

  describe(`${name}, as a history`, () => {
    test('gives the latest of a room, oldest first, and says if there are more', async () => {
      const { history, say } = opened()
      for (const text of ['a', 'b', 'c']) await say(text)
      await say('elsewhere', { room: 'ops' })
      expect(history.page({ room: 'lobby' }, LATEST, 2)).toEqual({
        messages: [
          {
            seq: 2,
            at: 2000,
            room: 'lobby',
            from: 'alice',
            to: null,
            action: false,
            text: 'b',
            author: 'alice',
            account: false,
            other: null,
            mentions: [],
          },
          {
            seq: 3,
            at: 3000,
            room: 'lobby',
            from: 'alice',
            to: null,
            action: false,
            text: 'c',
            author: 'alice',
            account: false,
            other: null,
            mentions: [],
          },
        ],
        more: true,
      })
      expect(history.page({ room: 'lobby' }, LATEST, 3).more).toBe(false)
      const none = { messages: [], more: true }
      expect(history.page({ room: 'lobby' }, LATEST, 0)).toEqual(none)
      expect(history.page({ room: 'lobby' }, { after: 0 }, 0)).toEqual(none)
      expect(await history.search('c', { rooms: 'all', member: null }, Number.MAX_SAFE_INTEGER, 0)).toEqual(none)
      expect(history.page({ room: 'tea' }, LATEST, 3)).toEqual({ messages: [], more: false })
      expect(history.seq).toBe(4)
    })

    test('a step without a message moves it on, and changes nothing that was read', () => {
      const { history } = opened()
      const { version } = history
      history.apply(stepOf(1, null))
      expect([history.seq, history.version]).toEqual([1, version])
    })

    test('gives what was before, after, and since', async () => {
      const { history, say } = opened()
      for (const text of ['a', 'b', 'c', 'd']) await say(text)
      const page = (range: Parameters<History['page']>[1], limit: number) => {
        const found = history.page({ room: 'lobby' }, range, limit)
        return [texts(found).join(''), found.more]
      }
      expect(page({ before: 4 }, 2)).toEqual(['bc', true])
      expect(page({ before: 2 }, 2)).toEqual(['a', false])
      expect(page({ after: 1 }, 2)).toEqual(['bc', true])
      expect(page({ after: 2 }, 2)).toEqual(['cd', false])
      expect(page({ since: 2001 }, 9)).toEqual(['cd', false])
      expect(page({ since: 2000 }, 1)).toEqual(['b', true])
    })

    test('[R7] gives nothing that a clock ahead of its time has said before, nor keeps it', async () => {
      const { history, say } = opened()
      for (const [text, at] of Object.entries({ a: 1000, future: 9_000_000, b: 2000, c: 3000 })) await say(text, { at })
      expect(texts(history.page({ room: 'lobby' }, { since: 1500 }, 9))).toEqual(['b', 'c'])
      expect(texts(history.page({ room: 'lobby' }, { since: 500 }, 9))).toEqual(['a', 'future', 'b', 'c'])
      expect(await history.horizon({ at: 2500 })).toBe(3)
    })

    test('gives what was said to one alone to its two parties, and to nobody else', async () => {
      const { history, say } = opened()
      await say('secret', { from: 'alice', to: 'bob' })
      for (const party of ['alice', 'bob'])
        expect(texts(history.page({ direct: party }, LATEST, 9))).toEqual(['secret'])
      for (const other of ['carol', '', 'host']) expect(texts(history.page({ direct: other }, LATEST, 9))).toEqual([])
      const find = async (rooms: readonly string[] | 'all', member: string | null) =>
        texts(await history.search('secret', { rooms, member }, LATEST.before, 9))
      expect([await find([], 'alice'), await find(['lobby'], 'bob')]).toEqual([['secret'], ['secret']])
      for (const [rooms, member] of [
        ['all', null],
        [['lobby'], 'carol'],
        ['all', 'carol'],
      ] as const)
        expect(await find(rooms, member)).toEqual([])
    })

    test('counts what was said after an input, in a room or to one alone, up to a bound', async () => {
      const { journal, history, say } = opened()
      for (const text of ['a', 'b', 'c']) await say(text)
      await say('elsewhere', { room: 'ops' })
      await say('secret', { from: 'alice', to: 'bob' })
      await say('to oneself', { from: 'alice', to: 'alice' })
      await journal.erase([2])
      const count = (after: number, most: number) => history.count({ room: 'lobby' }, { after }, most)
      expect([count(0, 9), count(1, 9), count(3, 9), count(0, 2), count(0, 0)]).toEqual([3, 2, 0, 2, 0])
      const upTo = { after: 0, upTo: 2 }
      expect(history.count({ room: 'lobby' }, upTo, 9)).toBe(2)
      expect(seqs(history.page({ room: 'lobby' }, upTo, 9))).toEqual([1, 2])
      expect(history.page({ room: 'lobby' }, upTo, 9).more).toBe(false)
      expect(history.count({ room: 'ops' }, { after: 0 }, 9)).toBe(1)
      expect(['alice', 'bob', 'carol'].map(direct => history.count({ direct }, { after: 4 }, 9))).toEqual([2, 1, 0])
      expect(history.count({ direct: 'alice' }, { after: 5 }, 9)).toBe(1)
    })

    test('[I12] gives back the mentions of a text, and that its author had an account', async () => {
      const { history, say } = opened()
      await say('hello', { from: 'Mr.Blue', mentions: ['田中', 'a|b'] })
      await say('hello', { from: '田中' })
      const page = history.page({ room: 'lobby' }, LATEST, 9)
      expect(page.messages.map(({ account, mentions }) => ({ account, mentions }))).toEqual([
        { account: true, mentions: ['田中', 'a|b'] },
        { account: false, mentions: [] },
      ])
      expect(history.find(1)).toMatchObject({ account: true, mentions: ['田中', 'a|b'] })
    })

    test('gives the messages of one conversation, and of no other', async () => {
      const { history, say } = opened()
      await say('1', { from: 'Mr.Blue', to: '田中' })
      await say('2', { from: '田中', to: 'Mr.Blue' })
      await say('3', { from: 'Mr.Blue', to: 'a|b' })
      await say('4', { from: '田中', to: 'a|b' })
      await say('5', { from: 'Mr.Blue', to: '田中' })
      await say('6', { from: 'Mr.Blue', to: 'Mr.Blue' })
      const between = { direct: 'Mr.Blue', with: '田中' }
      expect(texts(history.page(between, LATEST, 9))).toEqual(['1', '2', '5'])
      expect(texts(history.page({ direct: '田中', with: 'Mr.Blue' }, LATEST, 2))).toEqual(['2', '5'])
      expect(history.page(between, { after: 1 }, 1)).toMatchObject({ messages: [{ seq: 2 }], more: true })
      expect(texts(history.page({ direct: 'Mr.Blue', with: 'Mr.Blue' }, LATEST, 9))).toEqual(['6'])
      expect(history.count(between, { after: 1 }, 9)).toBe(2)
    })

    test('[I7] counts what a member has yet to read: not what it sent itself, and not what is gone', async () => {
      const { journal, history, say } = opened()
      await say('1', { from: 'a|b', mentions: ['Mr.Blue'] })
      await say('2', { from: 'Mr.Blue', mentions: ['Mr.Blue'] })
      await say('3', { from: 'a|b', mentions: ['Mr.Blue', '田中'] })
      await say('4', { from: '田中', mentions: ['Mr.Blue'] })
      await say('5', { from: 'a|b', room: 'ops', mentions: ['Mr.Blue'] })
      await say('6', { from: 'a|b' })
      const unread = (after: number, most = 9) => history.unread('Mr.Blue', { room: 'lobby' }, { after }, most)
      expect(unread(0)).toEqual({ unread: 4, mentions: 3 })
      expect(unread(1)).toEqual({ unread: 3, mentions: 2 })
      expect(unread(6)).toEqual({ unread: 0, mentions: 0 })
      expect(unread(0, 2).unread).toBe(2)
      expect(history.unread('Mr.Blue', { room: 'lobby' }, { after: 0, upTo: 3 }, 9)).toEqual({ unread: 2, mentions: 2 })
      await journal.erase([4])
      history.touch()
      expect(unread(0)).toEqual({ unread: 3, mentions: 2 })
      expect(history.unread('田中', { room: 'lobby' }, { after: 0 }, 9)).toEqual({ unread: 4, mentions: 1 })
      expect(history.unread('nobody', { room: 'tea' }, { after: 0 }, 9)).toEqual({ unread: 0, mentions: 0 })
    })

    test('[I7] does not count messages of members that the member ignores', async () => {
      const { history, say } = opened()
      await say('1', { from: 'a|b', mentions: ['Mr.Blue'] })
      await say('2', { from: '田中', mentions: ['Mr.Blue', 'a|b'] })
      await say('3', { from: 'ЗОЯ' })
      await say('4', { from: 'a|b', to: 'Mr.Blue' })
      const unread = (ignored: readonly string[], most = 9) =>
        history.unread('Mr.Blue', { room: 'lobby' }, { after: 0 }, most, ignored)
      expect(unread([])).toEqual({ unread: 3, mentions: 2 })
      expect(unread(['a|b'])).toEqual({ unread: 2, mentions: 1 })
      expect(unread(['a|b', '"]', '田中'])).toEqual({ unread: 1, mentions: 0 })
      expect(unread(['a|b'], 1)).toEqual({ unread: 1, mentions: 1 })
      expect(history.unread('Mr.Blue', { with: 'a|b' }, { after: 0 }, 9, ['a|b'])).toEqual({ unread: 0, mentions: 0 })
      expect(history.unread('Mr.Blue', { with: 'a|b' }, { after: 0 }, 9, ['田中'])).toEqual({ unread: 1, mentions: 1 })
    })

    test('[I7] counts direct messages by the one they are from, and each as a mention', async () => {
      const { journal, history, say } = opened()
      await say('1', { from: 'a|b', to: 'Mr.Blue' })
      await say('2', { from: 'Mr.Blue', to: 'a|b' })
      await say('3', { from: '田中', to: 'Mr.Blue' })
      await say('4', { from: 'a|b', to: 'Mr.Blue' })
      await say('5', { from: 'a|b', to: '田中' })
      await say('6', { from: 'Mr.Blue', to: 'Mr.Blue' })
      const unread = (from: string, after = 0) => history.unread('Mr.Blue', { with: from }, { after }, 9)
      expect(unread('a|b')).toEqual({ unread: 2, mentions: 2 })
      expect(unread('a|b', 1)).toEqual({ unread: 1, mentions: 1 })
      expect([unread('田中').unread, unread('Mr.Blue').unread, unread('nobody').unread]).toEqual([1, 0, 0])
      await journal.erase([1])
      history.touch()
      expect(unread('a|b')).toEqual({ unread: 1, mentions: 1 })
    })

    test('[I8] lists the partners of a member’s direct messages, the latest first', async () => {
      const { history, say } = opened()
      await say('1', { from: 'a|b', to: 'Mr.Blue' })
      await say('2', { from: '田中', to: 'Mr.Blue' })
      await say('3', { from: 'Mr.Blue', to: 'a|b' })
      await say('4', { from: 'a|b', to: '田中' })
      await say('5', { from: 'Mr.Blue', to: 'Mr.Blue' })
      await say('in a room', { from: '李' })
      expect(history.correspondence('Mr.Blue', 9)).toEqual([
        { other: 'a|b', seq: 3, name: 'a|b' },
        { other: '田中', seq: 2, name: '田中' },
      ])
      expect(history.correspondence('Mr.Blue', 1).map(({ other }) => other)).toEqual(['a|b'])
      expect(history.correspondence('田中', 9).map(({ other }) => other)).toEqual(['a|b', 'Mr.Blue'])
      expect(history.correspondence('李', 9)).toEqual([])
    })

    test('finds words, all of them, in any case, the last one by its beginning', async () => {
      const { history, say } = opened()
      for (const text of ['The Quick brown fox', 'a quick answer', 'slow', 'C++ & "quotes" -dash NOT or*'])
        await say(text)
      const find = async (words: string) =>
        seqs(await history.search(words, { rooms: ['lobby'], member: null }, LATEST.before, 9))
      expect(await find('quick')).toEqual([1, 2])
      expect(await find('QUICK fo')).toEqual([1])
      expect(await find('fox quick')).toEqual([1])
      expect(await find('qui answer')).toEqual([])
      expect(await find('quotes')).toEqual([4])
      for (const nothing of ['', '"', '* -', 'nothing']) expect(await find(nothing)).toEqual([])
      // The syntax of a query language is searched for literally.
      expect([await find('NOT dash'), await find('slow OR quick')]).toEqual([[4], []])
      expect([await find('text:slow'), await find('slow*')]).toEqual([[], [3]])
    })

    test('finds only where one may look, the latest first to be cut', async () => {
      const { history, say } = opened()
      for (const room of ['lobby', 'ops', 'lobby', 'ops', 'lobby']) await say('word', { room })
      const find = async (rooms: readonly string[] | 'all', before: number, limit: number) => {
        const found = await history.search('word', { rooms, member: null }, before, limit)
        return [seqs(found), found.more]
      }
      expect(await find(['lobby'], LATEST.before, 2)).toEqual([[3, 5], true])
      expect(await find(['lobby'], 5, 2)).toEqual([[1, 3], false])
      expect(await find('all', LATEST.before, 9)).toEqual([[1, 2, 3, 4, 5], false])
      expect(await find([], LATEST.before, 9)).toEqual([[], false])
    })

    test('shows what was erased as deleted, and finds it no more', async () => {
      const { journal, history, say } = opened()
      for (const text of ['one word', 'two words']) await say(text)
      expect(history.latestBy('alice', 'lobby')?.seq).toBe(2)
      const { version } = history
      await journal.erase([2])
      history.touch()
      expect(history.version).not.toBe(version)
      expect(texts(history.page({ room: 'lobby' }, LATEST, 9))).toEqual(['one word', null])
      expect(seqs(await history.search('wor', { rooms: 'all', member: null }, LATEST.before, 9))).toEqual([1])
      expect(history.find(2)).toMatchObject({ seq: 2, text: null, author: 'alice' })
      expect(history.find(3)).toBeNull()
      expect(history.latestBy('alice', 'lobby')?.seq).toBe(1)
      expect([history.latestBy('bob', 'lobby'), history.latestBy('alice', 'ops')]).toEqual([null, null])
    })

    test('leads through all that an author has written, page by page, and says what is erased', async () => {
      const { journal, history, say } = opened()
      const places = [
        ...[{ room: 'ops' }, { to: '李' }, { room: 'lobby' }, { from: '李' }, { room: '田中' }, { room: 'lobby' }],
        ...[{ to: 'a|b' }, { from: '李', to: 'Spider-Man' }, { room: 'ops' }],
      ]
      for (const place of places) await say('x', { from: 'Spider-Man', ...place })
      await journal.erase([3])
      history.touch()
      for (const limit of [1, 2, 3, 100]) {
        const found: Written[] = []
        for (;;) {
          const page = await history.writtenBy('Spider-Man', found.at(-1) ?? null, limit)
          expect(page.length).toBeLessThanOrEqual(limit)
          if (page.length === 0) break
          found.push(...page)
        }
        expect(found.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual([1, 2, 3, 5, 6, 7, 9])
        expect(found.filter(({ isErased }) => isErased).map(({ seq }) => seq)).toEqual([3])
        expect(found.find(({ seq }) => seq === 7)).toMatchObject({ room: null, other: 'a|b' })
        expect(found.slice(-2).map(({ room }) => room)).toEqual([null, null])
      }
      expect(await history.writtenBy('nobody', null, 9)).toEqual([])
    })

    test('knows what is beyond what is to be kept', async () => {
      const { history, say } = opened()
      for (const text of ['a', 'b', 'c', 'd']) await say(text)
      const beyond = (keeps: readonly Parameters<History['horizon']>[0][]) =>
        Promise.all(keeps.map(keep => history.horizon(keep)))
      expect(await beyond([0, 1000, 1001, 4000, 9000].map(at => ({ at })))).toEqual([0, 0, 1, 3, 4])
      expect(await beyond([1, 3, 4, 9].map(count => ({ count })))).toEqual([3, 1, 0, 0])
    })

    test('forgets all when it is told to, to be recorded anew', async () => {
      const { history, say } = opened()
      await say('a')
      history.flush()
      history.clear()
      expect([history.seq, history.page({ room: 'lobby' }, LATEST, 9).messages]).toEqual([0, []])
      expect(seqs(await history.search('a', { rooms: 'all', member: null }, LATEST.before, 9))).toEqual([])
    })
  })
}
