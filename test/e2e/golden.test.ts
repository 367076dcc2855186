// Screens as they were looked at and found good: of the real programs, on real terminals, in four sizes. To take new ones,
// run `npm run build && npx vitest run test/e2e/golden.test.ts -u`; look at them.
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Drawn, openDrawn } from '../helpers/drawn.ts'
import { launcherOf, startServer } from '../helpers/program.ts'
import { dialNative, type Wired } from '../helpers/sockets.ts'
import { before, evening } from '../helpers/story.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { KEYS, type Size } from '../helpers/terminal.ts'

const NODE = join(import.meta.dirname, '../../node_modules/node/bin/node')
const SIZES: readonly Size[] = [
  { columns: 20, rows: 5 },
  { columns: 60, rows: 20 },
  { columns: 100, rows: 30 },
  { columns: 200, rows: 50 },
]

/**
 * Texts that depend on the clock and on the port are replaced; they keep their columns if something stands right of
 * them.
 */
const timeless = (rows: readonly string[]): string =>
  `${rows
    .map(row => row.trimEnd())
    .join('\n')
    .replace(/\d\d:\d\d(?!\d)/g, 'hh:mm')
    .replace(/── \w+day, \d+ \w+ \d{4} ──/g, '── day ──')
    .replace(/online \d+ ms/g, 'online')
    .replace(/([: ])\d{4,5}\b/g, '$1port')
    .replace(/\d+ (?:h|days?) left/g, '1 day left')
    .replace(/(hh:mm +|up )\d+ s/g, '$1n s')}\n`

const expectGolden = (screen: Drawn, name: string): Promise<void> =>
  expect(timeless(screen.rows())).toMatchFileSnapshot(`golden/${name}.txt`)

const sized = ({ columns, rows }: Size): string => `${columns}x${rows}`

async function sitDown(size: Size): Promise<Drawn> {
  const server = await startServer()
  const speakers = await before(server.port)
  const address = `127.0.0.1:${server.port}`
  const alice = openDrawn([NODE, launcherOf('rxchat'), address, '--name', 'alice'], size, {
    XDG_STATE_HOME: temporaryFolder(),
  })
  await alice.has('online')
  await evening(server.port, speakers)
  await alice.shows('the last of it', rows => rows.some(row => /away|lunch/.test(row)))
  return alice
}

describe.each(SIZES)('$columns by $rows', size => {
  test('a chat, and help over it', async () => {
    const alice = await sitDown(size)
    alice.type('how about now? 日本')
    await alice.has('日本')
    await expectGolden(alice, `chat-${sized(size)}`)
    alice.type(`${KEYS.ctrlU}/help${KEYS.enter}`)
    await alice.has('Commands')
    await expectGolden(alice, `help-${sized(size)}`)
  })

  test('[U16] questions, a poll, a buzz and hands', async () => {
    const server = await startServer()
    const address = `127.0.0.1:${server.port}`
    const alice = openDrawn([NODE, launcherOf('rxchat'), address, '--name', 'alice'], size, {
      XDG_STATE_HOME: temporaryFolder(),
    })
    await alice.has('online')
    const [tanaka, spider] = [await dialNative(server.port, '田中'), await dialNative(server.port, 'Spider-Man')]
    const ask = async (n: number, text: string, ask: object): Promise<number> => {
      tanaka.send(`${JSON.stringify({ type: 'say', n, text, room: 'lobby', ask })}\n`)
      return Number(await tanaka.heard.until(heard => new RegExp(`"ok","n":${n},"seq":(\\d+)`).exec(heard)?.[1]))
    }
    const answer = (wired: Wired, seq: number, choice?: number): void =>
      wired.send(`${JSON.stringify({ type: 'answer', seq, room: 'lobby', choice })}\n`)
    answer(spider, await ask(1, 'Deploy 2.1?', { kind: 'ask', choices: ['yes', 'no'] }), 1)
    await tanaka.heard.has('"outcome":"decided"')
    const poll = await ask(2, 'Lunch?', { kind: 'poll', choices: ['soup', '寿司', 'nothing'] })
    answer(spider, poll, 1)
    answer(tanaka, poll, 1)
    await tanaka.heard.has('"counts":[0,2,0]')
    await ask(3, 'Restart now?', { kind: 'ask', choices: ['yes', 'no'], to: '@Spider-Man' })
    answer(spider, await ask(4, 'Who knows?', { kind: 'buzz' }))
    spider.send('{"type":"hand","n":9,"room":"lobby"}\n')
    await spider.heard.has('"ok","n":9')
    await alice.shows('the last of it', rows => rows.some(row => /hands: Spi|1 buzzed/.test(row)))
    if (size.columns >= 40) await alice.has('hands: Spider-Man')
    await expectGolden(alice, `questions-${sized(size)}`)
  })

  test("the host's console", async () => {
    const command = [NODE, launcherOf('rxchat-server'), '--port', '0', '--host', '127.0.0.1', '--ephemeral']
    const host = openDrawn(command, { columns: 100, rows: 30 })
    await host.has('HELP lists')
    const port = Number(/127\.0\.0\.1:(\d+)/.exec(host.rows().join())?.[1])
    host.resize(size)
    await evening(port, await before(port))
    host.type(`good night, all${KEYS.enter}`)
    await host.has('good night')
    if (size.columns >= 90)
      await host.shows('all who are here, without those who have left', rows => {
        const here = rows.filter(row => row.includes('native'))
        return here.length === 2 + 1 && here.some(row => row.includes('木村さん'))
      })
    await expectGolden(host, `console-${sized(size)}`)
  })
})

test('the connect form', async () => {
  const form = openDrawn(
    [NODE, launcherOf('rxchat'), '--name', 'alice'],
    { columns: 60, rows: 20 },
    { XDG_STATE_HOME: temporaryFolder() },
  )
  await form.has('User name alice')
  await expectGolden(form, 'form-60x20')
})
