/** Files and answers from a script: `rxchat --file`, `--reply`, with a session, with a token, and over TLS. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runClient, startClient, startServer } from '../helpers/program.ts'
import { dialLine, dialNative } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

type Said = { readonly seq: number; readonly text: string; readonly files?: readonly { name: string; url: string }[] }

const said = (lines: string): readonly Said[] =>
  lines
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Said & { type: string })
    .filter(({ type }) => type === 'said')

function fileOf(name: string, content: string): string {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, content)
  return path
}

describe('rxchat --file', () => {
  test('sends one message with its files, and each can be fetched at its link', async () => {
    const server = await startServer()
    const alice = await dialNative(server.port, 'alice')
    const nc = await dialLine(server.port, '田中')
    const paths = [fileOf('a b.txt', 'one'), fileOf('مريم.log', 'two')]
    const flags = paths.flatMap(path => ['--file', path])
    const done = await runClient([server.address, '--name', 'bob', ...flags, '--text', 'see 🦊'], '')
    expect(done).toEqual({ code: 0, stdout: '', stderr: '' })
    await alice.heard.has('"cause":"quit"')
    const [message] = said(alice.heard.text)
    expect(message).toMatchObject({ text: 'see 🦊', files: [{ name: 'a b.txt' }, { name: 'مريم.log' }] })
    const urls = message?.files?.map(({ url }) => `http://${server.address}${url}`) ?? []
    expect(await Promise.all(urls.map(async url => (await fetch(url)).text()))).toEqual(['one', 'two'])
    await nc.heard.has('bob > a b.txt (3 B) http://')
  })

  test('sends what is piped in as a file, and says so with a name', async () => {
    const server = await startServer()
    const alice = await dialNative(server.port, 'alice')
    const done = await runClient([server.address, '--name', 'bob', '--file=-', '--file-name', 'x.log'], 'piped')
    expect(done).toEqual({ code: 0, stdout: '', stderr: '' })
    await alice.heard.has('"cause":"quit"')
    expect(said(alice.heard.text)).toMatchObject([{ text: '', files: [{ name: 'x.log', size: 5 }] }])
  })

  test('says what is wrong before it connects, or why the server refuses, and sends nothing', async () => {
    const server = await startServer('--files', '1MB')
    const none = await runClient([server.address, '--name', 'bob', '--file', '/no/such'], '')
    expect(none.code).toBe(2)
    expect(none.stderr).toContain('there is no such file')
    const folder = await runClient([server.address, '--name', 'bob', '--file', '/'], '')
    expect(folder).toMatchObject({ code: 2, stderr: expect.stringContaining('is a directory') })
    const large = await runClient([server.address, '--name', 'bob', '--file', fileOf('big', 'x'.repeat(1_100_000))], '')
    expect(large).toMatchObject({ code: 6, stderr: expect.stringContaining('big was not sent') })
    const both = await runClient([server.address, '--name', 'bob', '--file', '/x', '--json'], '')
    expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining('--file with --json') })
  })
})

test('rxchat --reply answers with the first line alone', async () => {
  const server = await startServer()
  const nc = await dialLine(server.port, '田中')
  const alice = await dialNative(server.port, 'alice')
  nc.send('lunch at noon?\n')
  await alice.heard.has('lunch')
  const [asked] = said(alice.heard.text)
  const done = await runClient([server.address, '--name', 'bob', '--reply', `${asked?.seq}`], 'yes\nand no\n')
  expect(done).toEqual({ code: 0, stdout: '', stderr: '' })
  await nc.heard.has('bob (to 田中: "lunch at noon?") > yes')
  await nc.heard.has('bob > and no')
  const wrong = await runClient([server.address, '--name', 'bob', '--reply', 'first'], 'x\n')
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('--reply must be the number of a message') })
})

test('--json edits, reacts and hears of both as they are', async () => {
  const server = await startServer()
  const alice = await dialNative(server.port, 'alice')
  const commands = ['{"type":"say","text":"one"}', '{"type":"edit","text":"two"}', '{"type":"react","emoji":"👍"}']
  const bot = startClient(server.address, '--name', 'bot', '--json')
  for (const command of commands) bot.type(command)
  await bot.out.has('"type":"edited"')
  alice.send('{"type":"say","text":"hello"}\n')
  await bot.out.has('hello')
  bot.type('{"type":"react","emoji":":tada:"}')
  await bot.out.has('"type":"reacted"')
  await alice.heard.has('"emoji":"🎉"')
  expect(alice.heard.text).toContain('"text":"two"')
})
