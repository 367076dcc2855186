/** The contract of the journal port, run on each implementation. */
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Draft, Entry } from '../../src/model/input.ts'
import type { Journal } from '../../src/port/journal.ts'
import { entriesIn } from '../helpers/recorded.ts'

/** An input with this id: with a text a message, without one a join. */
export function draft(id: string, text: string | null = null): Draft {
  const stamp = { id, at: 1_000, origin: 'here', session: 'me', n: 1 }
  const said = { type: 'say', room: 'lobby', action: false, ...stamp } as const
  return text === null
    ? { input: { type: 'join', room: 'lobby', ...stamp }, texts: {} }
    : { input: said, texts: { text } }
}

/** The deletion of the message of input `target`. */
export function deletion(target: number): Draft {
  const stamp = { id: `d${target}`, at: 1_000, origin: 'here', session: 'me', n: 2 }
  return { input: { type: 'delete', target, room: 'lobby', members: [], everyone: false, ...stamp }, texts: {} }
}

const ids = (entries: Iterable<Entry>): readonly string[] => [...entries].map(({ input }) => input.id)
const seqs = (entries: Iterable<Entry>): readonly number[] => [...entries].map(({ seq }) => seq)

/** A journal that is closed after the test, and its entries. */
async function opened(open: () => Promise<Journal>) {
  const journal = await open()
  const batches: (readonly Entry[])[] = []
  let completed = false
  journal.committed$.subscribe({
    next: batch => batches.push(batch),
    complete: () => {
      completed = true
    },
  })
  onTestFinished(() => journal.close())
  return { journal, batches, isCompleted: () => completed }
}

/** `open` gives a new, empty journal. */
export function journalContract(name: string, open: () => Promise<Journal>): void {
  describe(`${name}, as a journal`, () => {
    test('gives back what was appended, in order, numbered from 1 without holes', async () => {
      const { journal, batches } = await opened(open)
      await journal.append([draft('a', 'hi'), draft('b')])
      await journal.append([draft('c')])
      const numbered = (seq: number, what: Draft): Entry => ({ ...what, seq, quarantined: null })
      const expected = [numbered(1, draft('a', 'hi')), numbered(2, draft('b')), numbered(3, draft('c'))]
      expect(batches).toEqual([expected.slice(0, 2), expected.slice(2)])
      expect(await entriesIn(journal)).toEqual(expected)
    })

    test('commits in the order of the appends, also when they do not wait for one another', async () => {
      const { journal, batches } = await opened(open)
      const names = Array.from({ length: 20 }, (_, k) => `${k}`)
      await Promise.all(names.map(id => journal.append([draft(`${id}x`), draft(`${id}y`)])))
      const expected = names.flatMap(id => [`${id}x`, `${id}y`])
      expect(ids(batches.flat())).toEqual(expected)
      expect(seqs(batches.flat())).toEqual(expected.map((_, k) => k + 1))
      expect(ids(await entriesIn(journal))).toEqual(expected)
    })

    test('never splits a batch [J1]', async () => {
      const { journal, batches } = await opened(open)
      await Promise.all([['a', 'b', 'c'], ['d'], ['e', 'f']].map(batch => journal.append(batch.map(id => draft(id)))))
      for (const batch of [['a', 'b', 'c'], ['d'], ['e', 'f']]) {
        const containing = batches.find(entries => ids(entries).includes(batch[0] ?? ''))
        expect(ids(containing ?? [])).toEqual(expect.arrayContaining(batch))
      }
    })

    test('is asynchronous: nothing has come back when append returns, all when it has resolved', async () => {
      const { journal, batches } = await opened(open)
      const appended = journal.append([draft('a')])
      expect(batches).toEqual([])
      await appended
      expect(ids(batches.flat())).toEqual(['a'])
    })

    test('reads what came after a place', async () => {
      const { journal } = await opened(open)
      await journal.append([draft('a'), draft('b'), draft('c')])
      const read = async (seq: number): Promise<string> => ids(await entriesIn(journal, seq)).join('')
      expect(await Promise.all([0, 1, 2, 3, 9].map(read))).toEqual(['abc', 'bc', 'c', '', ''])
    })

    test('gives the texts of some inputs, without those that are erased or forgotten', async () => {
      const { journal } = await opened(open)
      await journal.append([draft('a', 'Spider-Man'), draft('b', '田中'), draft('c'), draft('d', 'a_b')])
      expect(await journal.texts([])).toEqual(new Map())
      expect(await journal.texts([4, 1, 2])).toEqual(
        new Map([
          [4, 'a_b'],
          [1, 'Spider-Man'],
          [2, '田中'],
        ]),
      )
      await entriesIn(journal)
      await journal.append([draft('e', 'ЗОЯ')])
      expect(await journal.texts([5, 1])).toEqual(
        new Map([
          [5, 'ЗОЯ'],
          [1, 'Spider-Man'],
        ]),
      )
      await journal.erase([2, 5])
      expect(await journal.texts([1, 2, 4, 5])).toEqual(
        new Map([
          [1, 'Spider-Man'],
          [4, 'a_b'],
        ]),
      )
      await journal.forget(1)
      expect(await journal.texts([1, 2, 4, 5])).toEqual(new Map([[4, 'a_b']]))
    })

    test('has no holes for a reader who is slower than what is committed', async () => {
      const { journal } = await opened(open)
      const append = (...names: readonly string[]) => journal.append(names.map(id => draft(id, 'Mr.Blue 🎉')))
      await append('a', 'b')
      const reading = journal.read(0)[Symbol.asyncIterator]()
      const read: Entry[] = [...(await reading.next()).value]
      await append('c', 'd')
      // Stores the waiting inputs.
      await entriesIn(journal)
      await append('e', 'f')
      for (let next = await reading.next(); !next.done; next = await reading.next()) read.push(...next.value)
      expect(seqs(read)).toEqual(read.map((_, k) => k + 1))
    })

    test('has something to read when it is told of it', async () => {
      const { journal } = await opened(open)
      const read: Promise<readonly Entry[]>[] = []
      journal.committed$.subscribe(batch => read.push(entriesIn(journal, (batch[0]?.seq ?? 1) - 1)))
      await journal.append([draft('a'), draft('b')])
      await Promise.all(read)
      await journal.append([draft('c')])
      expect((await Promise.all(read)).map(entries => ids(entries).join(''))).toEqual(['ab', 'c'])
    })

    test('tells each subscriber of what is committed from then on', async () => {
      const { journal } = await opened(open)
      await journal.append([draft('a')])
      const late: string[] = []
      const subscription = journal.committed$.subscribe(batch => late.push(...ids(batch)))
      await journal.append([draft('b')])
      subscription.unsubscribe()
      await journal.append([draft('c')])
      expect(late).toEqual(['b'])
    })

    test('shows what is under quarantine, why, and nothing else of it changed [Q1]', async () => {
      const { journal } = await opened(open)
      await journal.append([draft('a'), draft('b', 'text'), draft('c')])
      await journal.quarantine(2, 'Error: poisoned')
      const entries = await entriesIn(journal)
      expect(entries.map(({ quarantined }) => quarantined)).toEqual([null, 'Error: poisoned', null])
      expect(entries[1]).toEqual({ ...draft('b', 'text'), seq: 2, quarantined: 'Error: poisoned' })
      await journal.append([draft('d')])
      expect(seqs(await entriesIn(journal, 3))).toEqual([4])
    })

    test('keeps texts as they are, with any characters', async () => {
      const { journal } = await opened(open)
      const texts = ['', ' ', "'; DROP TABLE entries; --", '日本語 🎉', 'a\nb', '\u0000', '"{}"'.repeat(2000)]
      await journal.append(texts.map((text, k) => draft(`${k}`, text)))
      expect((await entriesIn(journal)).map(one => one.texts.text)).toEqual(texts)
    })

    test('gives back an input of a type that only a newer rxchat knows', async () => {
      const { journal } = await opened(open)
      const { input } = draft('a')
      const newer = [{}, { text: 'a text' }].map(
        texts => ({ input: { ...input, type: 'of tomorrow', more: [1] }, texts }) as never,
      )
      await journal.append(newer)
      expect((await entriesIn(journal)).map(({ input, texts }) => ({ input, texts }))).toEqual(newer)
    })

    test('keeps states, and gives the latest', async () => {
      const { journal } = await opened(open)
      expect(await journal.snapshot()).toBeNull()
      await journal.append(['a', 'b', 'c', 'd'].map(id => draft(id)))
      for (const seq of [1, 2, 4]) await journal.keep({ seq, state: `state ${seq} 🎉` })
      expect(await journal.snapshot()).toEqual({ seq: 4, state: 'state 4 🎉' })
      await journal.keep({ seq: 4, state: 'again' })
      expect(await journal.snapshot()).toEqual({ seq: 4, state: 'again' })
      expect(await journal.snapshot(4)).toEqual({ seq: 4, state: 'again' })
      expect(await journal.snapshot(1)).toBeNull()
    })

    test('keeps no state of what has not come', async () => {
      const { journal } = await opened(open)
      await journal.append([draft('a')])
      await expect(journal.keep({ seq: 2, state: 'of tomorrow' })).rejects.toThrow('there is no input 2')
      expect(await journal.snapshot()).toBeNull()
    })

    test('takes texts out, and leaves their inputs where they are', async () => {
      const { journal } = await opened(open)
      await journal.append([draft('a', 'one'), draft('b', 'two'), draft('c', 'three')])
      await journal.erase([1, 3])
      await journal.erase([3, 99])
      expect(await entriesIn(journal)).toEqual([
        { ...draft('a', 'one'), texts: {}, seq: 1, quarantined: null },
        { ...draft('b', 'two'), seq: 2, quarantined: null },
        { ...draft('c', 'three'), texts: {}, seq: 3, quarantined: null },
      ])
    })

    test('forgets texts, but an input only if a snapshot has it', async () => {
      const { journal } = await opened(open)
      await journal.append(['a', 'b', 'c', 'd', 'e'].map(id => draft(id, id)))
      await journal.forget(1)
      expect((await entriesIn(journal)).map(({ seq, texts }) => [seq, texts.text])).toEqual([
        [1, undefined],
        [2, 'b'],
        [3, 'c'],
        [4, 'd'],
        [5, 'e'],
      ])
      await journal.keep({ seq: 2, state: 'two' })
      await journal.keep({ seq: 4, state: 'four' })
      await journal.forget(4)
      expect(ids(await entriesIn(journal))).toEqual(['e'])
      for (const upTo of [undefined, 2]) expect(await journal.snapshot(upTo)).toEqual({ seq: 4, state: 'four' })
      await journal.append([draft('f', 'f')])
      expect((await entriesIn(journal, 4)).map(({ seq, texts }) => [seq, texts.text])).toEqual([
        [5, 'e'],
        [6, 'f'],
      ])
      expect(seqs(await entriesIn(journal, 6))).toEqual([])
    })

    test('forgets no mark of quarantine whose input it still has [Q1] [Y7]', async () => {
      const { journal } = await opened(open)
      await journal.append(['a', 'b', 'c', 'd', 'e', 'f'].map(id => draft(id, id)))
      for (const seq of [1, 3, 6]) await journal.quarantine(seq, `Error: ${seq}`)
      await journal.keep({ seq: 2, state: 'two' })
      await journal.forget(5)
      expect((await entriesIn(journal)).map(({ seq, texts, quarantined }) => [seq, texts.text, quarantined])).toEqual([
        [3, undefined, 'Error: 3'],
        [4, undefined, null],
        [5, undefined, null],
        [6, 'f', 'Error: 6'],
      ])
    })

    test('has an epoch of its own', async () => {
      const [one, two] = [(await opened(open)).journal, (await opened(open)).journal]
      expect(one.epoch).not.toBe('')
      expect(two.epoch).not.toBe(one.epoch)
    })

    test('completes when it is closed', async () => {
      const { journal, batches, isCompleted } = await opened(open)
      await journal.append([draft('a')])
      expect(isCompleted()).toBe(false)
      await journal.close()
      expect([isCompleted(), ids(batches.flat())]).toEqual([true, ['a']])
    })
  })
}
