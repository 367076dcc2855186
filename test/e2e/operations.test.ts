// docs/operations.md, held against the programs: its flags, its transcript of the console, its backup and restore.
import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { HOST_COMMANDS, usage } from '../../src/program/server/commands.ts'
import { performedTexts } from '../helpers/performed.ts'
import { launcherOf, startServer } from '../helpers/program.ts'
import { dialLine, dialNative } from '../helpers/sockets.ts'
import { SteadyTalker } from '../helpers/steady-talker.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'operations.md'), 'utf8')

/** The cells of the table that follows a heading, without the backticks, below its head. */
function table(heading: string): readonly (readonly string[])[] {
  const [, after = ''] = page.split(`\n## ${heading}\n`)
  const [block = ''] = /(?:^\|.*\n)+/m.exec(after) ?? []
  const rows = block.trim().split('\n').slice(2)
  return rows.map(row => row.split('|').map(cell => cell.trim().replaceAll('`', ''))).map(cells => cells.slice(1, -1))
}

test('its table of flags is that of --help', () => {
  const help = execFileSync(process.execPath, [launcherOf('rxchat-server'), '--help'], { encoding: 'utf8' })
  const lines = [...help.matchAll(/^ +(--\S+ [A-Z]+) .*\((\S+)\)$/gm)].map(([, flag, otherwise]) => [flag, otherwise])
  const rows = table('Flags')
  expect(rows.length).toBeGreaterThan(4)
  expect(lines).toEqual(rows.map(([flag, , otherwise]) => [flag, otherwise]))
  const variables = help.match(/RXCHAT_[A-Z_]+(?!=)\b/g) ?? []
  for (const [, variable] of rows) expect(variables).toContain(variable)
})

test('its table of commands is that of HELP', () => {
  expect(table('The console').map(([command]) => command)).toEqual(HOST_COMMANDS.map(usage))
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
    expect(readdirSync(NEW)).toEqual(['journal.db'])
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
