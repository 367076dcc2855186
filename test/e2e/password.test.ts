/** A person at a terminal who is asked for the password, and types it unseen. */
import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDrawn } from '../helpers/drawn.ts'
import { launcherOf, runClient, startServer } from '../helpers/program.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { KEYS, openTerminal, type Terminal } from '../helpers/terminal.ts'

const root = join(import.meta.dirname, '..', '..')
const node = join(root, 'node_modules', 'node', 'bin', 'node')
const python = spawnSync('python3', ['--version']).status === 0

const shows = (terminal: Terminal, words: string, times = 1) =>
  terminal.shows(words, lines => lines.join('\n').split(words).length > times)

test.runIf(python)('[S7] at a terminal the password is asked for, and not shown', async () => {
  const server = await startServer('--ephemeral', '--password', 'open sesame')
  const alice = openTerminal([node, join(root, 'bin', 'rxchat.js'), server.address, '--name', 'alice', '--plain'])
  await shows(alice, 'Password:')
  alice.type(`sesame${KEYS.enter}`)
  await shows(alice, 'The password is wrong.')
  await shows(alice, 'Password:', 2)
  alice.type(`open sesame${KEYS.enter}`)
  await shows(alice, 'alice >')
  alice.type(`hello${KEYS.enter}`)
  await server.out.has('alice > hello')
  expect(alice.screen.lines().join('\n')).not.toContain('sesame')
  alice.type(`/quit${KEYS.enter}`)
  expect(await alice.exit).toBe(0)
})

const SIZE = { columns: 100, rows: 24 }

test('[S7] a drawn screen is left for it, and comes back with it; who gives none leaves, as refused', async () => {
  const server = await startServer('--ephemeral', '--password', 'open sesame')
  const screen = (name: string) =>
    openDrawn([node, launcherOf('rxchat'), server.address, '--name', name], SIZE, { XDG_STATE_HOME: temporaryFolder() })
  const carol = screen('carol')
  await carol.has('Password:')
  carol.type(`open sesame${KEYS.enter}`)
  await carol.has('online')
  carol.type(`hello${KEYS.enter}`)
  await server.out.has('carol > hello')
  carol.type(`/quit${KEYS.enter}`)
  expect(await carol.ended).toBe(0)
  expect(carol.raw()).not.toContain('sesame')
  const dave = screen('dave')
  await dave.has('Password:')
  dave.type(KEYS.enter)
  expect(await dave.ended).toBe(4)
})

test('[S11] a new password file is asked of all who come after SIGHUP; one that is gone changes nothing', async () => {
  const file = join(temporaryFolder(), 'password')
  writeFileSync(file, '\uFEFFopen sesame\r\nnot this\n')
  const server = await startServer('--ephemeral', '--password-file', file, '--log-level', 'info')
  const says = (name: string, password: string) =>
    runClient([server.address, '--name', name], 'hello\n', { RXCHAT_PASSWORD: password })
  expect((await says('first', 'open sesame')).code).toBe(0)
  writeFileSync(file, 'another\n')
  server.child.kill('SIGHUP')
  await server.errors.has('requires the new password')
  expect((await says('second', 'open sesame')).code).toBe(4)
  expect((await says('third', 'another')).code).toBe(0)
  rmSync(file)
  server.child.kill('SIGHUP')
  await server.errors.has('keeps the old password')
  expect((await says('fourth', 'another')).code).toBe(0)
})
