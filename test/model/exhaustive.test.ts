/**
 * A union that grows does not compile until every reader handles the new member. Shown on copies of the sources, each
 * with one member planted, all compiled at once by the compiler that the repository pins.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

type Planting = {
  readonly union: string
  readonly file: string
  readonly member: string
  /** Files that must handle the new member. */
  readonly readers: readonly string[]
}

const PLANTINGS: readonly Planting[] = [
  {
    union: 'RoutedEvent',
    file: 'model/event.ts',
    member: "{ readonly type: 'planted'; readonly room: string }",
    readers: [
      ...['journal/recorded.ts', 'model/event.ts', 'reducer/audience.ts', 'reducer/evolve-public.ts'],
      ...['reducer/rules/hook-events.ts', 'server/delivery/backlog/missed.ts', 'server/delivery/fanout.ts'],
    ],
  },
  {
    union: 'SessionEvent',
    file: 'model/event.ts',
    member: "{ readonly type: 'planted'; readonly session: SessionId }",
    readers: [
      ...['model/event.ts', 'reducer/evolve-session.ts'],
      ...['server/delivery/backlog/missed.ts', 'server/delivery/lane-writer.ts'],
    ],
  },
  {
    union: 'LedgerEvent',
    file: 'model/event.ts',
    member: "{ readonly type: 'planted'; readonly hook: number }",
    readers: ['model/event.ts', 'reducer/evolve.ts'],
  },
  {
    union: 'RoomEvent',
    file: 'model/event.ts',
    member: "{ readonly type: 'planted'; readonly room: string }",
    readers: [
      ...['codec/classic/encoding.ts', 'codec/native/encoding.ts', 'codec/native/member-list.ts'],
      ...['codec/sentence.ts', 'reducer/evolve-room.ts'],
    ],
  },
  {
    union: 'Body',
    file: 'model/input.ts',
    member: "{ readonly type: 'planted' }",
    readers: ['model/input.ts', 'reducer/decide.ts'],
  },
  {
    union: 'Outgoing',
    file: 'codec/codec.ts',
    member: "{ readonly type: 'planted' }",
    readers: ['codec/classic/encoding.ts', 'codec/line/encoding.ts', 'codec/native/encoding.ts'],
  },
]

let folder: string
/** The compiler's errors, one a line: `Event/src/reducer/evolve.ts(13,47): error TS2366: …`. */
let errors: readonly string[]

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rxchat-exhaustive-'))
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'))
  for (const planting of PLANTINGS) plant(planting)
  errors = compile(PLANTINGS.flatMap(({ union, readers }) => readers.map(reader => `${union}/src/${reader}`)))
})

afterAll(() => rmSync(folder, { recursive: true }))

function plant({ union, file, member }: Planting): void {
  cpSync(join(ROOT, 'src'), join(folder, union, 'src'), { recursive: true })
  const path = join(folder, union, 'src', file)
  const source = readFileSync(path, 'utf8')
  const planted = source.replace(new RegExp(`^export type ${union} =$`, 'm'), `$&\n  | ${member}`)
  if (planted === source) throw new Error(`there is no union ${union} in ${file}`)
  writeFileSync(path, planted)
}

/** Compiles `files` and their imports. */
function compile(files: readonly string[]): readonly string[] {
  const config = { extends: join(ROOT, 'tsconfig.json'), include: [], files }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const compiler = join(ROOT, 'node_modules/.bin/tsc')
  // One checker: several would each learn the types of the libraries anew.
  const flags = ['--project', folder, '--pretty', 'false', '--singleThreaded']
  const { stdout, error } = spawnSync(process.execPath, [compiler, ...flags], { cwd: folder, encoding: 'utf8' })
  if (error) throw error
  return stdout.split('\n').filter(line => line.includes(': error TS'))
}

describe.each(PLANTINGS)('a new $union does not compile', ({ union, readers }) => {
  const found = () => errors.filter(error => error.startsWith(`${union}/`))

  test.each(readers)('until it is handled in %s', reader => {
    // TS2366 and TS7030: a path through the function returns nothing, so a switch is not exhaustive any more. TS2741: a
    // table lacks a row. TS2322: it is passed on to one that does not take it.
    expect(found()).toContainEqual(
      expect.stringMatching(`^${union}/src/${reader}\\(.*: error TS(2366|7030|2741|2322): `),
    )
  })

  test('and for no other reason', () => {
    const files = found().map(error => error.slice(`${union}/src/`.length, error.indexOf('(')))
    expect([...new Set(files)].sort()).toEqual(readers)
  })
})
