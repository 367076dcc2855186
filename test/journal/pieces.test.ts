/** Long work of the journal in pieces, each within its bounds; and an index that is never wrong, however far it has come. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { search } from '../../src/journal/memory-history.ts'
import { inPieces, oneByOne, type Piece } from '../../src/journal/pieces.ts'
import { erase, forget } from '../../src/journal/sqlite/erasure.ts'
import { addBlock, blocksEnd, knowBlock, unknowBlock } from '../../src/journal/sqlite/history/words/blocks.ts'
import { finding } from '../../src/journal/sqlite/history/words/search.ts'
import { keep, latestWhole } from '../../src/journal/sqlite/snapshots.ts'
import { openStore, type Store } from '../../src/journal/sqlite/store.ts'
import { INDEX_MESSAGES, PIECE_BYTES, PIECE_ROWS, TEXT_MAX_BYTES } from '../../src/model/limits.ts'
import type { Message } from '../../src/model/message/message.ts'
import { entriesIn } from '../helpers/recorded.ts'
import { recording } from '../helpers/recording.ts'
import { runs } from '../helpers/seeds.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { draft } from './contract.ts'

const HERE = { rooms: 'all', member: null } as const
const LATEST = Number.MAX_SAFE_INTEGER

const message = (seq: number): Omit<Message, 'text'> => ({
  ...{ seq, at: seq, room: 'lobby', from: 'Spider-Man', to: null, action: false, author: 'a', other: null },
  ...{ account: false, mentions: [] },
})

/** A directory in which these texts were said, and its tables. */
async function filled(texts: readonly string[]): Promise<{ readonly store: Store; readonly db: DatabaseSync }> {
  const folder = temporaryFolder()
  const store = openStore(folder, randomUUID)
  onTestFinished(() => store.journal.close())
  await store.journal.append(texts.map((text, at) => draft(`${at}`, text)))
  recording(
    store.history,
    texts.map((_, at) => message(at + 1)),
  )
  store.history.flush()
  const db = new DatabaseSync(join(folder, 'journal.db'))
  onTestFinished(() => db.close())
  return { store, db }
}

/** All pieces of a work, and its result. */
function pieces<T>(work: Generator<Piece, T>): { readonly all: readonly Piece[]; readonly end: T } {
  const all: Piece[] = []
  for (;;) {
    const piece = work.next()
    if (piece.done) return { all, end: piece.value }
    all.push(piece.value)
  }
}

function expectBounded(all: readonly Piece[]): void {
  for (const { rows, bytes } of all) {
    expect(rows).toBeLessThanOrEqual(PIECE_ROWS)
    expect(bytes).toBeLessThan(PIECE_BYTES + TEXT_MAX_BYTES)
  }
}

const long = 'the quick brown fox '.repeat(400)
const many = (count: number, text: string): readonly string[] => Array.from({ length: count }, () => text)

describe('a piece of long work [L2]', () => {
  test.each([
    ['short', 1200, 'x'],
    ['long', 40, long],
  ])('that forgets %s texts touches so many rows and bytes, and no more', async (_, count, text) => {
    const { store, db } = await filled(many(count, text))
    await store.journal.keep({ seq: count - 5, state: 'kept' })
    const { all } = pieces(forget(db, count))
    expectBounded(all)
    expect(all.length).toBeGreaterThan(3)
    expect((await entriesIn(store.journal, count - 5)).map(({ texts }) => texts.text ?? null)).toEqual(
      many(5, '').map(() => null),
    )
    expect(store.journal.base).toBe(count - 5)
    expect((await store.history.search('x the', HERE, LATEST, 9)).messages).toEqual([])
  })

  test.each([
    ['short', 3000, 'a x b'],
    ['long', 60, long],
  ])('that searches among %s texts looks at so many, with an index or without', async (_, count, text) => {
    const { db } = await filled(many(count, text))
    const look = () => pieces(finding(db, { words: 'fox xy', sight: HERE, before: LATEST, limit: 9 }, () => null))
    const without = look()
    while (addBlock(db)) {}
    expect(blocksEnd(db)).toBeGreaterThan(count / 2)
    const { all, end } = look()
    for (const found of [without, { all, end }]) {
      expectBounded(found.all)
      expect(found.end).toEqual({ messages: [], more: false })
    }
    expect(all.length).toBeLessThan(without.all.length)
  })

  test('that searches in memory looks at so many', () => {
    const said = Array.from({ length: 1000 }, (_, at) => message(at + 1))
    const { all } = pieces(search(said, () => long, { words: 'nothing', sight: HERE, before: LATEST, limit: 9 }))
    expectBounded(all)
    expect(all.length).toBeGreaterThan(100)
  })

  test('that keeps a large state writes and removes so much of it, and the state is whole [J7]', async () => {
    const { store, db } = await filled(many(9, 'x'))
    const stateOf = (seq: number) => many(1000, `${seq} "🎉"\n`.repeat(60))
    for (const seq of [2, 4, 6, 8]) {
      const { all } = pieces(keep(db, { seq, state: stateOf(seq) }))
      expectBounded(all)
      expect(all.length).toBeGreaterThan(5)
      expect(await store.journal.snapshot()).toEqual({ seq, state: stateOf(seq).join('') })
    }
    const { all, end } = pieces(latestWhole(db, 7))
    expectBounded(all)
    expect([all.length > 10, end]).toEqual([true, 6])
    const ids = () => db.prepare('SELECT DISTINCT id FROM parts').all().length
    expect(ids()).toBe(2)
    await store.journal.forget(8)
    expect([ids(), store.journal.base]).toEqual([1, 8])
    await store.journal.keep({ seq: 9, state: 'short' })
    await store.journal.forget(9)
    expect([ids(), await store.journal.snapshot()]).toEqual([0, { seq: 9, state: 'short' }])
  })

  test('that keeps a state ends anywhere, and the one before is there; what is left of it goes with the next [J7] [J3]', async () => {
    const { store, db } = await filled(many(3, 'x'))
    await store.journal.keep({ seq: 1, state: 'before' })
    const work = keep(db, { seq: 2, state: many(300, 'a part '.repeat(200)) })
    for (const _ of [1, 2, 3]) work.next()
    expect(await store.journal.snapshot()).toEqual({ seq: 1, state: 'before' })
    await store.journal.keep({ seq: 3, state: 'after' })
    expect(db.prepare('SELECT count(*) AS left FROM parts').get()).toEqual({ left: 0 })
    expect(await store.journal.snapshot()).toEqual({ seq: 3, state: 'after' })
  })

  test('that keeps a state of which a part is damaged or lost is passed over [J4] [J7]', async () => {
    for (const harm of ["UPDATE parts SET text = 'other' WHERE part = 1", 'DELETE FROM parts WHERE part = 1']) {
      const { store, db } = await filled(many(3, 'x'))
      await store.journal.keep({ seq: 1, state: 'before' })
      await store.journal.keep({ seq: 2, state: many(300, 'a part '.repeat(200)) })
      expect((await store.journal.snapshot())?.seq).toBe(2)
      db.exec(harm)
      expect(await store.journal.snapshot()).toEqual({ seq: 1, state: 'before' })
    }
  })

  test('leaves a journal that goes on: what is written meanwhile comes in between [J1]', async () => {
    const { store, db } = await filled(many(500, 'old'))
    await store.journal.keep({ seq: 400, state: 'kept' })
    const work = forget(db, 450)
    let written = 500
    for (let piece = work.next(); !piece.done; piece = work.next()) {
      await store.journal.append([draft(`new ${written}`, 'new')])
      written += 1
      const entries = await entriesIn(store.journal, store.journal.base)
      expect([entries[0]?.seq, entries.at(-1)?.seq]).toEqual([store.journal.base + 1, written])
    }
    expect([store.journal.base, await store.journal.snapshot()]).toEqual([400, { seq: 400, state: 'kept' }])
  })

  test('is followed by a turn of the loop, and works wait for one another', async () => {
    const done: string[] = []
    function* work(name: string): Generator<Piece> {
      for (const part of [1, 2]) {
        done.push(`${name}${part}`)
        yield { rows: 1, bytes: 1 }
      }
    }
    const pause = async (): Promise<void> => void done.push('-')
    const inTurn = oneByOne()
    const failing = inTurn(() => Promise.reject(new Error('as it happens')))
    const both = ['a', 'b'].map(name => inTurn(() => inPieces(work(name), pause)))
    await expect(failing).rejects.toThrow('as it happens')
    await Promise.all(both)
    expect(done).toEqual(['a1', '-', 'a2', '-', 'b1', '-', 'b2', '-'])
  })
})

describe('the index of words', () => {
  const word = fc.constantFrom(
    'deploy',
    'Deployment',
    'café',
    'CAFE',
    '東京',
    '京都',
    'ㅎ',
    'a',
    'ab',
    'x1',
    'İbo',
    '田中さん',
  )
  const text = fc.array(word, { minLength: 1, maxLength: 4 }).map(words => words.join(' '))

  test('hides nothing that a look at every text would find, however far the index reaches [Y4]', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 1, maxLength: 12 }),
        fc.array(word, { minLength: 1, maxLength: 2 }),
        fc.nat(),
        fc.nat(3),
        async (texts, words, at, erased) => {
          const all = texts.flatMap(one => many(INDEX_MESSAGES / 4, one))
          const { db } = await filled(all)
          while (addBlock(db)) {}
          const gone = Array.from({ length: erased }, (_, k) => 1 + ((at + k * 97) % all.length))
          erase(db, gone)
          if (at % 2 === 0) while (knowBlock(db)) {}
          const asked = { words: words.join(' '), sight: HERE, before: 1 + (at % (all.length + 1)), limit: all.length }
          const byIndex = pieces(finding(db, asked, seq => ({ ...message(seq), text: all[seq - 1] ?? null }))).end
          const byEye = pieces(
            search(
              all.map((_, k) => message(k + 1)),
              seq => (gone.includes(seq) ? null : (all[seq - 1] ?? null)),
              asked,
            ),
          ).end
          expect(byIndex).toEqual(byEye)
        },
      ),
      { numRuns: runs(25) },
    )
  })

  test('may grow while somebody searches, and each message is found once [Y4]', async () => {
    const { db } = await filled(many(INDEX_MESSAGES + 9, 'needle'))
    const asked = { words: 'needle', sight: HERE, before: LATEST, limit: INDEX_MESSAGES * 2 }
    const work = finding(db, asked, seq => ({ ...message(seq), text: 'needle' }))
    expect(work.next().done).toBe(false)
    expect(addBlock(db)).toBe(true)
    const { messages } = pieces(work).end
    expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: INDEX_MESSAGES + 9 }, (_, at) => at + 1))
  })

  test('keeps nothing of a text that is gone, and is made anew of its neighbours [Y5]', async () => {
    const { db } = await filled([...many(INDEX_MESSAGES, 'common'), 'rare', 'common'])
    expect(addBlock(db)).toBe(true)
    const keys = () =>
      db
        .prepare('SELECT keys FROM blocks')
        .all()
        .map(({ keys: known }) => known)
    expect(keys()).not.toEqual([null])
    unknowBlock(db, INDEX_MESSAGES + 1)
    expect(keys()).not.toEqual([null])
    erase(db, [7])
    expect(keys()).toEqual([null])
    expect([knowBlock(db), knowBlock(db)]).toEqual([true, false])
    expect(keys()).not.toEqual([null])
  })

  test('that is damaged says nothing, so that all is found [J4]', async () => {
    const { store, db } = await filled([...many(INDEX_MESSAGES, 'common'), 'common'])
    addBlock(db)
    db.exec(`UPDATE blocks SET keys = zeroblob(8)`)
    expect((await store.history.search('common', HERE, INDEX_MESSAGES, 2)).messages).toHaveLength(2)
  })
})
