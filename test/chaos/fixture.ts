/** A server on one port and one directory, which can be killed and started again any number of times. */
import { patiently } from '../helpers/patience.ts'
import { type Process, run } from './process.ts'

export type Fixture = {
  readonly port: number
  readonly pid: number
  /** Kills it in the middle of its work. */
  readonly kill: () => Promise<void>
  readonly start: () => Promise<void>
  /** Types a line at its console. Resolves with the printed lines, up to the line that ends the answer. */
  readonly ask: (line: string, last: RegExp) => Promise<readonly string[]>
  /** Types a line at its console, if the server is running. */
  readonly type: (line: string) => void
  /** Stops it as a host does. */
  readonly stop: () => Promise<void>
}

const LISTENS = /Chat running \S+:(\d+)/

/** The address at which it listens. `on`: the beginning of a command that runs the rest of it on another machine. */
export type Host = { readonly address: string; readonly port: number; readonly on: readonly string[] }

const ANY_PORT: Host = { address: '127.0.0.1', port: 0, on: [] }

export async function openFixture(
  directory: string,
  flags: readonly string[],
  env: NodeJS.ProcessEnv = {},
  host: Host = ANY_PORT,
): Promise<Fixture> {
  let { port } = host
  let server: Process | null = null
  const waiting = new Set<(line: string) => void>()
  const hear = (line: string): void => {
    for (const look of [...waiting]) look(line)
  }
  const until = (last: RegExp): Promise<readonly string[]> => {
    const lines: string[] = []
    const heard = new Promise<readonly string[]>(resolve => {
      const look = (line: string): void => {
        lines.push(line)
        if (!last.test(line)) return
        waiting.delete(look)
        resolve(lines)
      }
      waiting.add(look)
    })
    return patiently(`${last}`, heard, () => lines)
  }
  const there = (): Process => {
    if (!server) throw new Error('the server is down')
    return server
  }

  async function start(): Promise<void> {
    const args = ['--host', host.address, '--port', `${port}`, '--data', directory, ...flags]
    const listening = until(LISTENS)
    const starting = run('rxchat-server', args, hear, env, host.on)
    server = starting
    const failed = starting.ended.then(code => {
      throw new Error(`the server ended with ${code}: ${starting.complaints.join('; ')}`)
    })
    // Nobody waits here for a later end.
    failed.catch(() => {})
    port = Number(LISTENS.exec((await Promise.race([listening, failed])).at(-1) ?? '')?.[1])
  }

  async function over(signal: NodeJS.Signals): Promise<void> {
    const ending = there()
    ending.child.kill(signal)
    await ending.ended
    server = null
  }

  await start()
  return {
    get port() {
      return port
    },
    get pid() {
      return there().pid
    },
    start,
    kill: () => over('SIGKILL'),
    stop: () => over('SIGTERM'),
    type: line => server?.type(line),
    ask(line, last) {
      const answer = until(last)
      there().type(line)
      return answer
    },
  }
}
