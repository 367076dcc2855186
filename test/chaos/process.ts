/** The two programs as processes, outside any test: their output, line by line, and their end. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export type Process = {
  readonly child: ChildProcess
  readonly pid: number
  /** Writes a line to its stdin. */
  readonly type: (line: string) => void
  /** Ends its stdin. */
  readonly hush: () => void
  /** Its exit code, or the signal that killed it, once all its output has come. */
  readonly ended: Promise<number | NodeJS.Signals | null>
  /** Its lines on stderr, up to COMPLAINTS_MAX. */
  readonly complaints: readonly string[]
}

const COMPLAINTS_MAX = 100

/** They do not inherit rxchat's settings of the user. */
const settings = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('RXCHAT_')))
/** They do not share the user's kept sessions either. */
const home = mkdtempSync(join(tmpdir(), 'rxchat-chaos-home-'))
const env = { ...settings, XDG_STATE_HOME: home }
const running = new Set<ChildProcess>()
process.once('exit', () => {
  killAll()
  rmSync(home, { recursive: true, force: true })
})

/** Kills every process that is still there, for example after a run that failed. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL')
}

/** `more`: additional environment variables. `on`: the beginning of a command that runs the rest of it elsewhere. */
export function run(
  name: 'rxchat' | 'rxchat-server',
  args: readonly string[],
  line: (text: string) => void,
  more: NodeJS.ProcessEnv = {},
  on: readonly string[] = [],
): Process {
  const launcher = fileURLToPath(new URL(`../../bin/${name}.js`, import.meta.url))
  const [program = '', ...rest] = [...on, process.execPath, launcher, ...args]
  const child = spawn(program, rest, { stdio: 'pipe', env: { ...env, ...more } })
  running.add(child)
  const complaints: string[] = []
  createInterface({ input: child.stdout }).on('line', line)
  createInterface({ input: child.stderr }).on('line', text => {
    if (complaints.length < COMPLAINTS_MAX) complaints.push(text)
  })
  child.stdin.on('error', () => {})
  return {
    child,
    pid: child.pid ?? 0,
    complaints,
    type: text => void child.stdin.write(`${text}\n`),
    hush: () => void child.stdin.end(),
    ended: once(child, 'close').then(([code, signal]: unknown[]) => {
      running.delete(child)
      return (code ?? signal) as number | NodeJS.Signals | null
    }),
  }
}
