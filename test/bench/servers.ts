/** The servers that are measured: how each is started, and the sign that a client is in. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { compiled } from './compiled.ts'
import { placed } from './machine.ts'
import { whenQuiet } from './quiet.ts'

export type Candidate = {
  readonly name: string
  /** The command. `folder`: an empty directory, gone when the server is. */
  readonly argv: (port: number, folder: string) => readonly string[]
  /** How the generator speaks to it, and in which line a client hears that it's in. */
  readonly speech: readonly string[]
  /** Clients that join at once; null: all. */
  readonly joining?: number | null
}

const OBJECTS = ['--hello', '{"type":"hello","name":"%NAME%"}', '--say', '{"type":"say","text":"%TEXT%"}']
const joined = (words: string): readonly string[] => ['--joined', words]
const LINES = ['--proto', 'ndjson', '--echo', ...OBJECTS, '--reply', '"type":"ping"=>{"type":"pong"}']
const FRAMES = ['--proto', 'ws', '--echo', ...OBJECTS]

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** One generator is all the clients, and sends as fast as it can. */
const UNBOUND = ['--rate', 'off', '--per-address', 'off']

const node = (...args: readonly string[]): readonly string[] => [process.execPath, ...args]

export const hosting = (port: number): readonly string[] =>
  node(file('../../dist/server.js'), ...['--host', '127.0.0.1', '--port', `${port}`], ...UNBOUND)

/** In memory, as the other servers are. */
export const rxchat: Candidate = {
  name: 'rxchat, memory',
  argv: port => [...hosting(port), '--ephemeral'],
  speech: [...LINES, ...joined('"type":"room"')],
}

/** The default: nothing is shown before it is on the disk. */
export const rxchatOnDisk: Candidate = {
  ...rxchat,
  name: 'rxchat, disk',
  argv: (port, folder) => [...hosting(port), '--data', folder],
}

/** The same, to clients that came by HTTP. */
export const rxchatWebSocket: Candidate = {
  ...rxchat,
  speech: [...FRAMES, '--path', '/ws', ...joined('"type":"room"')],
}

/** One thread that reads, and writes to everybody; nothing else. */
export const limit: Candidate = {
  name: 'limit (C)',
  argv: port => [compiled('peers/limit.c'), `${port}`],
  speech: ['--proto', 'ndjson', '--hello', '%NAME%', '--say', '%TEXT%', ...joined('OK')],
}

const configured = (template: string, port: number, folder: string): string => {
  const path = `${folder}/${template}`
  const text = readFileSync(file(`peers/${template}`), 'utf8')
  writeFileSync(path, text.replaceAll('@PORT@', `${port}`).replaceAll('@FOLDER@', folder))
  return path
}

/** It finishes registrations once a second, so all clients join at once. */
export const inspircd: Candidate = {
  name: 'inspircd',
  argv: (port, folder) => [
    ...['inspircd', '--runasroot', '--nofork', '--config'],
    configured('inspircd.conf', port, folder),
  ],
  speech: ['--proto', 'irc'],
  joining: null,
}

/** Its backlog is 10. */
export const ngircd: Candidate = {
  name: 'ngircd',
  argv: (port, folder) => ['ngircd', '-n', '-f', configured('ngircd.conf', port, folder)],
  speech: ['--proto', 'irc'],
  joining: 10,
}

export const naive: Candidate = {
  name: 'naive net',
  argv: port => node(file('peers/naive.ts'), `${port}`),
  speech: [...LINES, ...joined('"type":"welcome"')],
}

export const naiveWebSocket: Candidate = {
  name: 'ws',
  argv: port => node(file('peers/naive-websocket.ts'), `${port}`),
  speech: [...FRAMES, ...joined('"type":"welcome"')],
}

/** As Engine.IO has it: 40 opens, 42 is an event, 2 is a ping and 3 its pong. */
export const socketIo: Candidate = {
  name: 'socket.io',
  argv: port => node(file('peers/socket-io.ts'), `${port}`),
  speech: [
    ...['--proto', 'ws', '--echo', '--path', '/socket.io/?EIO=4&transport=websocket'],
    ...['--hello', '40', '--say', '42["say","%TEXT%"]', '--reply', '2=>3', ...joined('"welcome"')],
  ],
}

/** Whether its program is on this machine. */
export const isInstalled = ({ argv }: Candidate): boolean =>
  [inspircd, ngircd].every(peer => peer.argv !== argv) ||
  !spawnSync(argv === inspircd.argv ? 'inspircd' : 'ngircd', ['--version']).error

export type Running = {
  readonly port: number
  /** The ports of all servers of the room, if there are several. */
  readonly ports?: readonly number[]
  readonly pid: number
  readonly folder: string
  readonly stop: () => Promise<void>
}

/** Under this Node, with nothing on stdin and stdout to nowhere: a console that nobody reads would fill its pipe. */
export async function start(candidate: Candidate): Promise<Running> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'rxchat-bench-'))
  const [command = '', ...args] = placed('server', candidate.argv(port, folder))
  const server = spawn(command, args, {
    stdio: ['ignore', 'ignore', candidate.speech.includes('irc') ? 'ignore' : 'inherit'],
  })
  const kill = (): void => void server.kill('SIGKILL')
  const stop = async (): Promise<void> => {
    process.off('exit', kill)
    await end(server)
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', kill)
  for (let tries = 0; tries < TRIES; tries++) {
    if (server.exitCode !== null) break
    if (await answers(port)) {
      const { pid = 0 } = server
      // Its start goes on in the background: rehearsal and compilation belong to no measured work.
      await whenQuiet(pid)
      return { port, pid, folder, stop }
    }
    await sleep(TRY_MS)
  }
  await stop()
  throw new Error(`${candidate.name} does not listen on port ${port} (exit code ${server.exitCode})`)
}

const TRIES = 200
const TRY_MS = 50

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
