/** docs/change.md and docs/architecture.md name files that exist, and the code of the first recipe works. */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const CHANGE = readFileSync(join(ROOT, 'docs/change.md'), 'utf8')
const ARCHITECTURE = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8')

describe.each([
  ['docs/change.md', CHANGE],
  ['docs/architecture.md', ARCHITECTURE],
])('%s', (_, page) => {
  const linked = [...page.matchAll(/\]\(([^)#:]+)(#[^)]*)?\)/g)].map(([, path = '']) => join('docs', path))
  const named = [...page.matchAll(/(?<![\w./-])(?:src|test|docs|bin|scripts)\/[\w./-]*\w/g)].map(([path]) => path)

  test('names only paths that exist', () => {
    expect(linked.length).toBeGreaterThan(50)
    expect([...linked, ...named].filter(path => !existsSync(join(ROOT, path)))).toEqual([])
  })

  test('calls a file by its own name', () => {
    const misnamed = [...page.matchAll(/\[([\w/-]+\.\w+)\]\(([^)]+)\)/g)].filter(([, as = '', to]) => !to?.endsWith(as))
    expect(misnamed.map(([link]) => link)).toEqual([])
  })
})

/** The rows of the table whose first column has this head, cell by cell. */
function tableOf(head: string): readonly (readonly string[])[] {
  const lines = ARCHITECTURE.split('\n')
  const start = lines.findIndex(line => line.startsWith(`| ${head} `))
  const end = lines.findIndex((line, at) => at > start && !line.startsWith('|'))
  return lines.slice(start + 2, end).map(line =>
    line
      .split('|')
      .map(cell => cell.trim())
      .slice(1, -1),
  )
}

const foldersIn = (path: string): readonly string[] =>
  readdirSync(join(ROOT, path), { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => name)
    .sort()

const wordsOf = (list: string): readonly string[] => list.split(/, */).filter(word => word !== '')

describe('the tables of folders', () => {
  type Rule = { readonly name: string; readonly comment?: string }
  const { forbidden }: { readonly forbidden: readonly Rule[] } = createRequire(import.meta.url)(
    '../.dependency-cruiser.cjs',
  )

  /** Imports that `path` may have besides its own folder, by the rule; undefined: there is no rule. */
  function allowed(path: string): readonly string[] | undefined {
    const start = `${path} may import `
    const rule = forbidden.find(({ comment }) => comment?.startsWith(start))?.comment
    if (!rule) return undefined
    const list = rule.slice(start.length, rule.lastIndexOf(' (')).replace('no other room of it', '')
    return wordsOf(list).filter(name => name !== path.split('/').at(-1))
  }

  test('have every folder of src, with its arrows', () => {
    const rows = tableOf('folder')
    expect(rows.map(([folder]) => folder).sort()).toEqual(foldersIn('src').map(name => `src/${name}`))
    for (const [folder = '', , may = ''] of rows) {
      if (may !== 'any')
        expect([folder, [...wordsOf(may)].sort()]).toEqual([folder, [...(allowed(folder) ?? [])].sort()])
    }
  })

  test.each(['src/server', 'src/client'])('have every room of %s, with its arrows', path => {
    const rows = tableOf(`room of ${path}`)
    expect(rows.flatMap(([room = '']) => (room.includes('.') ? [] : [room])).sort()).toEqual(foldersIn(path))
    for (const [room, , may = ''] of rows) expect([room, wordsOf(may)]).toEqual([room, allowed(`${path}/${room}`)])
  })

  test('have every room of src/program, with its arrows', () => {
    const rows = tableOf('room of src/program')
    const rooms = foldersIn('src/program').flatMap(room => [
      room,
      ...foldersIn(`src/program/${room}`).map(within => `${room}/${within}`),
    ])
    const held = rooms.filter(room => allowed(`src/program/${room}`))
    expect(rows.map(([room]) => room).sort()).toEqual(held.sort())
    for (const [room, , may = ''] of rows) expect([room, wordsOf(may)]).toEqual([room, allowed(`src/program/${room}`)])
  })
})

describe('the recipe of a slash command', () => {
  const [, section = ''] = CHANGE.split('\n## A slash command\n')
  const [row = '', cases = ''] = [...section.matchAll(/^ +```ts\n(.*?)^ +```$/gms)].map(([, code = '']) =>
    // The blocks stand in a list.
    code.replace(/^ {3}/gm, ''),
  )
  let folder: string

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rxchat-change-'))
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
    cpSync(join(ROOT, 'src'), join(folder, 'src'), { recursive: true })
    cpSync(join(ROOT, 'test'), join(folder, 'test'), {
      recursive: true,
      filter: path => !path.endsWith('change.test.ts'),
    })
    cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'))
    putBefore('src/model/slash/talk.ts', "  {\n    name: 'msg',", row)
    putBefore('test/codec/line.test.ts', "    ['/msg bob hi  there',", cases)
  })

  afterAll(() => rmSync(folder, { recursive: true }))

  function putBefore(file: string, place: string, code: string): void {
    const source = readFileSync(join(folder, file), 'utf8')
    expect(source.split(place)).toHaveLength(2)
    writeFileSync(
      join(folder, file),
      source.replace(place, () => code + place),
    )
  }

  function run(args: readonly string[], input = ''): { readonly status: number | null; readonly stdout: string } {
    const { status, stdout, stderr, error } = spawnSync(process.execPath, args, {
      cwd: folder,
      encoding: 'utf8',
      input,
    })
    if (error) throw error
    return { status, stdout: `${stdout}${stderr}` }
  }

  test('compiles', () => {
    const files = ['src/model/slash.ts', 'src/client/chat/chat-store.ts', 'src/codec/line/codec.ts']
    const compilerOptions = { incremental: false, tsBuildInfoFile: null }
    const config = { extends: join(ROOT, 'tsconfig.json'), compilerOptions, include: [], files }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
    const flags = ['--project', folder, '--pretty', 'false', '--singleThreaded']
    expect(run(['node_modules/.bin/tsc', ...flags])).toEqual({ status: 0, stdout: '' })
  })

  test('is understood, listed by help, and completed', () => {
    const program = `
      import { readTyped } from './src/model/slash.ts'
      import { complete } from './src/client/input/completion.ts'
      import { lineCodec } from './src/codec/line/codec.ts'
      const { encoding } = lineCodec(() => '12:00', () => null, false)
      console.log(JSON.stringify({
        typed: readTyped('/flip no', 'ops'),
        help: encoding.encode({ type: 'help', at: 0 }).join(''),
        choices: complete('/fl', { rooms: [], names: [] }).choices,
      }))`
    const { status, stdout } = run(['--input-type=module'], program)
    expect(status, stdout).toBe(0)
    const { typed, help, choices } = JSON.parse(stdout)
    const command = { type: 'say', room: 'ops', text: 'no (╯°□°)╯︵ ┻━┻', action: false }
    expect(typed).toEqual({ type: 'command', command })
    expect(help).toMatch(/\/flip \[text\] +say the text with a flipped table behind it\r?\n/)
    expect(choices).toEqual([
      { text: '/flip ', label: '/flip [text]', help: 'say the text with a flipped table behind it' },
    ])
  })

  test('passes the test with the rows of the page', () => {
    const flags = ['run', '--root', folder, '--configLoader', 'runner', 'test/codec/line.test.ts']
    const { status, stdout } = run(['node_modules/vitest/vitest.mjs', ...flags])
    expect(status, stdout).toBe(0)
    expect(stdout).toMatch(/1 passed/)
  })
})
