// The wheel, the title and the clipboard of a real terminal: used while the screen is there, and given back.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { say } from '../helpers/actors.ts'
import { type Drawn, openDrawn, type Setting } from '../helpers/drawn.ts'
import { launcherOf, startServer } from '../helpers/program.ts'
import { dialNative } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { KEYS } from '../helpers/terminal.ts'

const NODE = join(import.meta.dirname, '../../node_modules/node/bin/node')
const SIZE = { columns: 80, rows: 24 }
const WHEEL_UP = '\u{1b}[<64;10;10M'
const WHEEL_DOWN = '\u{1b}[<65;10;10M'
const CTRL_O = '\u{f}'

type At = { readonly port: number }

async function sitDown({ port }: At, flags: readonly string[] = [], more: Setting = {}): Promise<Drawn> {
  const command = [NODE, launcherOf('rxchat'), `127.0.0.1:${port}`, '--name', '田中', ...flags]
  const screen = openDrawn(command, SIZE, { XDG_STATE_HOME: temporaryFolder(), ...more })
  await screen.has('online')
  return screen
}

/** Resolves when the terminal is as wanted. */
const is = (screen: Drawn, what: string, wanted: () => boolean): Promise<unknown> => screen.shows(what, wanted)

test('[U8] the wheel scrolls up and down, and types nothing', async () => {
  const server = await startServer('--rate', 'off')
  const speaker = await dialNative(server.port, 'Spider-Man')
  for (let k = 1; k <= 60; k++) speaker.send(say(`message ${k}`))
  const screen = await sitDown(server)
  await screen.has('message 60')
  screen.type(`half${WHEEL_UP.repeat(5)}`)
  await screen.has('more below')
  await screen.lacks('message 50')
  screen.type(`${WHEEL_DOWN.repeat(5)} a line`)
  await screen.has('message 60')
  await screen.has('› half a line')
})

test('[U9] the mouse and the title are taken, and given back at Ctrl-Z, after fg, and at the end', async () => {
  const server = await startServer()
  const shell = openDrawn(['sh', '-i'], SIZE, { XDG_STATE_HOME: temporaryFolder(), PS1: 'shell$ ' })
  const titles: string[] = []
  shell.terminal.onTitleChange(title => void titles.push(title))
  const hasMouse = (): boolean => shell.terminal.modes.mouseTrackingMode !== 'none'
  await shell.has('shell$')
  shell.type(`'${NODE}' '${launcherOf('rxchat')}' 127.0.0.1:${server.port} --name a_b${KEYS.enter}`)
  await shell.has('online')
  expect(hasMouse()).toBe(true)
  await is(shell, 'the title of the room', () => titles.at(-1) === '#lobby · rxchat')
  shell.type(KEYS.ctrlZ)
  await shell.has('Stopped')
  expect(hasMouse()).toBe(false)
  shell.type(`fg${KEYS.enter}`)
  await is(shell, 'the mouse again', hasMouse)
  await shell.has('online')
  shell.type(KEYS.ctrlC)
  await shell.has('Goodbye.')
  expect(hasMouse()).toBe(false)
  expect(shell.raw().split('\u{1b}[23;2t')).toHaveLength(shell.raw().split('\u{1b}[22;2t').length)
})

test('[U2] the title says what is unread elsewhere', async () => {
  const server = await startServer()
  const screen = await sitDown(server)
  const titles: string[] = []
  screen.terminal.onTitleChange(title => void titles.push(title))
  const speaker = await dialNative(server.port, 'Mr.Blue')
  speaker.send(`${JSON.stringify({ type: 'tell', to: '田中', text: 'hello' })}\n`)
  await is(screen, 'one for me', () => titles.at(-1) === '(1) #lobby · rxchat')
})

test.each([
  { flags: ['--mouse', 'off'], more: {} },
  { flags: [], more: { RXCHAT_MOUSE: 'off' } },
])('[U8] %j leaves the mouse to the terminal', async ({ flags, more }) => {
  const server = await startServer()
  const screen = await sitDown(server, flags, more)
  expect(screen.terminal.modes.mouseTrackingMode).toBe('none')
  screen.type(KEYS.ctrlC)
  expect(await screen.ended).toBe(0)
  expect(screen.raw()).not.toContain('\u{1b}[?1000h')
})

test('[U12] a message is copied to the clipboard of the terminal, and nothing of it controls that', async () => {
  const server = await startServer()
  const screen = await sitDown(server)
  const copied: string[] = []
  screen.terminal.parser.registerOscHandler(52, data => {
    copied.push(Buffer.from(data.replace('c;', ''), 'base64').toString('utf8'))
    return true
  })
  const speaker = await dialNative(server.port, 'Spider-Man')
  speaker.send(say('日本 🦊\u{7}\u{1b}]52;c;AAAA\u{7} end'))
  await screen.has('Spider-Man 日本')
  screen.type(CTRL_O)
  await screen.has(' c copy ')
  screen.type('c')
  await screen.has('Copied')
  expect(copied).toEqual(['日本 🦊␇␛]52;c;AAAA␇ end'])
})
