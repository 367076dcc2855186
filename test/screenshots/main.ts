/**
 * `npm run screenshots`: pictures for the README, taken of the real programs on real terminals while people talk. The
 * time of day is that of the pictures, so that they change only with their content.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Drawn, runOnScreen } from '../helpers/on-screen.ts'
import { before, evening } from '../helpers/story.ts'
import { svgOf } from './svg.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FOLDER = join(ROOT, 'docs', 'screenshots')
const SIZE = { columns: 100, rows: 26 }
/** It is always noon. */
const NOON = ['--import', 'data:text/javascript,Date.now=()=>1795694400000+Math.round(performance.now())']

const run = (name: 'rxchat' | 'rxchat-server', ...args: readonly string[]): Drawn =>
  runOnScreen([process.execPath, ...NOON, join(ROOT, 'bin', `${name}.js`), ...args], SIZE, {
    XDG_STATE_HOME: '/nonexistent',
  })

/** The same columns, for every port and on machines of any speed. */
const mender = (port: number) => (row: string) =>
  row
    .replaceAll(new RegExp(`\\b${port}\\b`, 'g'), '3001'.padEnd(`${port}`.length))
    .replace(/online \d+ ms/, found => 'online 2 ms'.padEnd(found.length).slice(0, found.length))
    .replace(/\d\d:\d\d \d s/, found => `${found.slice(0, -3)}0 s`)
    .replace(/up \d+ s/, found => 'up 8 s'.padEnd(found.length).slice(0, found.length))

mkdirSync(FOLDER, { recursive: true })
const host = run('rxchat-server', '--port', '0', '--host', '127.0.0.1', '--ephemeral')
await host.has('HELP lists')
const port = Number(/127\.0\.0\.1:(\d+)/.exec(host.rows().join('\n'))?.[1])
const take = (screen: Drawn, name: string, title: string): void =>
  writeFileSync(join(FOLDER, `${name}.svg`), svgOf(screen.terminal, title, mender(port)))

const speakers = await before(port)
const alice = run('rxchat', `127.0.0.1:${port}`, '--name', 'alice')
await alice.has('online')
await evening(port, speakers)
await alice.has('lunch')
const [bob, zhanna] = speakers
await bob?.ask({ type: 'react', emoji: '🎉' })
await zhanna?.ask({ type: 'say', text: 'I have read it: **two words** are missing in `install.md`', reply: null })
await bob?.ask({ type: 'react', emoji: '👍' })
await bob?.ask({ type: 'edit', text: 'alice, can you have a look at https://chat.example/release before one?' })
await alice.has('(edited)')
alice.type('looking at it now, /')
await alice.has('looking at it now')
alice.type('\u{7f}\u{7f}\u{7f}')
await alice.shows('the line', rows => rows.some(row => row.endsWith('looking at it now')))
take(alice, 'chat', 'rxchat on a terminal: a room, its members, and a line being typed')
host.type('good night, all')
await host.has('good night, all')
// The list is made anew each second: members that have gone may stand in it still.
await host.shows(
  'all who are here',
  rows => rows.some(row => row.startsWith(' 木村さん')) && rows.filter(row => row.includes('native')).length === 4,
)
take(host, 'console', 'rxchat-server on a terminal: the members, the messages, and the prompt')
alice.type('\u{3}')
alice.type('\u{3}')
await alice.ended
host.type('\u{3}')
host.type('\u{3}')
await host.ended
process.stdout.write(`Taken: ${FOLDER}/chat.svg, ${FOLDER}/console.svg\n`)
process.exit(0)
