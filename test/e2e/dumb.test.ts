// TERM=dumb: a terminal of an editor, say, which shows an escape as letters.
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openDrawn } from '../helpers/drawn.ts'
import { launcherOf, startServer } from '../helpers/program.ts'
import { dialLine } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { KEYS } from '../helpers/terminal.ts'

const NODE = join(import.meta.dirname, '../../node_modules/node/bin/node')
const SIZE = { columns: 80, rows: 24 }
// The pseudo-terminal sets TERM itself: `env` sets it after that.
const setting = () => ({ XDG_STATE_HOME: temporaryFolder(), RXCHAT_CONFIG: '/dev/null' })

test.each([[], ['--plain']])('[U13] rxchat %j writes no escape there, and talks', async (...flags) => {
  const server = await startServer()
  const screen = openDrawn(
    ['env', 'TERM=dumb', NODE, launcherOf('rxchat'), server.address, '--name', 'Spider-Man', ...flags],
    SIZE,
    setting(),
  )
  await screen.has('Room #lobby')
  const bob = await dialLine(server.port, '田中')
  screen.type(`hello${KEYS.enter}`)
  await bob.heard.has('Spider-Man > hello')
  bob.send('こんにちは\n')
  await screen.has('田中 > こんにちは')
  screen.type(`/quit${KEYS.enter}`)
  expect(await screen.ended).toBe(0)
  expect(screen.raw()).not.toContain('\u{1b}')
})

test.each([[], ['--plain']])('[U13] rxchat-server %j writes no escape there, and obeys', async (...flags) => {
  const command = [
    'env',
    'TERM=dumb',
    NODE,
    launcherOf('rxchat-server'),
    '--ephemeral',
    '--host',
    '127.0.0.1',
    '--port',
    '0',
    ...flags,
  ]
  const screen = openDrawn(command, SIZE, setting())
  onTestFinished(screen.kill)
  await screen.has('Chat running')
  const port = Number(/127\.0\.0\.1:(\d+)/.exec(screen.raw())?.[1])
  const bob = await dialLine(port, '田中')
  await screen.has('田中 entered')
  screen.type(`hello, all${KEYS.enter}`)
  await bob.heard.has('server > hello, all')
  screen.type(`EXIT${KEYS.enter}`)
  expect(await screen.ended).toBe(0)
  expect(screen.raw()).not.toContain('\u{1b}')
})
