/** Texts that met a deletion, and that the server could not erase before it stopped: its next start erases them. */
import { randomUUID } from 'node:crypto'
import { NEVER } from 'rxjs'
import { expect, onTestFinished, test } from 'vitest'
import { memoryJournal } from '../../../src/journal/memory.ts'
import { memoryHistory } from '../../../src/journal/memory-history.ts'
import { openStore } from '../../../src/journal/sqlite/store.ts'
import type { Body } from '../../../src/model/input.ts'
import { ERASURE_RETRY_MS } from '../../../src/model/limits.ts'
import type { Journal } from '../../../src/port/journal.ts'
import { eraseLeftovers } from '../../../src/server/jobs/leftovers.ts'
import { native, object, say } from '../../helpers/actors.ts'
import { eraseTexts, type Kept, play, Story } from '../../helpers/living.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { entriesIn } from '../../helpers/recorded.ts'
import { seededEntropy } from '../../helpers/seeded-entropy.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'
import { virtualClock } from '../../helpers/virtual-clock.ts'
import { createWorld } from '../../helpers/world.ts'

const STORES: Readonly<Record<string, () => Kept>> = {
  memory() {
    const journal = memoryJournal('epoch')
    return { journal, history: memoryHistory(journal.textOf) }
  },
  SQLite: () => openStore(temporaryFolder(), randomUUID),
}

/** An edited message, one in two pieces, and one that is deleted as usual; each is deleted, and these texts erased. */
async function deleted(kept: Kept, erased: readonly number[]) {
  const story = new Story()
  const say = (more = {}) => play(kept, story.say('first', { from: '田中', ...more }))
  const [edited, live, whole] = [await say(), await say({ live: true }), await say()]
  const edit = await play(kept, story.edit(edited, 'second 🦊', '田中'))
  await kept.journal.erase([edited])
  await play(kept, story.showEdit(edited, edit, '田中'))
  const pieces = [
    await play(kept, story.grow(live, 0, Buffer.from('ab'), '田中')),
    await play(kept, story.grow(live, 2, Buffer.from('c'), '田中')),
  ]
  await eraseTexts(kept, whole)
  await kept.journal.erase([live, ...erased.map(at => [edit, ...pieces][at] ?? 0)])
  for (const target of [edited, live, whole]) await play(kept, story.remove(target, '田中'))
  return { edited, live, texts: [edit, ...pieces] }
}

/** A start of the server that erases `count` leftovers. */
async function started({ journal, history }: Kept, count: number): Promise<readonly Body[]> {
  const submitted: Body[] = []
  const done = Promise.withResolvers<void>()
  const { resume } = eraseLeftovers({
    ...{ hub: { delivered$: NEVER }, journal, history, clock: virtualClock(), origin: 'here', closing$: NEVER },
    async erase(...seqs) {
      await journal.erase(seqs)
      history.touch()
    },
    submit(body) {
      submitted.push(body)
      if (submitted.length >= count) done.resolve()
    },
  })
  resume()
  if (count > 0) await done.promise
  return submitted
}

/** A start that finds these, and fails as often as the history says. */
function failing(history: Partial<Parameters<typeof eraseLeftovers>[0]['history']>) {
  const [erased, clock] = [[] as number[], virtualClock()]
  const { resume } = eraseLeftovers({
    ...{ hub: { delivered$: NEVER }, clock, origin: 'here', closing$: NEVER, submit: () => {} },
    journal: { texts: async seqs => new Map(seqs.map(seq => [seq, 'left'])) },
    history: {
      textPlaces: target => [target, target + 100],
      find: () => null,
      halfErased: async () => [1, 2],
      ...history,
    },
    async erase(...seqs) {
      erased.push(...seqs)
    },
  })
  resume()
  return { erased, clock }
}

for (const [name, open] of Object.entries(STORES)) {
  test(`[Y5] those in ${name} are found, erased and listed for other servers, once`, async () => {
    const kept = open()
    onTestFinished(() => kept.journal.close())
    const { edited, live, texts } = await deleted(kept, [])
    expect([...(await kept.history.halfErased())].sort()).toEqual([edited, live])
    // Whoever erases all of an author's texts has to find it, too.
    const written = await kept.history.writtenBy('田中', null, 9)
    expect(written.filter(({ isErased }) => !isErased).map(({ seq }) => seq)).toEqual([edited])
    const around = { type: 'delete', room: 'lobby', members: [], everyone: false, bulk: true }
    const submitted = await started(kept, 2)
    expect(submitted).toHaveLength(2)
    expect(submitted).toEqual(
      expect.arrayContaining([
        { ...around, target: edited, texts: texts.slice(0, 1) },
        { ...around, target: live, texts: texts.slice(1) },
      ]),
    )
    expect((await kept.journal.texts(texts)).size).toBe(0)
    expect(await kept.history.halfErased()).toEqual([])
    expect(await started(kept, 0)).toEqual([])
  })

  test(`[Y5] one piece of many is enough, and what is erased in ${name} is no leftover`, async () => {
    const kept = open()
    onTestFinished(() => kept.journal.close())
    const { live } = await deleted(kept, [0, 1])
    expect(await kept.history.halfErased()).toEqual([live])
  })
}

test('[Y5] a damaged message keeps no other one', async () => {
  const { erased, clock } = failing({
    find(seq) {
      if (seq === 1) throw new Error('damaged')
      return null
    },
  })
  await clock.advance(1)
  expect(erased).toEqual([102])
})

test('[Y5] if they cannot be looked for, since the disk is full, that is tried again', async () => {
  let tries = 0
  const { erased, clock } = failing({
    async halfErased() {
      tries += 1
      if (tries < 3) throw new Error('the disk is full')
      return [1]
    },
  })
  await clock.advance(ERASURE_RETRY_MS + 1)
  expect(erased).toEqual([])
  await clock.advance(ERASURE_RETRY_MS + 1)
  expect(erased).toEqual([101])
})

test('[Y5] the next start of a server that was killed before it could erase one does that', async () => {
  const inner = memoryJournal('epoch')
  const never = new Promise<never>(() => {})
  let isKilled = false
  const journal: Journal = {
    ...inner,
    committed$: inner.committed$,
    // The edit came after the server had listed what it erases.
    erase: seqs => inner.erase(seqs.filter(seq => inner.textOf(seq) !== 'the better words')),
    async append(batch) {
      if (isKilled) return never
      isKilled = batch.some(({ input }) => input.type === 'delete')
      return inner.append(batch)
    },
    close: async () => {},
  }
  const first = await createWorld({ rate: null }, journal)
  const zoya = await native(first, 'ЗОЯ')
  await zoya.send(say('first words'))
  const seq = first.steps.findLast(({ events }) => events.some(({ event }) => event.type === 'said'))?.seq
  await zoya.send(object({ type: 'edit', n: 50, seq, room: 'lobby', text: 'the better words' }))
  await first.clock.advance(1000)
  await zoya.send(object({ type: 'delete', n: 51, seq, room: 'lobby' }))
  await first.clock.advance(1000)
  const textsLeft = async () => (await entriesIn(inner)).flatMap(({ texts: { text } }) => text ?? [])
  expect([isKilled, await textsLeft()]).toEqual([true, ['the better words']])

  const second = await openWorld({ rate: null }, inner, { entropy: seededEntropy('later-') })
  await second.clock.settle()
  expect(await textsLeft()).toEqual([])
  const deletions = (await entriesIn(inner)).flatMap(({ input }) => (input.type === 'delete' ? [input.texts] : []))
  expect(deletions.at(-1)).toEqual([expect.any(Number)])
  expect(deletions).toHaveLength(2)
})
