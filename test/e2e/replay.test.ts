// The tools on the journal of a real server, beside it and after it.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { launcherOf, runServer, startServer } from '../helpers/program.ts'
import { dialNative } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

async function tool(...words: readonly string[]) {
  const program = runServer(...words)
  program.hush()
  return { code: await program.ended, out: program.out.text, errors: program.errors.text }
}

test('a journal is replayed, exported and compared while its server runs, and after it [X3]', async () => {
  const folder = temporaryFolder()
  const server = await startServer('--data', folder)
  const alice = await dialNative(server.port, 'alice')
  alice.send(`${JSON.stringify({ type: 'say', n: 1, text: 'the secret of alice' })}\n`)
  await alice.heard.has('"type":"ok"')
  const beside = await tool('replay', folder)
  expect(beside).toMatchObject({ code: 0, errors: '' })
  expect(beside.out).toMatch(/^ +said +1$/m)
  expect(await tool('replay', folder, '--compare', launcherOf('rxchat-server'))).toEqual({
    ...{ code: 0, errors: '' },
    out: expect.stringMatching(/^The builds agree on \d+ inputs\.\n$/),
  })
  server.type('EXIT')
  expect(await server.ended).toBe(0)
  const files = readdirSync(folder).sort()
  expect((await tool('export', folder)).out).toContain('the secret of alice')
  const { code, out } = await tool('export', folder, '--redact')
  expect(code).toBe(0)
  expect(out).not.toMatch(/alice|secret/)
  const parted = await tool('replay', folder, '--compare', `${process.execPath} -e 'console.log(1)'`)
  expect(parted).toMatchObject({ code: 1, out: expect.stringMatching(/^The builds differ at input 1 \(format\)\.\n/) })
  expect(readdirSync(folder).sort()).toEqual(files)
})

test('an error is a sentence, with its exit code', async () => {
  const nothing = join(temporaryFolder(), 'nothing')
  expect(await tool('replay', nothing)).toEqual({
    ...{ code: 1, out: '' },
    errors: `rxchat-server: There is no ${nothing}. Give the path of a journal.\n`,
  })
  expect(await tool('replay', nothing, '--nonsense')).toEqual({
    ...{ code: 2, out: '' },
    errors: 'rxchat-server: There is no flag --nonsense. See --help.\n',
  })
  expect(await tool('--help')).toMatchObject({ code: 0, out: expect.stringMatching(/\nCommands\n {2}replay JOURNAL /) })
})
