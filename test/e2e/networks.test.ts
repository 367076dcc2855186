/** Bans of networks with the real program: on all workers, over a kill, and out of all files when they are over. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { filesIn } from '../helpers/files-in.ts'
import { ownerOf } from '../helpers/owner.ts'
import { eventually } from '../helpers/patience.ts'
import { type RunningServer, startServer } from '../helpers/program.ts'
import { onBehalfOf } from '../helpers/proxy-header.ts'
import { dial, type Wired } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const NAMES = ['Spider-Man', 'Mr.Blue', '田中', 'مريم', 'a_b', 'ЗОЯ']

/** Somebody who comes through the proxy, from this address. */
async function from(address: string, { port }: RunningServer, name: string): Promise<Wired> {
  const wired = await dial(port)
  wired.socket.write(Buffer.concat([onBehalfOf(address), Buffer.from(`${JSON.stringify({ type: 'hello', name })}\n`)]))
  return wired
}

const started = (data: string, ...flags: readonly string[]): Promise<RunningServer> =>
  startServer('--data', data, '--trust-proxy', '127.0.0.1', '--rate', 'off', ...flags)

/** Files of the data directory that have a part of the network. */
const having = (data: string): readonly string[] =>
  filesIn(data).filter(file => readFileSync(file).includes('203.0.113.'))

async function cleared(data: string): Promise<void> {
  await eventually(
    'the address to be gone',
    () => having(data),
    files => files.length === 0,
  )
}

test('[R14] a ban holds at all workers, at once and for clients that come later, and leaves no address behind', async () => {
  const data = join(temporaryFolder(), 'data')
  const server = await started(data, '--workers', '2')
  const good = await from('198.51.100.1', server, 'Host-of-all')
  const bad = await Promise.all(NAMES.map((name, k) => from(`203.0.113.${k + 1}`, server, name)))
  for (const { heard } of [good, ...bad]) await heard.has('"type":"room"')
  server.type('BAN 203.0.113.0/24 for 1h flooding')
  for (const { heard } of bad)
    await heard.has('You have been banned with your network for 1 h more, by the host: flooding.')
  const later = await Promise.all(NAMES.map((name, k) => from(`203.0.113.${k + 9}`, server, name)))
  for (const { heard } of later) await heard.has(/You are banned with your network for 1 h more, by the host: flooding/)
  expect(having(data)).not.toEqual([])
  expect(good.heard.text).not.toContain('203.0.113')
  server.type('UNBAN 203.0.113.0/24')
  await cleared(data)
  const free = await from('203.0.113.1', server, 'Spider-Man')
  await free.heard.has('"type":"room"')
  // The workers tell the console where somebody comes from, soon after it has come.
  const answers = (text: string): number => text.split(/not known at this server|The host banned a network/).length
  const bans = (text: string): number => text.split('The host banned a network').length
  const before = bans(server.out.text)
  while (bans(server.out.text) === before) {
    const answered = answers(server.out.text)
    server.type('BAN Spider-Man network for 1h')
    await server.out.until(text => answers(text) > answered, 'an answer of the console')
  }
  await free.heard.has('"code":"banned"')
  server.type('BANS')
  await server.out.has('203.0.113.1/32')
  server.type('UNBAN 203.0.113.1')
  await cleared(data)
  server.type('EXIT')
  expect(await server.ended).toBe(0)
  expect(having(data)).toEqual([])
})

test.skipIf(process.platform !== 'linux')('a ban is there after a kill, and so is its end', async () => {
  const data = join(temporaryFolder(), 'data')
  const first = await started(data)
  first.type('BAN 203.0.113.0/24')
  const refused = async (server: RunningServer): Promise<void> => {
    const wired = await from('203.0.113.7', server, 'Spider-Man')
    await wired.heard.has('You are banned with your network for good, by the host')
  }
  await first.out.has('The host banned a network')
  process.kill(ownerOf(first), 'SIGKILL')
  await first.ended
  const second = await started(data)
  await refused(second)
  second.type('UNBAN 203.0.113.0/24')
  await second.out.has('The host ended the ban of a network')
  process.kill(ownerOf(second), 'SIGKILL')
  await second.ended
  const third = await started(data)
  await cleared(data)
  const free = await from('203.0.113.7', third, 'Spider-Man')
  await free.heard.has('"type":"room"')
})
