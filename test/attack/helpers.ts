/**
 * The server as a process of its own, and raw sockets to it. Nothing waits for a time to pass: each wait is for words
 * that must come. What is acquired here is let go by `using`, and again after the file, should a test hang.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { eventually, isEmpty } from '../helpers/patience.ts'
import { Watched } from '../helpers/program.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** The Node that the package pins. */
export const node = join(root, 'node_modules', 'node', 'bin', 'node')
const bundle = join(root, 'dist', 'server.js')

/** Without the settings of the person who runs the tests. */
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('RXCHAT_'))),
  RXCHAT_EPHEMERAL: 'on',
}

const running = new Set<ChildProcessWithoutNullStreams>()
afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
})

/** The words of one side so far. */
class Words extends Watched {
  /** The first match, from the character `from` on. Rejects if the end comes before it. */
  match(pattern: RegExp, from = 0): Promise<RegExpExecArray> {
    return this.until(text => pattern.exec(text.slice(from)), `${pattern}`)
  }
}

/** A program of ours or of the system, with its output. */
export type Program = AsyncDisposable & {
  readonly child: ChildProcessWithoutNullStreams
  readonly said: Words
  readonly complaints: Words
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>
}

export function start(argv: readonly string[]): Program {
  const [command = '', ...args] = argv
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env })
  running.add(child)
  const said = new Words()
  const complaints = new Words()
  child.stdout.setEncoding('utf8').on('data', (text: string) => said.add(text))
  child.stdout.on('close', () => said.end())
  child.stderr.setEncoding('utf8').on('data', (text: string) => complaints.add(text))
  child.stdin.on('error', () => {})
  const ended = once(child, 'close').then(([code, signal]) => {
    running.delete(child)
    return (code ?? signal) as number | NodeJS.Signals
  })
  return {
    child,
    said,
    complaints,
    ended,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

export type Host = Program & {
  readonly pid: number
  readonly port: number
  /** The console's answer to a command, up to the match. */
  readonly ask: (command: string, answer: RegExp) => Promise<RegExpExecArray>
  /** The table that STATUS shows, line by line, without its heads. */
  readonly status: () => Promise<readonly string[]>
  /** Resident memory in bytes. */
  readonly memory: () => number
  /** Open file descriptors. */
  readonly files: () => number
}

/** Runs the server with a small heap, so that the memory that it holds is memory that it needs. */
export const frugally = ['env', 'NODE_OPTIONS=--max-semi-space-size=1 --max-old-space-size=48']

/** `wrap` runs the server under something else, which must become it: `sh -c '…; exec "$@"' sh`. */
export async function host(flags: readonly string[] = [], wrap: readonly string[] = []): Promise<Host> {
  const program = start([...wrap, node, bundle, '--port', '0', ...flags])
  const { child, said } = program
  const [, port] = await said.match(/Chat running \S+:(\d+)\n.*?#\n/s)
  const pid = child.pid as number
  const ask = (line: string, answer: RegExp): Promise<RegExpExecArray> => {
    const from = said.text.length
    child.stdin.write(`${line}\n`)
    return said.match(answer, from)
  }
  return {
    ...program,
    pid,
    port: Number(port),
    ask,
    async status() {
      const [, table = ''] = await ask('STATUS\nSTATS', /CONNECTIONS: \d+\n(.*)STATS: /s)
      return table.split('\n').slice(1, -1)
    },
    memory: () => 1024 * Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]),
    files: () => readdirSync(`/proc/${pid}/fd`).length,
  }
}

/** Resolves when the console shows no connection any more. */
export const emptied = (server: Host): Promise<unknown> => eventually('no connection', () => server.status(), isEmpty)

/** A raw connection. Its errors are the point of many a test, so they only end it. */
export type Wire = Disposable & {
  readonly socket: Socket
  readonly heard: Words
  readonly send: (what: string | Uint8Array) => void
  readonly until: (pattern: RegExp) => Promise<RegExpExecArray>
  /** The server has ended it, or it is gone. */
  readonly over: Promise<void>
}

/** `from` is the address of this end. A connection that is `stubborn` keeps its side open when the server ends its own. */
export async function dial(port: number, how: { from?: string; stubborn?: boolean } = {}): Promise<Wire> {
  const { from, stubborn = false } = how
  const local = from === undefined ? {} : { localAddress: from }
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: stubborn, ...local })
  const heard = new Words()
  const over = new Promise<void>(resolve => {
    for (const event of ['end', 'close']) socket.once(event, () => resolve())
  })
  socket.setEncoding('utf8').on('data', (text: string) => heard.add(text))
  socket.on('error', () => {})
  socket.on('close', () => heard.end())
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('close', reject))
  return {
    socket,
    heard,
    over,
    send: what => void socket.write(what),
    until: pattern => heard.match(pattern),
    [Symbol.dispose]: () => void socket.destroy(),
  }
}

export const object = (fields: object): string => `${JSON.stringify(fields)}\n`
export const hello = (name: string, more: object = {}): string => object({ type: 'hello', name, history: 0, ...more })
export const say = (text: string, more: object = {}): string => object({ type: 'say', text, ...more })

/** A native client that is in the lobby. */
export async function enter(port: number, name: string, from?: string): Promise<Wire> {
  const wire = await dial(port, from === undefined ? {} : { from })
  wire.send(hello(name))
  await wire.until(/"type":"room".*\n/)
  return wire
}

let newcomers = 0

/** The server is well: somebody new comes in, says something, is answered, hears it, and leaves. */
export async function newcomerIsAnswered(port: number, from?: string): Promise<void> {
  using wire = await enter(port, `newcomer${++newcomers}`, from)
  wire.send(say('anybody here?', { n: 1 }))
  await wire.until(/"text":"anybody here\?".*"type":"ok","n":1,/s)
  wire.send(object({ type: 'bye' }))
  await wire.until(/"type":"closed","code":"bye"/)
  await wire.over
}
