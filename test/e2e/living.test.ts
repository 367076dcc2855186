// Messages that live, at drawn screens: two people by keys, and a picture in a terminal that draws them.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Drawn, openDrawn } from '../helpers/drawn.ts'
import { launcherOf, startServer } from '../helpers/program.ts'
import { dialNative } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { KEYS } from '../helpers/terminal.ts'
import { chunk, header, PIXELS, PNG_SIGNATURE } from '../pictures/makers.ts'

const NODE = join(import.meta.dirname, '../../node_modules/node/bin/node')
const SIZE = { columns: 80, rows: 24 }
const CTRL_O = '\u{f}'
const ENTER = KEYS.enter

type At = { readonly port: number }

async function sitDown({ port }: At, name: string, before: readonly string[] = [], flags: readonly string[] = []) {
  const command = [...before, NODE, launcherOf('rxchat'), `127.0.0.1:${port}`, '--name', name, ...flags]
  const screen = openDrawn(command, SIZE, { XDG_STATE_HOME: temporaryFolder() })
  await screen.has('online')
  return screen
}

/** The first message in sight is selected. */
async function select(screen: Drawn): Promise<void> {
  screen.type(CTRL_O)
  await screen.has('r reply')
}

test('[U12] a message is answered, reacted to, edited by Up, and deleted, and the other one sees it', async () => {
  const server = await startServer()
  const tanaka = await sitDown(server, '田中')
  const blue = await sitDown(server, 'Mr.Blue')
  tanaka.type(`shal we go? 🦊${ENTER}`)
  await blue.has('shal we go?')
  blue.type('hm')
  await tanaka.has('Mr.Blue is typing…')
  blue.type(KEYS.ctrlU)
  await select(blue)
  blue.type('r')
  await blue.has('Answer to 田中')
  blue.type(`yes${ENTER}`)
  await tanaka.has('┌ 田中: shal we go? 🦊')
  // Its author may hear of it later than others, and can't select it before.
  await blue.shows('its own message, with a time', rows => rows.some(row => /\d\d:\d\d +Mr\.Blue yes/.test(row)))
  blue.type(CTRL_O)
  await blue.has('e edit')
  blue.type(KEYS.up)
  await blue.lacks('e edit')
  blue.type('+')
  await blue.has('Which?')
  blue.type('1')
  await tanaka.has('👍 1')
  tanaka.type(KEYS.up)
  await tanaka.has('› shal we go? 🦊')
  tanaka.type(`${KEYS.ctrlU}shall we go?${ENTER}`)
  await blue.has('shall we go? (edited)')
  await blue.has('┌ 田中: shall we go?')
  expect(blue.rows().join('\n')).not.toContain('shal we')
  tanaka.type(`${KEYS.up}${KEYS.ctrlU}${ENTER}`)
  await tanaka.has('Delete it for everyone?')
  tanaka.type(ENTER)
  await blue.has('┌ 田中: (deleted)')
  await blue.lacks('👍')
})

const png = (width: number, height: number): Buffer =>
  Buffer.concat([PNG_SIGNATURE, header(width, height), chunk('IDAT', PIXELS), chunk('IEND')])

/** Says a message with this picture. */
async function shows({ port }: At, name: string, picture: Buffer): Promise<void> {
  const wired = await dialNative(port, name)
  const token = /"token":"([^"]+)"/.exec(wired.heard.text)?.[1] ?? ''
  const answer = await fetch(`http://127.0.0.1:${port}/files?name=shot.png`, {
    method: 'POST',
    headers: { authorization: `Session ${token}` },
    body: new Uint8Array(picture),
  })
  expect(answer.status).toBe(201)
  const { id } = (await answer.json()) as { readonly id: string }
  wired.send(`${JSON.stringify({ type: 'say', text: 'look', files: [{ id, name: 'shot.png' }] })}\n`)
}

/** The pseudo-terminal sets TERM itself: `env` sets it after that. */
const KITTY = ['env', 'TERM=xterm-kitty']
const ASKED = '\u{1b}_Gi=31'
const CELL = '\u{10EEEE}'

test('[U15] a picture is a link, and cells of the picture once a terminal like kitty says that it draws them', async () => {
  const server = await startServer()
  const screen = await sitDown(server, 'a_b', KITTY)
  expect(screen.raw()).toContain(ASKED)
  await shows(server, 'Mr.Blue', png(64, 32))
  await screen.has('shot.png  PNG, 64 × 32')
  await screen.has(`http://127.0.0.1:${server.port}/files/`)
  expect(screen.raw()).not.toContain(CELL)
  screen.type('\u{1b}_Gi=31;OK\u{1b}\\')
  await screen.has(CELL)
  expect(screen.raw()).toMatch(/_Ga=T,U=1,q=2,f=100,i=1,c=8,r=2,/)
  expect(screen.rows().filter(row => row.includes(CELL))).toHaveLength(2)
  // The answer is no key.
  expect(screen.rows().at(-1)?.trimEnd()).toBe('›')
  screen.type(KEYS.ctrlC)
  expect(await screen.ended).toBe(0)
  expect(screen.raw()).toContain('_Ga=d,d=I,q=2,i=1')
})

test.each([
  { before: KITTY, flags: ['--images', 'off'] },
  { before: ['env', 'TERM=tmux-256color'], flags: [] },
])('[U15] %j is not asked, and shows the link', async ({ before, flags }) => {
  const server = await startServer()
  const screen = await sitDown(server, 'a_b', before, flags)
  await shows(server, 'Mr.Blue', png(64, 32))
  await screen.has('shot.png  PNG, 64 × 32')
  expect(screen.raw()).not.toContain(ASKED)
})
