/** Commits are brought into the tables in pieces, each within its time; and long work leaves no long log behind. */
import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { openParts } from '../../src/journal/sqlite/parts.ts'
import { openStore } from '../../src/journal/sqlite/store.ts'
import { type Portion, type Taken, Waiting } from '../../src/journal/sqlite/waiting.ts'
import { COMMIT_INPUTS, PROJECTED_MS, PROJECTED_ROWS, SETTLED_BYTES } from '../../src/model/limits.ts'
import type { Message } from '../../src/model/message/message.ts'
import { says } from '../helpers/drafts.ts'
import { promptDisk } from '../helpers/prompt-disk.ts'
import { recording } from '../helpers/recording.ts'
import { runs } from '../helpers/seeds.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { virtualClock } from '../helpers/virtual-clock.ts'

const message = (seq: number): Omit<Message, 'text'> => ({
  ...{ seq, at: seq, room: 'lobby', from: 'Mr.Blue', to: null, action: false, author: 'a|b', other: null },
  ...{ account: false, mentions: [] },
})

/** Inputs in their places, as the log gives them. */
const committed = (count: number) =>
  Array.from({ length: count }, (_, at) => {
    const { input, texts } = says('李', `message ${at}`)
    return { entry: { seq: at + 1, input, texts, quarantined: null }, json: JSON.stringify(input), sum: at }
  })

/** The rows of the inputs, after each piece of `count` inputs. The clock goes on by `tick` whenever it's looked at. */
async function piecesOf(count: number, tick: number): Promise<readonly number[]> {
  const file = join(temporaryFolder(), 'journal.db')
  const clock = virtualClock()
  let elapsed = 0
  const slow = { ...clock, elapsed: () => (elapsed += tick) }
  openParts(file, randomUUID).db.close()
  const { db, projection } = openParts(file, randomUUID, promptDisk, slow)
  onTestFinished(() => {
    projection.close()
    db.close()
  })
  const rows = () => Number(db.prepare('SELECT last AS n FROM meta').get()?.['n'])
  projection.add(committed(count))
  const pieces: number[] = []
  for (let before = 0; before < count; before = rows()) {
    projection.meanwhile()
    if (rows() === before) await projection.drain()
    pieces.push(rows() - before)
  }
  return pieces
}

describe('a piece of what is brought into the tables [L2]', () => {
  test('has PROJECTED_ROWS at least, and ends with the first of them after its time', async () => {
    expect(await piecesOf(3 * PROJECTED_ROWS, PROJECTED_MS)).toEqual([PROJECTED_ROWS, PROJECTED_ROWS, PROJECTED_ROWS])
    expect(await piecesOf(5 * PROJECTED_ROWS, PROJECTED_MS / 2)).toEqual([
      2 * PROJECTED_ROWS,
      2 * PROJECTED_ROWS,
      PROJECTED_ROWS,
    ])
  })

  test('has everything if there is time', async () => {
    expect(await piecesOf(4 * PROJECTED_ROWS, 0)).toEqual([4 * PROJECTED_ROWS])
  })

  test('is stored while the disk takes in a commit, and not only when nothing else is to be done', async () => {
    const folder = temporaryFolder()
    const stored = vi.fn<() => void>()
    const disk = {
      ...promptDisk,
      async write(fd: number, bytes: Uint8Array, at: number) {
        await null
        stored()
        await promptDisk.write(fd, bytes, at)
      },
    }
    const { journal } = openStore(folder, randomUUID, disk)
    onTestFinished(() => journal.close())
    const db = new DatabaseSync(join(folder, 'journal.db'), { readOnly: true })
    onTestFinished(() => db.close())
    const rows: number[] = []
    stored.mockImplementation(() => rows.push(Number(db.prepare('SELECT last AS n FROM meta').get()?.['n'])))
    await journal.append(Array.from({ length: PROJECTED_ROWS }, (_, k) => says('Spider-Man', `🎉 ${k}`)))
    await journal.append([says('Spider-Man', 'the next')])
    expect(rows.at(-1)).toBe(PROJECTED_ROWS)
  })
})

describe('a batch that waits to be stored', () => {
  const sizes = fc.array(fc.integer({ min: 2, max: 40 }), { minLength: 1, maxLength: 20 })

  test('is taken in order and whole, in any portions, and no message before its input', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 120 }), sizes, (said, portions) => {
        const waiting = new Waiting(0)
        waiting.add(committed(said.length))
        said.forEach((isSaid, at) => {
          waiting.take(isSaid ? [message(at + 1)] : [], [], at + 1)
        })
        const taken: { -readonly [K in keyof Taken]: Taken[K] } = { inputs: 0, messages: 0, changing: 0 }
        const all: Portion[] = []
        for (let at = 0; taken.inputs < said.length || taken.messages < waiting.messages.length; at++) {
          const portion = waiting.portion(portions[at % portions.length] as number, taken)
          expect(portion.inputs.length + portion.messages.length).toBeGreaterThan(0)
          all.push(portion)
          taken.inputs += portion.inputs.length
          taken.messages += portion.messages.length
          const last = portion.messages.at(-1)?.seq ?? 0
          expect(last).toBeLessThanOrEqual(portion.upTo)
          expect(portion.upTo).toBeLessThanOrEqual(taken.inputs)
        }
        const seqs = said.map((_, at) => at + 1)
        expect(all.flatMap(({ inputs }) => inputs.map(({ entry }) => entry.seq))).toEqual(seqs)
        expect(all.flatMap(({ messages }) => messages.map(({ seq }) => seq))).toEqual(seqs.filter(seq => said[seq - 1]))
        waiting.drop(taken)
        expect(waiting.size).toBe(0)
      }),
      { numRuns: runs(200) },
    )
  })
})

test('long work makes the tables durable meanwhile, so there is never much to copy at once [L2]', async () => {
  const folder = temporaryFolder()
  const sizes: number[] = []
  const disk = {
    ...promptDisk,
    sync: async () => void sizes.push(statSync(join(folder, 'journal.db-wal')).size),
  }
  const { journal, history } = openStore(folder, randomUUID, disk)
  onTestFinished(() => journal.close())
  const count = 8 * COMMIT_INPUTS
  for (let k = 0; k < count; k += COMMIT_INPUTS) {
    await journal.append(Array.from({ length: COMMIT_INPUTS }, (_, at) => says('李', `message ${k + at} `.repeat(60))))
  }
  recording(
    history,
    Array.from({ length: count }, (_, at) => message(at + 1)),
  )
  sizes.length = 0
  await journal.forget(count)
  expect(Math.max(...sizes)).toBeGreaterThan(SETTLED_BYTES)
  // One piece may go beyond it.
  expect(Math.max(...sizes)).toBeLessThan(SETTLED_BYTES + 1_048_576)
})
