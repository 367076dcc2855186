// `--ephemeral` leaves nothing behind; without it the data is in its place, for its user alone.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runClient, startServer } from '../helpers/program.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

/** The directory that would hold its data. */
async function talkIn(...flags: readonly string[]): Promise<string> {
  const server = await startServer(...flags)
  expect((await runClient([server.address, '--name', 'ci'], 'deploy done\n')).code).toBe(0)
  server.type('EXIT')
  expect(await server.ended).toBe(0)
  return server.state
}

test('an ephemeral server leaves nothing on the disk, and knows nothing of the one before', async () => {
  expect(readdirSync(await talkIn('--ephemeral'))).toEqual([])
  const server = await startServer('--ephemeral')
  expect((await runClient([server.address, '--name', 'ci', '--search', 'deploy'], '')).stdout).toBe('')
})

test('a durable one remembers, in a directory of its own', async () => {
  const data = join(temporaryFolder(), 'deep', 'data')
  expect(readdirSync(await talkIn('--data', data))).toEqual([])
  expect(readdirSync(await talkIn())).toEqual(['rxchat'])
  expect(statSync(data).mode & 0o777).toBe(0o700)
  expect(readdirSync(data).sort()).toEqual(['files', 'journal.db', 'lock', 'push.key'])
  const server = await startServer('--data', data)
  const { stdout, code } = await runClient([server.address, '--name', 'ci', '--search', 'deploy'], '')
  expect([code, stdout.replace(/^\[.*?\]/, '[time]')]).toEqual([0, '[time] ci > deploy done\n'])
})
