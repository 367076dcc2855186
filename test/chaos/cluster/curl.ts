/** Programs with a token: one that posts with curl, and one that listens with curl. Each goes to another node when one fails. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { readReply } from '../../../src/codec/native/reply.ts'
import type { Random } from '../../simulation/random.ts'
import { Ear, type Fate, MARKER, type Testimony } from '../record.ts'
import { readTalk, writeTalk } from '../talk.ts'
import type { Address } from '../talker.ts'

/** Seconds that one request may take. */
const PATIENCE_S = 5
const THINK_MS = 1000
const AGAIN_MS = 300

/** Runs curl. Resolves with all that it printed. */
function curl(
  args: readonly string[],
  line: (text: string) => void = () => {},
): { ended: Promise<string>; stop: () => void } {
  const child = spawn('curl', ['--silent', '--no-buffer', ...args], { stdio: ['ignore', 'pipe', 'ignore'] })
  let printed = ''
  createInterface({ input: child.stdout }).on('line', text => {
    printed += `${text}\n`
    line(text)
  })
  const ended = new Promise<string>(resolve => child.once('close', () => resolve(printed)))
  return { ended, stop: () => void child.kill('SIGKILL') }
}

/** Posts again, at the next node, with the same key, until it knows the outcome. `name` is the token's. */
export async function post(
  name: string,
  token: string,
  addresses: readonly Address[],
  by: Random,
  over: AbortSignal,
): Promise<Testimony> {
  const said: { readonly text: string; readonly fate: Fate }[] = []
  const acknowledged: number[] = []
  let turn = by.below(addresses.length)
  while (!over.aborted) {
    const n = said.length + 1
    const text = writeTalk({ author: name, n, place: '#lobby' })
    let seq: number | null = null
    while (seq === null) {
      seq = await postOnce(`http://${addresses[turn % addresses.length]}`, text, `${name}-${n}`)
      if (seq === null) turn++
      await sleep(seq === null ? AGAIN_MS : by.below(THINK_MS))
    }
    said.push({ text, fate: 'done' })
    acknowledged.push(seq)
  }
  return { name, said, acknowledged, heard: [], since: new Map(), members: [] }

  async function postOnce(url: string, text: string, key: string): Promise<number | null> {
    const printed = await curl([
      ...['--max-time', `${PATIENCE_S}`, '--header', `Authorization: Bearer ${token}`],
      ...['--header', `Idempotency-Key: ${key}`, '--header', 'Content-Type: application/json'],
      ...['--data', JSON.stringify({ text }), `${url}/api/rooms/lobby/messages`],
    ]).ended
    const { seq } = (printed === '' ? {} : JSON.parse(printed)) as { readonly seq?: number }
    return seq ?? null
  }
}

/** Listens, and goes on elsewhere with the last id, until it has heard the end. */
export async function listen(
  name: string,
  token: string,
  addresses: readonly Address[],
  over: AbortSignal,
): Promise<Testimony> {
  const ear = new Ear()
  /** The last event that came whole, and the id in the event that is coming. */
  let last: string | null = null
  let coming: string | null = null
  let hasHeardTheEnd = false
  for (let turn = 0; !hasHeardTheEnd; turn++) {
    const resuming = last === null ? [] : ['--header', `Last-Event-ID: ${last}`]
    const { ended, stop } = curl(
      [
        '--header',
        `Authorization: Bearer ${token}`,
        ...resuming,
        `http://${addresses[turn % addresses.length]}/api/rooms/lobby/events`,
      ],
      line => {
        clearTimeout(silence)
        silence = setTimeout(stop, SILENCE_MS)
        if (line.startsWith('id: ')) coming = line.slice(4)
        if (line === '') last = coming ?? last
        if (line.startsWith('data: ')) hear(line.slice(6), stop)
      },
    )
    let silence = setTimeout(stop, SILENCE_MS)
    await ended
    clearTimeout(silence)
    await sleep(AGAIN_MS)
  }
  return { name, said: [], acknowledged: [], heard: ear.heard, since: ear.since, members: [] }

  function hear(data: string, stop: () => void): void {
    const object = JSON.parse(data) as { readonly type: string; readonly seq: number; readonly text?: string }
    if (object.type === 'welcome') {
      if (!ear.since.has('lobby')) ear.since.set('lobby', object.seq)
      return
    }
    const reply = object.type === 'gap' ? (object as never) : readReply(data)
    if (reply) ear.hear({ reply, replayed: true })
    if (over.aborted && readTalk(object.text ?? '')?.author === MARKER) {
      hasHeardTheEnd = true
      stop()
    }
  }
}

/** A comment comes every 15 seconds. A client that hears nothing for longer asks elsewhere. */
const SILENCE_MS = 20_000
