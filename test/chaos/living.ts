/**
 * A run of `rxchat --live`: programs write through `tee` into live messages, while the client, or the server, is killed.
 * Then each output is compared with the file that `tee` wrote.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { random } from '../simulation/random.ts'
import { counted } from './end.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { until } from './until.ts'

export type LivingOptions = {
  readonly directory: string
  readonly folder: string
  readonly seed: string
  readonly kills: number
}

type Victim = 'client' | 'server'

export type LivingReport = {
  readonly wrong: readonly string[]
  readonly kills: ReadonlyMap<Victim, number>
  /**
   * Outputs that were equal to those of `tee`, and those that were the beginning of it, since their client was killed.
   */
  readonly equal: number
  readonly begun: number
  readonly bytes: number
}

const FLAGS = ['--rate', 'off', '--per-address', 'off', '--grace', '12']
const CLIENTS = 6
/** Bytes of one output, at most, and how long a program writes it, in milliseconds. */
const BYTES_MAX = 400_000
const WRITING_MS = 8000

/** Writes bytes by chance, of every value, in pieces of any size. */
const WRITER = `
let [seed, left, ms] = process.argv.slice(2).map(Number)
const next = below => (seed = (seed * 1103515245 + 12345) % 2147483648) % below
const pieces = Math.max(1, ms / 20)
const size = Math.ceil(left / pieces)
const write = () => {
  if (left <= 0) return
  const bytes = Buffer.from(Array.from({ length: Math.min(left, 1 + next(2 * size)) }, () => next(7) === 0 ? 10 : next(256)))
  left -= bytes.length
  process.stdout.write(bytes, () => setTimeout(write, next(40)))
}
write()
`

type Writing = {
  readonly title: string
  readonly file: string
  /** The shell with the whole pipe; the process id of its client. */
  readonly child: ChildProcess
  readonly pidFile: string
  /** Of the server: a client has it in its name. */
  readonly address: string
  readonly ended: Promise<number | null>
  killed: boolean
}

export async function liveUnderKills(
  { directory, folder, seed, kills }: LivingOptions,
  progress: (what: string) => void,
): Promise<LivingReport> {
  const by = random(seed)
  mkdirSync(folder, { recursive: true })
  const writer = join(folder, 'writer.mjs')
  writeFileSync(writer, WRITER)
  const fixture = await openFixture(directory, FLAGS)
  const done: Victim[] = []
  const wrong: string[] = []
  let [equal, begun, bytes] = [0, 0, 0]
  for (let round = 1; done.length < kills; round++) {
    const writings = Array.from({ length: CLIENTS }, (_, k) => begin(fixture, folder, writer, `live-${round}-${k}`, by))
    await until('all have begun', async () => (await told(fixture)).filter(ofRound(writings)).length === CLIENTS)
    for (let k = 0; k < CLIENTS && done.length < kills; k++) {
      await sleep(by.below(WRITING_MS / 2))
      done.push(await killSomething(k))
    }
    for (const one of writings) {
      const code = await one.ended
      if (!one.killed && code !== 0) wrong.push(`${one.title}: exit code ${code}`)
    }
    await until('the interrupted ones have ended', () => isOver(fixture, writings))
    for (const one of writings) {
      const got = await outputOf(fixture, one.title)
      const written = readFileSync(one.file)
      bytes += got.length
      if (one.killed ? written.subarray(0, got.length).equals(got) : written.equals(got)) {
        if (one.killed) begun += 1
        else equal += 1
      } else wrong.push(`${one.title}: ${got.length} bytes, and tee wrote ${written.length}`)
    }
    if (round % 5 === 0) progress(`kill ${done.length} of ${kills}, ${equal} equal`)

    async function killSomething(k: number): Promise<Victim> {
      const one = writings[k] as Writing
      // First, while they all write; the others are left to be equal.
      if (k < CLIENTS / 2 && by.next() < 0.6 && killClient(one)) return 'client'
      await fixture.kill()
      await sleep(by.below(500))
      await fixture.start()
      return 'server'
    }
  }
  await fixture.stop()
  return { wrong, kills: counted(done), equal, begun, bytes }
}

/** `program | tee FILE | rxchat --live`. The shell says which process the client is. */
function begin(
  fixture: Fixture,
  folder: string,
  writer: string,
  title: string,
  by: ReturnType<typeof random>,
): Writing {
  const [file, pidFile] = [join(folder, title), join(folder, `${title}.pid`)]
  const launcher = fileURLToPath(new URL('../../bin/rxchat.js', import.meta.url))
  const rxchat = `${process.execPath} ${launcher} 127.0.0.1:${fixture.port} --name ${title} --title ${title} --live --patience off`
  const program = `${process.execPath} ${writer} ${1 + by.below(1e9)} ${1 + by.below(BYTES_MAX)} ${WRITING_MS}`
  const script = `${program} | tee ${file} | sh -c 'echo $$ > ${pidFile}; exec ${rxchat}'`
  const env = { ...process.env, XDG_STATE_HOME: join(folder, 'home') }
  const child = spawn('sh', ['-c', script], { stdio: ['ignore', 'ignore', 'inherit'], env })
  const ended = once(child, 'close').then(([code]) => code as number | null)
  return { title, file, child, pidFile, address: `127.0.0.1:${fixture.port}`, ended, killed: false }
}

/** False: it hasn't begun, or has ended. */
function killClient(one: Writing): boolean {
  try {
    const pid = Number(readFileSync(one.pidFile, 'utf8'))
    // Its number may be another's by now; and 0 would be this process and all others of its group.
    if (one.child.exitCode !== null || pid <= 1 || !commandOf(pid).includes(one.address)) return false
    process.kill(pid, 'SIGKILL')
    one.killed = true
    return true
  } catch {
    return false
  }
}

const commandOf = (pid: number): string => readFileSync(`/proc/${pid}/cmdline`, 'utf8')

type Told = { readonly seq: number; readonly text: string; readonly live?: { readonly end?: object } }

let readers = 0

/** The latest messages of the lobby that are live. */
async function told(fixture: Fixture): Promise<readonly Told[]> {
  const socket = connect(fixture.port, '127.0.0.1')
  socket.write(`{"type":"hello","name":"reader-${++readers}","history":0}\n{"type":"history","n":1,"limit":200}\n`)
  try {
    for await (const line of createInterface({ input: socket })) {
      const { type, messages } = JSON.parse(line) as { readonly type: string; readonly messages: readonly Told[] }
      if (type === 'history') return messages.filter(({ live }) => live !== undefined)
    }
    return []
  } finally {
    socket.destroy()
  }
}

const ofRound =
  (writings: readonly Writing[]) =>
  ({ text }: Told): boolean =>
    writings.some(({ title }) => title === text)

async function isOver(fixture: Fixture, writings: readonly Writing[]): Promise<boolean> {
  const all = await told(fixture)
  const own = all.filter(ofRound(writings))
  return own.length > 0 && own.every(({ live }) => live?.end !== undefined)
}

async function outputOf(fixture: Fixture, title: string): Promise<Buffer> {
  const found = (await told(fixture)).find(({ text }) => text === title)
  if (!found) throw new Error(`there is no message ${title}`)
  const launcher = fileURLToPath(new URL('../../bin/rxchat.js', import.meta.url))
  const args = [launcher, `127.0.0.1:${fixture.port}`, '--name', 'getter', '--get', `${found.seq}`]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const parts: Buffer[] = []
  child.stdout.on('data', (part: Buffer) => parts.push(part))
  await once(child, 'close')
  return Buffer.concat(parts)
}
