/** A start on data that is not whole: the server says so and ends, and leaves the files as they are. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openStore } from '../../src/journal/sqlite/store.ts'
import { ownerOf } from '../helpers/owner.ts'
import { runServer, startServer } from '../helpers/program.ts'
import { dialNative } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

/** The file of a server in which somebody has said something, and which kept no state: a start needs all of it. */
async function written() {
  const data = join(temporaryFolder(), 'data')
  const server = await startServer('--data', data)
  const alice = await dialNative(server.port, 'alice')
  alice.send(`${JSON.stringify({ type: 'say', n: 1, text: 'what is to last' })}\n`)
  await alice.heard.has('"type":"ok"')
  process.kill(ownerOf(server), 'SIGKILL')
  await server.ended
  await openStore(data, () => 'unused').journal.close()
  const file = join(data, 'journal.db')
  return { data, file, bytes: readFileSync(file) }
}

test.each([
  ['an input', '"type":"hello"', / after input \d+: it is damaged\. Restore a backup/],
  ['a table', 'CREATE TABLE meta', /Restore a backup/],
  ['the header', 'SQLite format 3', /Restore a backup/],
])(
  '[J4] where %s is damaged the server ends with a sentence, in a line, and changes nothing',
  async (_, where, sentence) => {
    const { data, file, bytes } = await written()
    const at = bytes.indexOf(where) + 4
    bytes[at] = (bytes[at] ?? 0) ^ 1
    writeFileSync(file, bytes)
    const server = runServer('--port', '0', '--data', data)
    expect(await server.ended).toBe(3)
    expect(server.errors.lines.length, server.errors.text).toBe(1)
    expect(server.errors.text).toMatch(sentence)
    expect(server.errors.text.startsWith(`rxchat-server: ${file}`)).toBe(true)
    expect(server.out.text).toBe('')
    expect(readFileSync(file)).toEqual(bytes)
  },
)

test('[J4] a damaged text stops nobody, and is shown to nobody', async () => {
  const { data, file, bytes } = await written()
  const at = bytes.indexOf('what is to last') + 4
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(file, bytes)
  const server = await startServer('--data', data)
  const bob = await dialNative(server.port, 'bob')
  server.type('HISTORY')
  await server.out.has(/journal\.db: message \d+ is damaged\. Make the history anew .* or restore a backup\./)
  server.type('EXIT')
  expect(await server.ended).toBe(0)
  expect(bob.heard.text).toContain('"type":"room"')
  expect(`${bob.heard.text}${server.out.text}`).not.toContain(' is to last')
})
