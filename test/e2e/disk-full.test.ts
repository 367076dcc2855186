/** A disk that fills up under a running server, a real one: refused is refused, stored is stored, and room heals it. */
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ownerOf } from '../helpers/owner.ts'
import { performedTexts } from '../helpers/performed.ts'
import { type RunningServer, runServer, startServer } from '../helpers/program.ts'
import { mountSmallDisk, type SmallDisk } from '../helpers/small-disk.ts'
import { dial, dialNative } from '../helpers/sockets.ts'
import { SteadyTalker } from '../helpers/steady-talker.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

/** A small file system, or null where this user may not mount one. */
function smallDisk(mebibytes = 2): SmallDisk | null {
  const disk = mountSmallDisk(temporaryFolder(), mebibytes)
  if (disk) onTestFinished(disk.unmount)
  return disk
}

const PADDING = 'long '.repeat(400)

test('[D2] [J3] a full disk loses nothing that was acknowledged, silences no reader, and is got over', async ({
  skip,
}) => {
  // The rest of it fills up soon; without the ballast, a start after a kill has ample room, too.
  const disk = smallDisk(4)
  if (disk === null) {
    console.warn('Skipped: a full disk, as that needs `mount -t tmpfs` and root')
    return skip()
  }
  const { data } = disk
  disk.take(3_000_000)
  let look = (): void => {}
  const until = (done: () => boolean): Promise<void> =>
    new Promise(resolve => {
      look = () => void (done() && resolve())
      look()
    })
  const talkers = ['alice', 'bob', 'carol'].map(name => new SteadyTalker(name, () => look(), PADDING))
  const acknowledged = (): readonly string[] => talkers.flatMap(talker => talker.acknowledged)
  const start = (): Promise<RunningServer> => startServer('--data', data, '--rate', 'off')
  const enter = ({ port }: RunningServer) => Promise.all(talkers.map(talker => talker.enter(port)))

  const server = await start()
  const reader = await dialNative(server.port, 'reader')
  reader.send(`${JSON.stringify({ type: 'say', n: 1, text: 'from before' })}\n`)
  await reader.heard.has('"type":"ok"')
  const entered = await enter(server)
  for (const talker of talkers) talker.talk()
  await until(() => talkers.every(({ refused }) => refused > 3))
  for (const talker of talkers) talker.hush()
  const stored = acknowledged().length
  expect(stored).toBeGreaterThan(10)
  await server.errors.has('the disk is full. Make room')

  reader.send(`${JSON.stringify({ type: 'who', n: 2 })}\n${JSON.stringify({ type: 'rooms', n: 3 })}\n`)
  await reader.heard.has('"type":"rooms"')
  // The past is there, the last acknowledged message too; a command that needs a write is refused as such.
  reader.send(`${JSON.stringify({ type: 'history', n: 4 })}\n`)
  reader.send(`${JSON.stringify({ type: 'search', words: 'from before', n: 5 })}\n`)
  await reader.heard.has('"type":"found","n":5')
  const shown = /\{"type":"history","n":4,.*/.exec(reader.heard.text)?.[0] ?? ''
  expect(talkers.some(({ acknowledged: own }) => shown.includes(`${own.at(-1)?.trim()}`))).toBe(true)
  reader.send(`${JSON.stringify({ type: 'delete', n: 6 })}\n`)
  await reader.heard.has('"n":6')
  expect(/\{"type":"[^}]*"n":6[^}]*\}/.exec(reader.heard.text)?.[0]).toMatch(/"type":"rejected".*"code":"storage"/)
  for (const { name } of talkers) expect(reader.heard.text).toContain(`"name":"${name}"`)
  const ofAll = new Set(await performedTexts(data))
  expect(acknowledged().filter(text => !ofAll.has(text))).toEqual([])

  disk.free()
  for (const talker of talkers) talker.talk()
  await until(() => acknowledged().length >= stored + 30)
  process.kill(ownerOf(server), 'SIGKILL')
  await Promise.all([server.ended, ...entered.map(({ ended }) => ended)])

  const again = await start()
  await enter(again)
  const performed = await performedTexts(data)
  expect(performed.length).toBe(new Set(performed).size)
  const there = new Set(performed)
  expect(acknowledged().filter(text => !there.has(text))).toEqual([])
  for (const { heard } of talkers) expect([...heard].filter(text => !there.has(text))).toEqual([])
  const refused = talkers.reduce((sum, talker) => sum + talker.refused, 0)
  console.log(`${stored} messages fit, ${refused} were refused, ${acknowledged().length} are there after a restart`)
})

test('[D2] [J3] a start on a full disk refuses those who come, until there is room', async ({ skip }) => {
  const disk = smallDisk()
  if (disk === null) return skip()
  const { data } = disk
  const first = await startServer('--data', data, '--rate', 'off')
  const alice = await dialNative(first.port, 'alice')
  alice.send(`${JSON.stringify({ type: 'topic', n: 1, topic: 'from before' })}\n`)
  await alice.heard.has('"type":"ok"')
  disk.fill()
  // The tables can't take inputs that the log still takes: a start finds them there.
  for (let n = 2; !alice.heard.text.includes('"code":"storage"'); n++) {
    alice.send(`${JSON.stringify({ type: 'away', n })}\n`)
    await alice.heard.has(`"n":${n}`)
  }
  process.kill(ownerOf(first), 'SIGKILL')
  await first.ended

  const second = await startServer('--data', data)
  const bob = await dial(second.port)
  const hello = `${JSON.stringify({ type: 'hello', name: 'bob' })}\n`
  bob.send(hello)
  await bob.heard.has('"code":"storage"')
  await second.errors.has('the disk is full. Make room')
  disk.free()
  // With the first input that finds room, the server stores that it started, too.
  bob.send(hello)
  await bob.heard.has('"type":"room"')
  expect(bob.heard.text.match(/"code":"storage"/g)).toHaveLength(1)
  expect(bob.heard.text).toContain('from before')
})

test('[J3] a start on a full disk that has no room for what a start needs says that the disk is full', async ({
  skip,
}) => {
  const disk = smallDisk()
  if (disk === null) return skip()
  const { data } = disk
  const first = await startServer('--data', data)
  first.type('EXIT')
  expect(await first.ended).toBe(0)
  disk.fill()
  const second = runServer('--port', '0', '--data', data)
  expect(await second.ended).toBe(1)
  expect(second.errors.text).toBe(
    `rxchat-server: ${join(data, 'journal.db')}: the disk is full. Make room: what could not be stored was refused, and nothing else is lost.\n`,
  )
  disk.free()
  await startServer('--data', data)
})
