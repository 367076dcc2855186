/** Counts of unread messages and lists of conversations, against a recount of everything, after any history. */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memoryJournal } from '../../src/journal/memory.ts'
import { memoryHistory } from '../../src/journal/memory-history.ts'
import type { Recorded } from '../../src/journal/recorded.ts'
import { openStore } from '../../src/journal/sqlite/store.ts'
import type { Place } from '../../src/model/state/reads.ts'
import type { After, Correspondence, History, Unread } from '../../src/port/history.ts'
import type { Journal } from '../../src/port/journal.ts'
import { recording } from '../helpers/recording.ts'
import { runs, seedOf } from '../helpers/seeds.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { draft } from './contract.ts'

const CAST = ['Spider-Man', 'Mr.Blue', '田中']
const who = fc.constantFrom(...CAST)
const room = fc.constantFrom('lobby', 'ops')
const portion = fc.double({ min: 0, max: 1, noNaN: true })

type Act =
  | { readonly act: 'say'; readonly room: string; readonly from: string; readonly mentions: readonly string[] }
  | { readonly act: 'tell'; readonly from: string; readonly to: string }
  | { readonly act: 'erase' | 'forget'; readonly at: number }
  | { readonly act: 'restart' | 'rebuild' }

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ act: fc.constant('say'), room, from: who, mentions: fc.uniqueArray(who) }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('tell'), from: who, to: who }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('erase'), at: portion }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('forget'), at: portion }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constantFrom('restart', 'rebuild') }) },
)

/** The expected counts, with nothing cleverer than a list. */
class Recount {
  readonly messages: Recorded[] = []
  readonly erased = new Set<number>()
  forgotten = 0

  #isThere({ seq }: Recorded): boolean {
    return seq > this.forgotten && !this.erased.has(seq)
  }

  unread(reader: string, place: Place, { after, upTo = Number.POSITIVE_INFINITY }: After, most: number): Unread {
    const isHere = (one: Recorded): boolean =>
      'room' in place ? one.room === place.room : one.author === place.with && one.other === reader
    const found = this.messages.filter(
      one => isHere(one) && one.seq > after && one.seq <= upTo && one.author !== reader && this.#isThere(one),
    )
    const mentions = found.filter(one => one.room === null || one.mentions.includes(reader))
    return { unread: Math.min(most, found.length), mentions: Math.min(most, mentions.length) }
  }

  correspondence(member: string): readonly Correspondence[] {
    const others = CAST.filter(other => other !== member).flatMap(other => {
      const between = ({ author, other: to }: Recorded): boolean =>
        (author === member && to === other) || (author === other && to === member)
      const seq = this.messages.findLast(one => one.seq > this.forgotten && between(one))?.seq
      return seq === undefined ? [] : [{ other, seq, name: other }]
    })
    return others.sort((a, b) => b.seq - a.seq)
  }
}

const NOBODY = { action: false, account: false, mentions: [] }

function messageOf(one: Act, seq: number): Recorded | null {
  if (one.act === 'say') {
    const { from, mentions, room: where } = one
    return { ...NOBODY, seq, at: seq, room: where, from, to: null, author: from, other: null, mentions }
  }
  if (one.act === 'tell') {
    const { from, to } = one
    return { ...NOBODY, seq, at: seq, room: null, from, to, author: from, other: to }
  }
  return null
}

type Kept = { readonly journal: Journal; readonly history: History; readonly reopen: () => Promise<Kept> }

function onDisk(folder = temporaryFolder()): Kept {
  const { journal, history } = openStore(folder, randomUUID)
  return {
    journal,
    history,
    async reopen() {
      await journal.close()
      return onDisk(folder)
    },
  }
}

function inMemory(): Kept {
  const journal = memoryJournal('epoch')
  const kept: Kept = { journal, history: memoryHistory(journal.textOf), reopen: async () => kept }
  return kept
}

async function perform({ journal, history }: Kept, recount: Recount, one: Act): Promise<void> {
  const last = recount.messages.length
  const message = messageOf(one, last + 1)
  if (message) {
    await journal.append([draft(`${message.seq}`, 'text')])
    recording(history, [message])
    recount.messages.push(message)
  }
  if (last === 0) return
  if (one.act === 'erase') {
    const seq = Math.max(recount.forgotten + 1, Math.ceil(one.at * last))
    if (seq > last) return
    await journal.erase([seq])
    recount.erased.add(seq)
  }
  if (one.act === 'forget') {
    recount.forgotten = Math.max(recount.forgotten, Math.floor(one.at * last))
    await journal.forget(recount.forgotten)
  }
  if (one.act === 'rebuild') {
    history.clear()
    recording(
      history,
      recount.messages.filter(({ seq }) => seq > recount.forgotten),
    )
  }
  history.touch()
}

const PLACES: readonly Place[] = [{ room: 'lobby' }, { room: 'ops' }, ...CAST.map(name => ({ with: name }))]

test.each([
  ['SQLite', onDisk],
  ['memory', inMemory],
])('[I7] [I8] the counts of %s are those of a recount, over deletions, retention and restarts', async (_, open) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { minLength: 1, maxLength: 25 }),
      portion,
      portion,
      fc.integer({ min: 1, max: 6 }),
      async (acts, from, to, most) => {
        let kept = open()
        const recount = new Recount()
        for (const one of acts) {
          // The memory does not tell forgotten messages from erased ones.
          if (one.act === 'forget' && open === inMemory) continue
          if (one.act === 'restart') kept = await kept.reopen()
          else await perform(kept, recount, one)
        }
        const { length } = recount.messages
        const since = { after: Math.floor(from * length), upTo: Math.ceil(to * length) }
        for (const reader of CAST) {
          for (const place of PLACES) {
            for (const range of [since, { after: since.after }]) {
              const counted = kept.history.unread(reader, place, range, most)
              expect(counted, `${reader} in ${JSON.stringify(place)}`).toEqual(
                recount.unread(reader, place, range, most),
              )
            }
          }
          expect(kept.history.correspondence(reader, 9), reader).toEqual(recount.correspondence(reader))
        }
        await kept.journal.close()
      },
    ),
    { numRuns: runs(open === onDisk ? 40 : 200), seed: seedOf(7) },
  )
})
