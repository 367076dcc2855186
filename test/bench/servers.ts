/** The servers that are measured: how each is started, and what tells a client that it is in. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { placed } from './machine.ts'

export type Candidate = {
  readonly name: string
  readonly argv: (port: number) => readonly string[]
  /** In the line that a client gets when it is in. */
  readonly joined: string
  /** How the generator speaks to it. */
  readonly speech: readonly string[]
}

const OBJECTS = ['--hello', '{"type":"hello","name":"%NAME%"}', '--say', '{"type":"say","text":"%TEXT%"}']
const LINES = ['--proto', 'ndjson', ...OBJECTS, '--reply', '"type":"ping"=>{"type":"pong"}']
const FRAMES = ['--proto', 'ws', ...OBJECTS]

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** One generator is all the clients, and sends as fast as it can. */
const UNBOUND = ['--rate', 'off', '--per-address', 'off']

const hosting = (port: number): readonly string[] => [
  file('../../dist/server.js'),
  ...['--host', '127.0.0.1', '--port', `${port}`, ...UNBOUND],
]

/** In memory, as the naive server is. */
export const rxchat: Candidate = {
  name: 'rxchat',
  argv: port => [...hosting(port), '--ephemeral'],
  joined: '"type":"room"',
  speech: LINES,
}

/** The same, to clients that came by HTTP. */
export const rxchatWebSocket: Candidate = { ...rxchat, speech: [...FRAMES, '--path', '/ws'] }

/** What it is by default: nothing is shown before it is on the disk. `folder` gives a new directory. */
export const durable = (folder: () => string): Candidate => ({
  name: 'durable',
  argv: port => [...hosting(port), '--data', folder()],
  joined: '"type":"room"',
  speech: LINES,
})

export const naive: Candidate = {
  name: 'naive',
  argv: port => [file('naive.ts'), `${port}`],
  joined: '"type":"welcome"',
  speech: LINES,
}

export const naiveWebSocket: Candidate = {
  name: 'ws',
  argv: port => [file('naive-websocket.ts'), `${port}`],
  joined: '"type":"welcome"',
  speech: FRAMES,
}

/** As Engine.IO has it: 40 opens, 42 is an event, 2 is a ping and 3 its pong. */
export const socketIo: Candidate = {
  name: 'socket.io',
  argv: port => [file('socket-io.ts'), `${port}`],
  joined: '"welcome"',
  speech: [
    ...['--proto', 'ws', '--path', '/socket.io/?EIO=4&transport=websocket'],
    ...['--hello', '40', '--say', '42["say","%TEXT%"]', '--reply', '2=>3'],
  ],
}

export type Running = { readonly port: number; readonly pid: number; readonly stop: () => Promise<void> }

/** Under this Node, with nothing on stdin and stdout to nowhere: a console that nobody reads would fill its pipe. */
export async function start(candidate: Candidate): Promise<Running> {
  const port = await freePort()
  const [command = '', ...args] = placed('server', [process.execPath, ...candidate.argv(port)])
  const server = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  const kill = (): void => void server.kill('SIGKILL')
  const stop = async (): Promise<void> => {
    process.off('exit', kill)
    await end(server)
  }
  process.once('exit', kill)
  for (let tries = 0; tries < TRIES; tries++) {
    if (server.exitCode !== null) break
    if (await answers(port)) {
      await sleep(SETTLE_MS)
      return { port, pid: server.pid ?? 0, stop }
    }
    await sleep(TRY_MS)
  }
  await stop()
  throw new Error(`${candidate.name} does not listen on port ${port} (exit code ${server.exitCode})`)
}

const TRIES = 200
const TRY_MS = 50
/** Start-up is over by then: what is compiled in the background is compiled. */
const SETTLE_MS = 500

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const exited = once(server, 'exit')
  server.kill('SIGKILL')
  await exited
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const answers = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    const settle = (listens: boolean): void => {
      socket.destroy()
      resolve(listens)
    }
    socket.once('connect', () => settle(true)).once('error', () => settle(false))
  })
