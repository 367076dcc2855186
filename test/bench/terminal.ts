/** The cost of the drawn client: how soon it stands there, and its work while a room is loud. */
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Drawn, runOnScreen } from '../helpers/on-screen.ts'
import { type Speaker, speaker } from '../helpers/story.ts'
import type { Report } from './checks.ts'
import { goFirst, placed } from './machine.ts'
import { rxchat, start } from './servers.ts'
import { cores, median, type Sheet, sheet, summary, type Values } from './table.ts'

const LAUNCHER = fileURLToPath(new URL('../../bin/rxchat.js', import.meta.url))
const SIZE = { columns: 100, rows: 30 }
const STARTS = 10
/** Runs that fill Node's compile cache and the system's. */
const WARM_UP = 2
const LOUD_S = 30
const PER_SECOND = 1000
const BATCH_MS = 20
/** After this time, the memory of the room and V8's space for young objects no longer grow. */
const SETTLE_MS = 45_000
const KEY_MS = 120
const KEYS = [...'абвгдежзийклмнопрстуфхцчшщъыьэюя']
/** Clock ticks a second, as Linux counts them for programs. */
const TICKS = 100

const ms = (value: number): string => `${value.toFixed(0)} ms`

export async function terminal(progress: (what: string) => void): Promise<Report> {
  // The process that takes the times is not to wait itself.
  goFirst()
  const server = await start(rxchat)
  try {
    const first = await firstFrames(server.port)
    progress(`terminal: ${PER_SECOND} messages a second for ${LOUD_S} s`)
    const loud = await loudRoom(server.port)
    return { sheets: [report(first, loud)], wrong: [] }
  } finally {
    await server.stop()
  }
}

const open = (port: number, name: string): Drawn =>
  runOnScreen(placed('generator', [process.execPath, LAUNCHER, `127.0.0.1:${port}`, '--name', name]), SIZE, {
    XDG_STATE_HOME: '/nonexistent',
  })

/** Milliseconds from the start of the process to a frame with a prompt. */
async function firstFrames(port: number): Promise<Values> {
  const found: number[] = []
  for (let run = -WARM_UP; run < STARTS; run++) {
    const before = performance.now()
    const screen = open(port, 'starter')
    await screen.has('›')
    if (run >= 0) found.push(performance.now() - before)
    await screen.has('online')
    screen.type('\u{3}')
    await screen.ended
  }
  return found
}

type Loud = {
  /** Cores that the client took. */
  readonly cores: number
  /** Milliseconds from a key to the terminal, for each. */
  readonly keys: Values
  /** MiB, some seconds after the beginning and at the end. */
  readonly rss: readonly [number, number]
}

async function loudRoom(port: number): Promise<Loud> {
  const screen = open(port, 'reader')
  await screen.has('online')
  const loud = await speaker(port, 'loud')
  const until = performance.now() + SETTLE_MS + LOUD_S * 1000
  const talking = shout(loud, until)
  await sleep(SETTLE_MS)
  const [cpu, since, early] = [cpuOf(screen.pid), performance.now(), rssOf(screen.pid)]
  const keys = await keysTyped(screen, until)
  const used = (cpuOf(screen.pid) - cpu) / ((performance.now() - since) / 1000)
  const late = rssOf(screen.pid)
  await talking
  screen.kill()
  await screen.ended
  return { cores: used, keys, rss: [early, late] }
}

async function shout(loud: Speaker, until: number): Promise<void> {
  const began = performance.now()
  let said = 0
  while (performance.now() < until) {
    // As many as are due: a timer that is late makes up for it.
    for (const due = ((performance.now() - began) / 1000) * PER_SECOND; said < due; said++) {
      void loud.say(`message ${said}: ${'the quick brown fox jumps '.repeat(1 + (said % 4))}`)
    }
    await sleep(BATCH_MS)
  }
}

/** Letters that nobody else writes, one after another, each with the time until it is written to the terminal. */
async function keysTyped(screen: Drawn, until: number): Promise<Values> {
  const found: number[] = []
  let wait: { readonly key: string; readonly shown: () => void } | null = null
  screen.onShown(text => {
    if (wait && text.includes(wait.key)) wait.shown()
  })
  for (let k = 0; performance.now() < until; k++) {
    // Not after all of them: a line that began with the same letter as the one before need not be written anew.
    if (k % (KEYS.length - 1) === 0) screen.type('\u{15}')
    await sleep(KEY_MS)
    const key = KEYS[k % KEYS.length] ?? ''
    const before = performance.now()
    const shown = new Promise<void>(resolve => {
      wait = { key, shown: resolve }
    })
    screen.type(key)
    await shown
    found.push(performance.now() - before)
  }
  return found
}

/** Seconds of CPU time so far: user and system, the 14th and 15th field (proc(5)), after a name that may have blanks. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / TICKS
}

const rssOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024

function percentile(values: Values, share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

function report(first: Values, { cores: used, keys, rss: [early, late] }: Loud): Sheet {
  const row = (label: string, figure: string, goal: string, met: boolean): readonly string[] => [
    label,
    figure,
    goal,
    met ? 'met' : 'missed',
  ]
  const p95 = percentile(keys, 0.95)
  return sheet(
    [`the drawn client, ${SIZE.columns} by ${SIZE.rows}`, '', 'goal', ''],
    [
      row('first frame', summary(first, ms), '≤ 400 ms', median(first) <= 400),
      row(`cores, at ${PER_SECOND} messages a second`, cores(used), '≤ 0.5', used <= 0.5),
      row(`a key on the screen, p95 of ${keys.length}`, ms(p95), '≤ 50 ms', p95 <= 50),
      row(
        'memory at the beginning and after it',
        `${early.toFixed(0)}, ${late.toFixed(0)} MiB`,
        '≤ × 1.25',
        late <= early * 1.25,
      ),
    ],
  )
}
