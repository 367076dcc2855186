/**
 * Messages that change, in any order, over restarts, kills, retention and a history that is made anew: every store
 * answers as the memory does that has heard the same; and no file has a word of an erased text.
 */
import { randomUUID } from 'node:crypto'
import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memoryJournal } from '../../src/journal/memory.ts'
import { memoryHistory } from '../../src/journal/memory-history.ts'
import { workerHistory } from '../../src/journal/remote/history.ts'
import type { FollowingHistory } from '../../src/journal/sqlite/history/following.ts'
import { SqliteHistory } from '../../src/journal/sqlite/history/history.ts'
import { sqliteJournal } from '../../src/journal/sqlite/journal.ts'
import { openParts } from '../../src/journal/sqlite/parts.ts'
import { JOURNAL_FILE, openStore } from '../../src/journal/sqlite/store.ts'
import { INDEX_MESSAGES } from '../../src/model/limits.ts'
import type { History } from '../../src/port/history.ts'
import { eraseTexts, type Kept, play, Story } from '../helpers/living.ts'
import { runs, seedOf } from '../helpers/seeds.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const CAST = ['Spider-Man', '田中', 'a|b']
const EMOJI = ['👍', '🦊', '❤️']
const ROOMS = ['lobby', '茶室']
const EVERYWHERE = Number.MAX_SAFE_INTEGER

const who = fc.constantFrom(...CAST)
/** Which of the messages. */
const which = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const mentions = fc.uniqueArray(who, { maxLength: 2 })

type Act =
  | { readonly act: 'say'; readonly from: string; readonly room: string; readonly mentions: readonly string[] }
  | { readonly act: 'tell'; readonly from: string; readonly to: string }
  | {
      readonly act: 'edit'
      readonly of: number
      readonly mentions: readonly string[]
      readonly between: Passing | null
    }
  | { readonly act: 'react'; readonly of: number; readonly emoji: string; readonly from: string; readonly off: boolean }
  | { readonly act: 'delete' | 'forget'; readonly of: number }
  | { readonly act: Passing }

type Passing = (typeof PASSING)[number]
const PASSING = ['restart', 'kill', 'rebuild', 'store', 'index', 'look'] as const
const passing = fc.constantFrom(...PASSING)

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ act: fc.constant('say'), from: who, room: fc.constantFrom(...ROOMS), mentions }),
  },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('tell'), from: who, to: who }) },
  { weight: 6, arbitrary: fc.record({ act: fc.constant('edit'), of: which, mentions, between: fc.option(passing) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      ...{ act: fc.constant('react'), of: which, emoji: fc.constantFrom(...EMOJI), from: who, off: fc.boolean() },
    }),
  },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('delete'), of: which }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('forget'), of: which }) },
  { weight: 4, arbitrary: fc.record({ act: passing }) },
)

/** A store that can be opened again, after a stop or after a kill, and its way to write. */
type Store = Kept & {
  readonly folder: string | null
  readonly reopen: (isKilled: boolean) => Promise<Store>
  readonly store: () => void
  readonly index: () => void
  readonly close: () => Promise<void>
}

function onDisk(folder = temporaryFolder()): Store {
  const { journal, history } = openStore(folder, randomUUID)
  return stored(folder, { journal, history }, history, onDisk)
}

/** Reads never store waiting messages, as on a full disk: these are read from the memory. */
function behind(folder = temporaryFolder()): Store {
  const file = join(folder, JOURNAL_FILE)
  const parts = openParts(file, randomUUID)
  const { projection, db } = parts
  const isCaughtUp = (): boolean => projection.waiting.isRecorded
  projection.isCaughtUp = isCaughtUp
  const history = new SqliteHistory(db, file, projection)
  return stored(folder, { journal: sqliteJournal(parts, file), history }, history, behind)
}

/** It reads the tables of another, and has in memory the messages that the other has not stored. */
function beside(folder = temporaryFolder()): Store {
  const { journal, history } = openStore(folder, randomUUID)
  const own = workerHistory(folder) as FollowingHistory
  const both = Object.assign(Object.create(own) as History, {
    apply(step: Parameters<History['apply']>[0]) {
      history.apply(step)
      own.apply(step)
    },
    clear() {
      history.flush()
      history.clear()
      own.clear()
    },
    touch: () => own.touch(),
  })
  const bound: History = new Proxy(both, {
    get: (of, name) => {
      const value = Object.hasOwn(of, name) ? Reflect.get(of, name) : Reflect.get(own, name, own)
      return typeof value === 'function' ? value.bind(own) : value
    },
  })
  return stored(folder, { journal, history: bound }, history, beside, () => own.close())
}

function stored(
  folder: string,
  kept: Kept,
  history: SqliteHistory,
  again: (folder: string) => Store,
  end = () => {},
): Store {
  const close = async (): Promise<void> => {
    end()
    await kept.journal.close()
  }
  return {
    ...kept,
    folder,
    async reopen(isKilled) {
      const copy = temporaryFolder()
      // The files as they are when the process is gone.
      if (isKilled) cpSync(folder, copy, { recursive: true, filter: path => !path.endsWith('.lock') })
      await close()
      return again(isKilled ? copy : folder)
    },
    store: () => history.flush(),
    index: () => history.index(),
    close,
  }
}

function inMemory(): Store {
  const journal = memoryJournal('epoch')
  const store: Store = {
    ...{ journal, history: memoryHistory(journal.textOf), folder: null },
    ...{ reopen: async () => store, store() {}, index() {}, close: () => journal.close() },
  }
  return store
}

function ofWorker(): Store {
  const journal = memoryJournal('epoch')
  const store: Store = {
    ...{ journal, history: workerHistory(null), folder: null },
    ...{ reopen: async () => store, store() {}, index() {}, close: () => journal.close() },
  }
  return store
}

/** A store and the memory that hears the same, side by side. */
class Pair {
  readonly story = new Story()
  readonly model = inMemory()
  store: Store
  forgotten = 0
  /** The words of each text. One has one word. */
  readonly words: string[] = []
  readonly gone = new Set<string>()
  /** The word of each input with a text. */
  readonly #wordAt = new Map<number, string>()
  readonly #authors = new Map<number, string>()

  constructor(store: Store) {
    this.store = store
  }

  async perform(one: Act): Promise<void> {
    switch (one.act) {
      case 'say':
      case 'tell': {
        const word = this.#word()
        const { act, ...saying } = one
        const scene = this.story.say(this.#textOf(word), { ...saying, ...this.#attached() })
        this.#wordAt.set(scene.step.seq, word)
        this.#authors.set(scene.step.seq, one.from)
        return this.#play(scene)
      }
      case 'restart':
      case 'kill':
        return this.#reopen(one.act === 'kill')
      case 'rebuild':
        return this.#rebuild()
      case 'store':
        return this.store.store()
      case 'index':
        return this.store.index()
      case 'look':
        return this.compare()
      case 'forget':
        return this.#forget(Math.floor(one.of * this.story.seq))
      default: {
        const target = this.story.said[Math.floor(one.of * this.story.said.length)]
        if (target !== undefined && target > this.forgotten) await this.#change(one, target)
      }
    }
  }

  /** Some are so long that a few of them are a block of the index. */
  #textOf = (word: string): string => (this.words.length % 2 === 0 ? `${word} ${'long '.repeat(2000)}` : word)

  /** Every second message has a file, and answers the first one. */
  #attached() {
    const seq = this.story.seq + 1
    if (seq % 2 === 1) return {}
    const file = { id: `${seq}`, kind: 'image/png', size: seq } as const
    return { reply: 1, files: [file], names: [`file${seq}.png`] }
  }

  async #change(one: Extract<Act, { readonly of: number }>, target: number): Promise<void> {
    const { story } = this
    const from = this.#authors.get(target) ?? ''
    if (one.act === 'react') return this.#play(story.react(target, one.emoji, one.from, one.off))
    if (one.act === 'delete') {
      await this.#erase(target)
      return this.#play(story.remove(target, from))
    }
    if (one.act !== 'edit' || this.model.history.find(target)?.text === null) return
    const word = this.#word()
    const scene = story.edit(target, this.#textOf(word), from)
    const edit = scene.step.seq
    await this.#play(scene)
    await this.#erase(target)
    // Such a worker has the text before until it hears of the edit.
    if (one.between && this.store.folder !== null) await this.perform({ act: one.between })
    this.#wordAt.set(edit, word)
    await this.#play(story.showEdit(target, edit, from, one.mentions))
  }

  #word(): string {
    const word = `xyzzy${this.words.length}q`
    this.words.push(word)
    return word
  }

  async #play(scene: Parameters<typeof play>[1]): Promise<void> {
    await play(this.model, scene)
    await play(this.store, scene)
  }

  async #erase(target: number): Promise<void> {
    const places = this.model.history.textPlaces(target)
    expect(this.store.history.textPlaces(target)).toEqual(places)
    await this.#lose(places, ({ journal }) => journal.erase(places))
  }

  async #forget(until: number): Promise<void> {
    if (until <= this.forgotten) return
    this.forgotten = until
    const later = await this.store.history.editsBeyond(until)
    const places = Array.from({ length: until }, (_, at) => at + 1)
    await this.#lose([...places, ...later], ({ journal }) => journal.forget(until, true, later))
  }

  async #lose(places: readonly number[], lose: (of: Kept) => Promise<void>): Promise<void> {
    for (const of of [this.model, this.store]) {
      await lose(of)
      of.history.touch()
    }
    for (const place of places) {
      const word = this.#wordAt.get(place)
      if (word) this.gone.add(word)
    }
    expect(leftIn(this.store.folder, this.gone)).toEqual([])
  }

  /** Steps that aren't recorded are folded again, as a start does. */
  async #reopen(isKilled: boolean): Promise<void> {
    this.store = await this.store.reopen(isKilled)
    this.#fold(this.store.history.seq)
  }

  #rebuild(): void {
    if (this.store.folder === null) return
    this.store.history.clear()
    this.#fold(this.forgotten)
  }

  #fold(after: number): void {
    for (const { step } of this.story.scenes) if (step.seq > after) this.store.history.apply({ ...step, text: null })
  }

  async compare(): Promise<void> {
    expect(await this.#told(this.store.history)).toEqual(await this.#told(this.model.history))
  }

  async #told(history: History) {
    const { forgotten, story } = this
    const kept = story.said.filter(seq => seq > forgotten)
    const parts = [
      ...ROOMS.map(room => ({ room })),
      ...CAST.map(direct => ({ direct })),
      { direct: 'a|b', with: '田中' },
      { everywhere: true } as const,
    ]
    const after = { after: forgotten }
    const places = [...ROOMS.map(room => ({ room })), ...CAST.map(name => ({ with: name }))]
    const found = []
    for (const word of this.words) {
      const { messages } = await history.search(word, { rooms: 'all', member: 'a|b' }, EVERYWHERE, 9)
      found.push([word, ...messages.map(({ seq }) => seq)])
    }
    const written = []
    for (const author of CAST) written.push(await history.writtenBy(author, null, 99))
    return {
      pages: parts.map(part => history.page(part, after, 99)),
      latest: parts.map(part =>
        history.page(part, { before: EVERYWHERE }, 2).messages.filter(one => one.seq > forgotten),
      ),
      each: kept.map(seq => [history.find(seq), history.textPlaces(seq)]),
      counts: parts.map(part => history.count(part, after, 99)),
      unread: CAST.flatMap(reader =>
        places.flatMap(place => [
          history.unread(reader, place, after, 99),
          history.unread(reader, place, after, 99, ['a|b']),
        ]),
      ),
      own: CAST.flatMap(author => ROOMS.map(room => history.latestBy(author, room))),
      written: written.flat().filter(({ seq }) => seq > forgotten),
      found,
      edits: [...(await history.editsBeyond(Math.max(forgotten, Math.floor(story.seq / 2))))].sort((a, b) => a - b),
    }
  }
}

/** The words that a file still has. */
function leftIn(folder: string | null, words: ReadonlySet<string>): readonly string[] {
  if (folder === null || words.size === 0) return []
  const files = readdirSync(folder).map(name => readFileSync(join(folder, name)))
  return [...words].filter(word => files.some(bytes => bytes.includes(word)))
}

test.each([
  ['SQLite', onDisk, 40],
  ['SQLite whose tables lag behind', behind, 40],
  ['a worker', beside, 30],
  ['a worker of a server that stores nothing', ofWorker, 100],
] as const)('[L5] [Y11] messages that change are told by %s as by the memory', async (_, open, times) => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 40 }), async acts => {
      const pair = new Pair(open())
      for (const one of acts) await pair.perform(one)
      await pair.compare()
      await pair.store.close()
    }),
    { numRuns: runs(times), seed: seedOf(19) },
  )
})

test.each([
  ['SQLite', onDisk],
  ['SQLite whose tables lag behind', behind],
])('[Y11] the index that %s makes between the erasure and the edit does not hide the new words', async (_, open) => {
  const kept = open()
  const story = new Story()
  for (let k = 0; k <= INDEX_MESSAGES; k++) await play(kept, story.say('common', { from: '田中' }))
  kept.index()
  const find = async (words: string) => {
    const { messages } = await kept.history.search(words, { rooms: 'all', member: null }, EVERYWHERE, 9)
    return messages.map(({ seq }) => seq)
  }
  const edit = await play(kept, story.edit(7, 'rare', '田中'))
  await eraseTexts(kept, 7)
  kept.index()
  expect(await find('rare')).toEqual([])
  await play(kept, story.showEdit(7, edit, '田中'))
  expect(await find('rare')).toEqual([7])
  kept.store()
  expect(await find('rare')).toEqual([7])
  kept.index()
  expect(await find('rare')).toEqual([7])
  await kept.close()
})

test('[J4] a message of which an edit or a reaction is damaged is not shown, and the others are', async () => {
  const damages = [
    "life = replace(life, '田中', '田山') WHERE seq = 1",
    'life = NULL WHERE seq = 1',
    "life = '{' WHERE seq = 1",
    'text_at = 2 WHERE seq = 1',
    'text_at = NULL WHERE seq = 1',
  ]
  for (const damage of damages) {
    const folder = temporaryFolder()
    const first = onDisk(folder)
    const story = new Story()
    for (const text of ['first', 'untouched']) await play(first, story.say(text, { from: '田中' }))
    const edit = await play(first, story.edit(1, 'second', '田中'))
    await eraseTexts(first, 1)
    await play(first, story.showEdit(1, edit, '田中'))
    await play(first, story.react(1, '🦊', '田中'))
    await first.close()
    const db = new DatabaseSync(join(folder, JOURNAL_FILE))
    db.exec(`UPDATE messages SET ${damage}`)
    db.close()
    const { history, close } = onDisk(folder)
    expect(() => history.find(1), damage).toThrow('message 1 is damaged. Make the history anew')
    expect(() => history.textPlaces(1), damage).toThrow('message 1 is damaged')
    expect(history.find(2)?.text).toBe('untouched')
    await close()
  }
})
