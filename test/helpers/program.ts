/** The two programs as real processes, run by their launchers. Tests wait for their output, never for a time. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { endOf, patiently } from './patience.ts'
import { temporaryFolder } from './temporary-folder.ts'

export const launcherOf = (name: 'rxchat' | 'rxchat-server'): string =>
  fileURLToPath(new URL(`../../bin/${name}.js`, import.meta.url))

/** They do not inherit the user's rxchat settings. */
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('RXCHAT_'))),
  RXCHAT_CONFIG: '/dev/null',
}

/** Text that grows, and waits for something to be in it. */
export class Watched {
  text = ''
  #over = false
  #waiting = new Set<() => void>()

  add(more: string): void {
    this.text += more
    for (const look of [...this.#waiting]) look()
  }

  /** No more will come. */
  end(): void {
    this.#over = true
    for (const look of [...this.#waiting]) look()
  }

  get lines(): readonly string[] {
    return this.text.split('\n').slice(0, -1)
  }

  /**
   * Resolves with the result of `find`, as soon as it finds anything; rejects if the text ends before, or after
   * PATIENCE_MS.
   */
  until<T>(find: (text: string) => T | null | undefined | false, what = `${find}`): Promise<T> {
    const finding = new Promise<T>((resolve, reject) => {
      const look = (): void => {
        const found = find(this.text)
        if (found !== null && found !== undefined && found !== false) resolve(found)
        else if (this.#over) reject(new Error(`waited for ${what}; it ended with: ${endOf(this.text)}`))
        else return
        this.#waiting.delete(look)
      }
      this.#waiting.add(look)
      look()
    })
    return patiently(what, finding, () => this.text)
  }

  /** Resolves when `what` has come. */
  async has(what: string | RegExp): Promise<void> {
    await this.until(text => (typeof what === 'string' ? text.includes(what) : what.test(text)), `${what}`)
  }
}

export type Program = {
  /** The directory of its lasting data, unless the test gives another. */
  readonly state: string
  readonly child: ChildProcess
  readonly out: Watched
  readonly errors: Watched
  /** Writes a line to its stdin. */
  readonly type: (line: string) => void
  /** Ends its stdin. */
  readonly hush: () => void
  /** Its exit code, or the signal that killed it, once all its output has come. */
  readonly ended: Promise<number | NodeJS.Signals | null>
}

/** Runs a launcher; killed when the test is over, if it is still there. */
function run(name: 'rxchat' | 'rxchat-server', args: readonly string[], more: NodeJS.ProcessEnv = {}): Program {
  const state = temporaryFolder()
  // Each process has its own directory for lasting data.
  const child = spawn(process.execPath, [launcherOf(name), ...args], {
    stdio: 'pipe',
    env: { ...env, XDG_STATE_HOME: state, ...more },
  })
  const [out, errors] = [new Watched(), new Watched()]
  for (const [stream, watched] of [
    [child.stdout, out],
    [child.stderr, errors],
  ] as const) {
    stream.setEncoding('utf8').on('data', (text: string) => watched.add(text))
  }
  child.stdin.on('error', () => {})
  const ended = once(child, 'close').then(([code, signal]: unknown[]) => {
    out.end()
    errors.end()
    return (code ?? signal) as number | NodeJS.Signals | null
  })
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return {
    state,
    child,
    out,
    errors,
    type: line => void child.stdin.write(`${line}\n`),
    hush: () => void child.stdin.end(),
    ended,
  }
}

export type RunningServer = Program & { readonly port: number; readonly address: string }

/** Starts `rxchat-server` on a free port of this machine, or on that of `--port`. */
export async function startServer(...flags: readonly string[]): Promise<RunningServer> {
  const anyPort = flags.includes('--port') ? [] : ['--port', '0']
  const server = run('rxchat-server', [...anyPort, '--host', '127.0.0.1', ...flags])
  const port = Number(await server.out.until(text => /Chat running \S+:(\d+)/.exec(text)?.[1]))
  return { ...server, port, address: `127.0.0.1:${port}` }
}

export const runServer = (...flags: readonly string[]): Program => run('rxchat-server', flags)
export const startClient = (...args: readonly string[]): Program => run('rxchat', args)
/** Its settings come from `env`, too. */
export const startClientIn = (env: NodeJS.ProcessEnv, ...args: readonly string[]): Program => run('rxchat', args, env)

/** Runs `rxchat` with all of its input at once, to its end. */
export async function runClient(args: readonly string[], input: string, env: NodeJS.ProcessEnv = {}) {
  const client = run('rxchat', args, env)
  client.child.stdin?.end(input)
  const code = await client.ended
  return { code, stdout: client.out.text, stderr: client.errors.text }
}

/** Whether something accepts connections on this port. */
export function isListening(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}
