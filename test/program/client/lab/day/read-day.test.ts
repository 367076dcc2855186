/** A recorded day, from a journal or from the lines of `rxchat --json`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { entryLine, headerLine } from '../../../../../src/journal/exported.ts'
import { readDay } from '../../../../../src/program/client/lab/day/read-day.ts'
import { native, object, say } from '../../../../helpers/actors.ts'
import { temporaryFolder } from '../../../../helpers/temporary-folder.ts'
import { createWorld } from '../../../../helpers/world.ts'

const nothing = Readable.from([])

function file(...lines: readonly string[]): string {
  const path = join(temporaryFolder(), 'day.ndjson')
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

/** A day with everything that the lab does again, as a journal and as its lines. */
async function recorded() {
  const world = await createWorld()
  const eyes = await native(world, 'eyes')
  const alice = await native(world, '田中')
  const bob = await native(world, 'a|b')
  await alice.send(say('hello'))
  const { seq } = eyes.objects().find(({ type }) => type === 'said') as { seq: number }
  for (const command of [
    { type: 'edit', seq, text: 'hello again' },
    { type: 'topic', room: 'lobby', topic: 'main is red' },
    { type: 'tell', to: 'eyes', text: 'psst' },
    { type: 'join', room: 'ops' },
    { type: 'part', room: 'ops' },
    { type: 'away', note: 'tea' },
  ]) {
    await alice.send(object({ n: 1, ...command }).replace('"n":1,', ''))
  }
  await world.clock.advance(1000)
  await bob.send(object({ type: 'react', seq, emoji: '👍' }))
  await bob.send(object({ type: 'nick', name: 'José' }))
  await bob.send(object({ type: 'bye' }))
  await alice.send(object({ type: 'delete', seq }))
  const entries = []
  for await (const batch of world.journal.read(0)) entries.push(...batch)
  const lines = eyes.text().split('\n')
  await world.close()
  return { seq, entries, lines }
}

test('[BL1] the lines of --json and an exported journal give the same acts', async () => {
  const { seq, entries, lines } = await recorded()
  const journal = [headerLine({ epoch: 'epoch', base: { seq: 0, state: null } }), ...entries.map(entryLine)]
  const fromLines = await readDay(file(...lines), nothing)
  const fromJournal = await readDay(file(...journal), nothing)
  const acts = fromLines.acts.map(({ seq: _, at: __, ...act }) => act)
  expect(acts).toEqual([
    { who: '田中', type: 'join', room: 'lobby' },
    { who: 'a|b', type: 'join', room: 'lobby' },
    { who: '田中', type: 'say', room: 'lobby', text: 'hello', action: false },
    { who: '田中', type: 'edit', target: seq, text: 'hello again' },
    { who: '田中', type: 'topic', room: 'lobby', topic: 'main is red' },
    { who: '田中', type: 'tell', to: 'eyes', text: 'psst', action: false },
    { who: '田中', type: 'away', note: 'tea' },
    { who: 'a|b', type: 'react', target: seq, emoji: '👍', off: false },
    { who: 'a|b', type: 'nick', name: 'José' },
    { who: 'José', type: 'quit' },
    { who: '田中', type: 'delete', target: seq },
  ])
  // The reader of the lines was not in ops, it does not see its own entrance, and a deleted message has no text in the
  // journal.
  const isKnownToAll = (act: { readonly type: string; readonly who: string; readonly room?: string }): boolean =>
    act.room !== 'ops' && act.type !== 'quit' && act.who !== 'eyes'
  const seen = fromJournal.acts.map(({ seq: _, at: __, ...act }) => act).filter(isKnownToAll)
  const gone = ['say', 'edit']
  expect(seen).toEqual(acts.filter(act => isKnownToAll(act) && !gone.includes(act.type)))
})

test('[BL1] stdin is read as well, a message that comes twice is one act, and what is unknown is none', async () => {
  const line = '{"type":"said","seq":7,"at":5,"room":"lobby","from":"alice","text":"hi"}'
  const text = [line, line, '{"type":"gap","seq":9}', '', '{"type":"said later"}'].join('\n')
  const { acts } = await readDay('-', Readable.from([Buffer.from(text)]))
  expect(acts).toEqual([{ seq: 7, at: 5, who: 'alice', type: 'say', room: 'lobby', text: 'hi', action: false }])
})

test.each([
  ['hello', 'is no journal of rxchat'],
  ['{"type":"said"}\nhello', 'line 2, is no event'],
  ['{"type":"rxchat-journal","format":99}', 'has format 99'],
])('[BL1] a record that begins with %s is refused in a sentence that says what to give', async (text, sentence) => {
  await expect(readDay(file(text), nothing)).rejects.toThrow(sentence)
})

test('[BL1] a record that is not there is refused', async () => {
  await expect(readDay('/nowhere/day.ndjson', nothing)).rejects.toThrow(/There is no .*`rxchat --json --since 1d`/)
})
