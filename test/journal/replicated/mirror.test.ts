// A data directory as the mirror of a log: it keeps to the contract, also against faults that only a disk has.
import { randomUUID } from 'node:crypto'
import { chmodSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { memoryJournal } from '../../../src/journal/memory.ts'
import { memoryPlaces } from '../../../src/journal/replicated/stream/places.ts'
import { openMirror, PLACES_FILE } from '../../../src/journal/sqlite/mirror.ts'
import { openStore } from '../../../src/journal/sqlite/store.ts'
import { cast } from '../../helpers/cast.ts'
import { entriesIn } from '../../helpers/recorded.ts'
import { replicatedLog } from '../../helpers/replicated-log.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'
import { deletion, draft, journalContract } from '../contract.ts'
import { mirrorContract } from './mirror-contract.ts'

mirrorContract('memory', () => ({ mirror: memoryJournal('epoch'), places: memoryPlaces() }))
mirrorContract('SQLite', () => openMirror(temporaryFolder(), randomUUID))

/** A log, and nodes with a data directory each. */
function world() {
  const { broker, node } = replicatedLog()
  return {
    broker,
    async node(name: string, directory = temporaryFolder()) {
      const { journal, lost } = await node(name, { left: openMirror(directory, () => broker.epoch) })
      onTestFinished(() => expect(lost).toEqual([]))
      return { journal, directory }
    },
  }
}

test('its files can be read by its user alone, also those of a version that left them open', async () => {
  const directory = temporaryFolder()
  const open = async (): Promise<void> => {
    const { mirror, places } = openMirror(directory, randomUUID)
    places.add({ place: 1, seq: 1, node: '李', run: 'r', k: 1 })
    places.flush()
    const files = readdirSync(directory)
    expect(files).toContain(`${PLACES_FILE}-wal`)
    for (const file of files) expect([file, statSync(join(directory, file)).mode & 0o777]).toEqual([file, 0o600])
    places.close()
    await mirror.close()
  }
  await open()
  chmodSync(join(directory, PLACES_FILE), 0o644)
  await open()
})

journalContract('a replicated log over SQLite', async () => (await world().node('one')).journal)

test('a node goes on after a restart, also without its places, or with nothing at all', async () => {
  const { node } = world()
  const [one, two] = [await node('one'), await node('two')]
  for (const name of cast) await one.journal.append([draft(name, name), draft(`${name} joins`)])
  await two.journal.erase([3])
  await two.journal.append([deletion(3)])
  await two.journal.close()
  for (const lost of [[], [PLACES_FILE], [PLACES_FILE, 'journal.db']]) {
    for (const file of lost)
      for (const end of ['', '-wal', '-shm', '-log']) rmSync(join(two.directory, file + end), { force: true })
    await one.journal.append([draft(`then ${lost}`, '李')])
    const again = await node('two', two.directory)
    expect(await entriesIn(again.journal)).toEqual(await entriesIn(one.journal))
    await again.journal.append([draft(`two ${lost}`)])
    await again.journal.close()
  }
  expect((await entriesIn(one.journal)).map(({ seq }) => seq)).toEqual(Array.from({ length: 23 }, (_, k) => k + 1))
})

test('the mirror of a node is the data directory of a server that is alone', async () => {
  const { broker, node } = world()
  const one = await node('one')
  await one.journal.append(cast.map(name => draft(name, name)))
  const all = await entriesIn(one.journal)
  await one.journal.close()
  const { journal } = openStore(one.directory, randomUUID)
  expect([journal.epoch, await entriesIn(journal)]).toEqual([broker.epoch, all])
  await journal.append([draft('alone', 'again')])
  await journal.close()
})
