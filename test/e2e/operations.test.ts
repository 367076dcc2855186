// docs/operations.md, held against the programs: its settings, its transcript of the console, its backup and restore.
import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { FLAGS } from '../../src/program/cli/server-settings.ts'
import { COMPLETION, SHELLS } from '../../src/program/cli/tools.ts'
import type { Flag } from '../../src/program/config/arguments.ts'
import { HOST_COMMANDS } from '../../src/program/server/console/commands/commands.ts'
import { usage } from '../../src/program/server/console/commands/console-command.ts'
import { listening, started, stopped, stopping } from '../../src/program/server/log/line.ts'
import { ofNote } from '../../src/program/server/log/note-line.ts'
import { readFlags } from '../../src/program/server/settings/flags.ts'
import { performedTexts } from '../helpers/performed.ts'
import { launcherOf, startServer } from '../helpers/program.ts'
import { dialLine, dialNative } from '../helpers/sockets.ts'
import { SteadyTalker } from '../helpers/steady-talker.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'operations.md'), 'utf8')

/** The cells of the table that follows a heading, without the backticks, below its head. */
function table(heading: string, level = '##'): readonly (readonly string[])[] {
  const [, after = ''] = page.split(`\n${level} ${heading}\n`)
  const [block = ''] = /(?:^\|.*\n)+/m.exec(after) ?? []
  const rows = block.trim().split('\n').slice(2)
  return rows
    .map(row => row.split(/(?<!\\)\|/).map(cell => cell.trim().replaceAll('`', '')))
    .map(cells => cells.slice(1, -1))
}

test('its table of settings is that of the program', () => {
  const all = Object.entries<Flag>(FLAGS).filter(([, { variable }]) => variable !== undefined)
  const rows = all.map(([name, { value, variable, otherwise }]) => [
    value === undefined ? `--${name}` : `--${name} ${value}`,
    variable,
    otherwise,
  ])
  expect(table('Settings').map(cells => cells.slice(0, 3))).toEqual(rows)
})

test('its configuration file is one', () => {
  const [, content = ''] = /<!-- server.toml -->\n```toml\n(.*?)```/s.exec(page) ?? []
  const path = join(temporaryFolder(), 'server.toml')
  writeFileSync(path, content)
  expect(content.match(/ = /g)).toHaveLength(5)
  expect(readFlags(['--config', path], {})).toMatchObject({
    port: 4000,
    host: '127.0.0.1',
    options: { keep: { age: 30 * 86_400_000 }, trusts: expect.any(Function) },
    logLevel: 'info',
  })
})

test('its table of shells is what help says', () => {
  const lines = table('Manual and completion', '###').map(([shell, , line]) => [shell, line?.replace('\\', '')])
  expect(lines).toEqual(SHELLS.map((shell, at) => [shell, COMPLETION.examples[at]?.[0]]))
})

test('its table of the log has every event, with its level', () => {
  const rows = table('The log', '###').flatMap(([events = '', level]) =>
    events.split(', ').map(event => `${event} ${level}`),
  )
  const folder = join(import.meta.dirname, '..', '..', 'src', 'program', 'server', 'log')
  const source = readdirSync(folder)
    .map(file => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
  const notes = [...source.matchAll(/case '([\w-]+)'/g), ...source.matchAll(/event: '([\w-]+)'/g)].map(
    ([, event]) => event,
  )
  expect(rows.map(row => row.split(' ')[0]).sort()).toEqual([...new Set(notes)].sort())
  const lines = [
    started('', null, null),
    listening('', 0),
    stopping(''),
    stopped,
    ofNote({ type: 'connected', address: '' }),
  ]
  for (const { event, level } of lines) expect(rows).toContain(`${event} ${level}`)
})

test('its tables of commands are those of HELP', () => {
  const commands = (heading: string, level?: string) =>
    table(heading, level).map(([command]) => command?.replaceAll('\\|', '|'))
  const usual = HOST_COMMANDS.filter(({ group }) => group === undefined)
  expect(commands('The console')).toEqual(usual.map(usage))
  const keep = HOST_COMMANDS.filter(({ group }) => group === 'KEEP')
  expect(commands('Keeping order at the console', '###')).toEqual(keep.map(usage))
})

test('the console answers as in its transcript', async () => {
  const [, transcript = ''] = /<!-- console -->\n```\n(.*?)```/s.exec(page) ?? []
  const exchanges = transcript.split(/^> /m).slice(1)
  expect(exchanges.length).toBeGreaterThan(8)
  const server = await startServer()
  await dialNative(server.port, 'alice')
  await dialLine(server.port, 'bob')
  await server.out.has('USERS: [Host,alice,bob]\n')
  const before = server.out.text.length
  for (const exchange of exchanges) server.type(exchange.split('\n')[0] ?? '')
  server.type('EXIT')
  expect(await server.ended).toBe(0)
  const timeless = (text: string) => text.replace(/\[\d\d:\d\d:\d\d\]/g, '[time]')
  const answers = exchanges.map(exchange => exchange.slice(exchange.indexOf('\n') + 1)).join('')
  expect(timeless(server.out.text.slice(before))).toBe(timeless(answers))
})

/** The block of the page below this comment. */
const block = (name: string): string =>
  new RegExp(`<!-- ${name} -->\\n\`\`\`sh\\n(.*?)\`\`\``, 's').exec(page)?.[1] ?? 'false'

/** Runs it as a reader would, who has the command installed and this Node. */
async function inShell(script: string, env: Readonly<Record<string, string>>): Promise<void> {
  const commands = join(temporaryFolder(), 'bin')
  mkdirSync(commands)
  symlinkSync(launcherOf('rxchat-server'), join(commands, 'rxchat-server'))
  const PATH = [commands, dirname(process.execPath), process.env['PATH']].join(delimiter)
  await promisify(execFile)('sh', ['-ec', script], { env: { ...process.env, ...env, PATH } })
}

function has(command: string): boolean {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

test.for(['node', 'sqlite3'])(
  'its backup with %s, of a server in which people talk, has all that was said before; the restored copy runs',
  async (way, { skip }) => {
    if (!has(way)) return skip(`there is no ${way}`)
    const folder = temporaryFolder()
    const [DATA, BACKUP, NEW] = ['data', 'backup', 'new'].map(name => join(folder, name)) as [string, string, string]
    const server = await startServer('--data', DATA, '--rate', 'off')
    let look = (): void => {}
    const talkers = ['alice', 'bob'].map(name => new SteadyTalker(name, () => look()))
    const said = (): readonly string[] => talkers.flatMap(({ acknowledged }) => acknowledged)
    const until = (most: number): Promise<void> =>
      new Promise(resolve => {
        look = () => void (said().length >= most && resolve())
        look()
      })
    await Promise.all(talkers.map(talker => talker.enter(server.port)))
    for (const talker of talkers) talker.talk()
    await until(500)
    const before = said()
    await inShell(block(`backup: ${way}`), { DATA, BACKUP })
    await until(said().length + 100)
    for (const talker of talkers) talker.hush()
    expect(server.errors.text).toBe('')
    server.type('EXIT')
    expect(await server.ended).toBe(0)

    await inShell(block('restore'), { BACKUP, NEW })
    expect(readdirSync(NEW)).toEqual(['files', 'journal.db', 'journal.db-log'])
    const modes = [NEW, join(NEW, 'journal.db'), join(BACKUP, 'journal.db')].map(path => statSync(path).mode & 0o777)
    expect(modes).toEqual([0o700, 0o600, 0o600])
    const there = new Set(await performedTexts(NEW))
    expect(before.filter(text => !there.has(text))).toEqual([])

    const restored = await startServer('--data', NEW)
    const carol = await dialNative(restored.port, 'carol')
    await carol.heard.has('"type":"history"')
    carol.send(`${JSON.stringify({ type: 'search', n: 1, words: 'alice 17' })}\n`)
    await carol.heard.has('"text":"alice 17 "')
    expect(restored.errors.text).toBe('')
  },
)
