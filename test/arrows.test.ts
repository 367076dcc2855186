/** The arrows between the folders hold, and a tool that sees nothing does not pass for one that finds nothing. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const CONFIG = '.dependency-cruiser.cjs'

type Violation = { readonly rule: { readonly name: string }; readonly from: string; readonly to: string }
type Cruise = {
  readonly modules: readonly { readonly source: string }[]
  readonly summary: { readonly violations: readonly Violation[] }
}

function cruise(cwd: string): Cruise {
  const tool = join(ROOT, 'node_modules/.bin/depcruise')
  const flags = ['--config', CONFIG, '--output-type', 'json', 'src']
  const { stdout, stderr, error } = spawnSync(process.execPath, [tool, ...flags], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (error) throw error
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as Cruise
}

describe('in the sources', () => {
  let found: Cruise
  beforeAll(() => {
    found = cruise(ROOT)
  })

  test('every import follows the arrows', () => expect(found.summary.violations).toEqual([]))

  test('and the tool has read them', () => {
    const read = found.modules.filter(({ source }) => source.startsWith('src/'))
    expect(read.length).toBeGreaterThan(50)
    expect(read.map(({ source }) => source)).toContain('src/reducer/decide.ts')
    expect(read.map(({ source }) => source)).toContain('src/tui/stage/Stage.tsx')
  })
})

/** Files that break a rule: their place, their source, the rule. */
const FORBIDDEN: readonly (readonly [file: string, source: string, rule: string])[] = [
  ['src/model/up.ts', "import '../reducer/decide.ts'", 'arrow-model'],
  ['src/model/package.ts', "import 'rxjs'", 'package-model'],
  ['src/reducer/up.ts', "import '../server/server.ts'", 'arrow-reducer'],
  ['src/reducer/type.ts', "export type { Server } from '../server/server.ts'", 'arrow-reducer'],
  ['src/reducer/lazy.ts', "export const later = () => import('../server/server.ts')", 'arrow-reducer'],
  ['src/reducer/package.ts', "import 'rxjs'", 'package-reducer'],
  ['src/actor/package.ts', "import 'immutable'", 'package-actor'],
  ['src/actor/up.ts', "import '../model/input.ts'", 'arrow-actor'],
  ['src/port/up.ts', "import '../transport/tcp.ts'", 'arrow-port'],
  ['src/codec/up.ts', "import '../reducer/decide.ts'", 'arrow-codec'],
  ['src/codec/package.ts', "import 'rxjs'", 'package-codec'],
  ['src/codec/node.ts', "import 'node:fs'", 'no-node-in-browser-code'],
  ['src/codec/old-node.ts', "import 'fs'", 'no-node-in-browser-code'],
  ['src/tui/up.ts', "import '../server/server.ts'", 'arrow-tui'],
  ['src/tui/codec.tsx', "import '../codec/lines.ts'", 'arrow-tui'],
  ['src/tui/package.ts', "import 'immutable'", 'package-tui'],
  ['src/client/screen.ts', "import '../tui/stroke.ts'", 'arrow-client'],
  ['src/transport/up.ts', "import '../server/server.ts'", 'arrow-transport'],
  ['src/journal/up.ts', "import '../reducer/decide.ts'", 'arrow-journal'],
  ['src/matching/up.ts', "import '../reducer/decide.ts'", 'arrow-matching'],
  ['src/matching/package.ts', "import 'immutable'", 'package-matching'],
  ['src/reducer/matching.ts', "import '../matching/filters/filters.ts'", 'arrow-reducer'],
  ['src/server/up.ts', "import '../program/server/main.ts'", 'arrow-server'],
  ['src/client/up.ts', "import '../server/server.ts'", 'arrow-client'],
  ['src/client/node.ts', "import 'node:net'", 'no-node-in-browser-code'],
  ['src/tui/up.ts', "import '../server/server.ts'", 'arrow-tui'],
  ['src/server/ingress/up.ts', "import '../commit/hub.ts'", 'arrow-server-ingress'],
  ['src/server/ingress/library.ts', "import '@simplewebauthn/server'", 'passkeys-in-their-thread'],
  [
    'src/server/ingress/lazy.ts',
    "export const load = () => import('./authentication/passkeys/checks.ts')",
    'passkeys-in-their-thread',
  ],
  ['src/server/delivery/up.ts', "import '../connection/state.ts'", 'arrow-server-delivery'],
  ['src/server/commit/up.ts', "import '../jobs/ticks.ts'", 'arrow-server-commit'],
  ['src/server/connection/effects/up.ts', "import '../../server.ts'", 'arrow-server-connection'],
  ['src/client/session/up.ts', "import '../chat/place.ts'", 'arrow-client-session'],
  ['src/client/chat/up.ts', "import '../view/theme.ts'", 'arrow-client-chat'],
  ['src/system/up.ts', "import '../server/server.ts'", 'arrow-system'],
  ['src/library/up.ts', "import '../program/config/usage.ts'", 'arrow-library'],
  ['src/program/config/up.ts', "import '../cli/client.ts'", 'arrow-program-config'],
  ['src/program/manual/up.ts', "import '../cli/server.ts'", 'arrow-program-manual'],
  ['src/program/cli/up.ts', "import '../server/settings/flags.ts'", 'arrow-program-cli'],
  ['src/program/terminal/up.ts', "import '../client/main.ts'", 'arrow-program-terminal'],
  ['src/program/server/across.ts', "import '../client/flags.ts'", 'arrow-program-server'],
  ['src/program/client/pipe/up.ts', "import '../main.ts'", 'arrow-program-client-pipe'],
  ['src/program/client/plain/up.ts', "import '../pipe/tool.ts'", 'arrow-program-client-plain'],
  ['src/program/server/start/up.ts', "import '../settings/flags.ts'", 'arrow-program-server-start'],
  ['src/program/server/tools/up.ts', "import '../main.ts'", 'arrow-program-server-tools'],
  ['src/web/up.ts', "import '../codec/codec.ts'", 'arrow-web'],
]
const CIRCLE: readonly (readonly [file: string, source: string])[] = [
  ['src/model/hen.ts', "import './egg.ts'"],
  ['src/model/egg.ts', "import './hen.ts'"],
]

describe('on a copy with forbidden imports', () => {
  let folder: string
  let violations: readonly Violation[]

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rxchat-arrows-'))
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
    for (const file of [CONFIG, 'tsconfig.json', 'package.json', 'src']) {
      cpSync(join(ROOT, file), join(folder, file), { recursive: true })
    }
    for (const [file, source] of [...FORBIDDEN, ...CIRCLE]) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), `${source}\n`)
    }
    violations = cruise(folder).summary.violations
  })

  afterAll(() => rmSync(folder, { recursive: true }))

  test.each(FORBIDDEN)('%s (%s) breaks %s', (file, _, rule) => {
    expect(violations.filter(({ from }) => from === file).map(violation => violation.rule.name)).toEqual([rule])
  })

  test('a circle is found once, wherever it begins', () => {
    const circle = violations.filter(({ from }) => CIRCLE.some(([file]) => file === from))
    expect(circle.map(({ rule }) => rule.name)).toEqual(['no-cycles'])
  })

  test('nothing else is found', () => {
    const planted = new Set([...FORBIDDEN, ...CIRCLE].map(([file]) => file))
    expect(violations.filter(({ from }) => !planted.has(from))).toEqual([])
  })
})
