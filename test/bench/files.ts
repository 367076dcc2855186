/**
 * The cost of uploads for people who talk meanwhile: how soon a message is heard, without and beside them, in turns.
 */
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Report } from './checks.ts'
import { rxchatOnDisk, start } from './servers.ts'
import { milliseconds, sheet } from './table.ts'
import { enter, FILE_BYTES, FILES, type Visitor } from './visitor.ts'

const READERS = 20
/** Messages of the speaker, and milliseconds between two. */
const MESSAGES = 600
const EVERY_MS = 10
const RUNS_MIN = 3
/** By how much the slowest hundredth may be later. */
const MOST = 1.2

export async function files(reps: number, progress: (what: string) => void): Promise<Report> {
  const [without, beside]: [number[], number[]] = [[], []]
  const seconds: number[] = []
  for (let rep = 0; rep < Math.max(RUNS_MIN, reps); rep++) {
    progress(`files: run ${rep + 1}`)
    const server = await start(rxchatOnDisk)
    try {
      const speaker = await enter(server.port, 'speaker')
      for (let k = 0; k < READERS; k++) (await enter(server.port, `reader${k}`)).socket.resume()
      without.push(...(await talk(speaker)))
      const talking = talk(speaker)
      seconds.push(await upload(server.port))
      beside.push(...(await talking))
    } finally {
      await server.stop()
    }
  }
  const at = (all: readonly number[], share: number): number =>
    [...all].sort((a, b) => a - b)[Math.floor(share * (all.length - 1))] ?? 0
  const row = (name: string, share: number) => {
    const [a, b] = [at(without, share), at(beside, share)]
    const verdict = share === 0.99 ? [`≤ ${MOST} times`, b <= a * MOST ? 'met' : 'missed'] : ['', '']
    return [name, ...[a, b].map(ms => milliseconds(ms * 1000)), `${(b / a).toFixed(2)} times`, ...verdict]
  }
  const rate = (FILES * FILE_BYTES) / 1e6 / at(seconds, 0.5)
  const head = [`a message beside ${FILES} uploads of 1 MB`, 'without', 'beside', '', 'goal', '']
  const rows = [row('median', 0.5), row('p99', 0.99), [`uploads: ${rate.toFixed(0)} MB a second`, '', '', '', '', '']]
  return { sheets: [sheet(head, rows)], wrong: [] }
}

/** Milliseconds until the speaker hears each of its messages. */
async function talk({ socket }: Visitor): Promise<readonly number[]> {
  const sent = new Map<string, number>()
  const heard: number[] = []
  let rest = ''
  const hear = (bytes: Buffer): void => {
    const lines = (rest + String(bytes)).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const id = /"text":"(talk \d+)/.exec(line)?.[1] ?? ''
      const begun = sent.get(id)
      if (begun !== undefined) heard.push(performance.now() - begun)
      sent.delete(id)
    }
  }
  socket.on('data', hear)
  for (let k = 0; k < MESSAGES; k++) {
    sent.set(`talk ${k}`, performance.now())
    socket.write(
      `{"type":"say","text":"talk ${k} of a hundred bytes or so, as people write them to one another all day"}\n`,
    )
    await sleep(EVERY_MS)
  }
  while (sent.size > 0) await sleep(EVERY_MS)
  socket.off('data', hear)
  return heard
}

/** Seconds for all of them. They come from a thread of their own, so that the clock of the talkers isn't held up. */
async function upload(port: number): Promise<number> {
  const worker = new Worker(new URL('./uploading.ts', import.meta.url), { workerData: { port } })
  const [seconds] = (await once(worker, 'message')) as [number]
  return seconds
}
