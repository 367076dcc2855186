/**
 * Readers that are stopped (SIGSTOP) in a busy room, and go on later. The run shows their cost for the server
 * meanwhile, whether the other clients notice, and whether the readers have everything in the end, or a stated gap.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { check, type Verdict } from './check.ts'
import { openFixture } from './fixture.ts'
import { MARKER, type Testimony } from './record.ts'
import { type Sample, takeSample } from './sample.ts'
import { readTalk } from './talk.ts'
import { actor, bot, local, type Talker } from './talker.ts'
import { readTruth } from './truth.ts'
import { until } from './until.ts'

/** Messages that are sent while readers are stopped: texts of so many bytes. */
type Said = {
  readonly bytes: number
  readonly during: { readonly messages: number } | { readonly minutes: number } | 'as long as they are kept'
}
type Spoken = { readonly messages: number; readonly bytes: number }
type Round = Spoken & { readonly name: string; readonly ms: number }

export type Options = {
  readonly directory: string
  readonly readers: number
  /** In a `calm` round nobody is stopped: it shows the cost of the talk alone. */
  readonly rounds: readonly { readonly name: string; readonly calm?: true; readonly said: readonly Said[] }[]
}

export type Report = Verdict & {
  readonly samples: readonly Sample[]
  readonly rounds: readonly Round[]
  readonly stopped: readonly Testimony[]
  readonly others: readonly Testimony[]
}

/** A small heap, so that the server's memory is memory that it needs. */
const FRUGALLY = { NODE_OPTIONS: '--max-semi-space-size=1 --max-old-space-size=64' }
/** A sample is taken after so much time, or after so many bytes: fewer than a ring holds. */
const SAMPLE_MS = 250
const SAMPLE_BYTES = 100_000
/** Milliseconds between messages in a room that is busy for minutes. */
const PAUSE_MS = 5
/** Messages that one client sends before it waits for the answers. */
const WINDOW = 32

export async function stopReaders(options: Options, progress: (what: string) => void): Promise<Report> {
  const { directory, readers } = options
  const fixture = await openFixture(directory, ['--rate', 'off', '--per-address', 'off', '--grace', '2'], FRUGALLY)
  let answered = (): void => {}
  const named = (kind: string, count: number, make: (name: string) => Talker): Talker[] =>
    Array.from({ length: count }, (_, k) => make(`${kind}-${k + 1}`))
  const still = named('still', readers, name => bot(name, local(fixture.port), () => {}))
  const watching = named('watching', 2, name => bot(name, local(fixture.port), () => {}))
  const talking = named('talking', 2, name => actor(name, local(fixture.port), () => answered()))
  const marker = actor(MARKER, local(fixture.port), () => {})
  const all = [...still, ...watching, ...talking, marker]
  await until('all are in', () => all.every(({ ear }) => ear.since.has('lobby')))

  const samples: Sample[] = []
  const rounds: Round[] = []
  for (const { name, calm = false, said } of options.rounds) {
    progress(name)
    const began = Date.now()
    await look(`${name}: before`)
    if (!calm) signal('SIGSTOP')
    const spoken: Spoken[] = []
    for (const what of said) spoken.push(await speak(name, what))
    signal('SIGCONT')
    await allAreBack()
    marker.say('#lobby', 0)
    await until('all have heard the end of the round', () => all.every(one => lastMark(one) > rounds.length))
    await look(`${name}: after`)
    const sum = (of: keyof Spoken): number => spoken.reduce((all, one) => all + one[of], 0)
    rounds.push({ name, messages: sum('messages'), bytes: sum('bytes'), ms: Date.now() - began })
  }
  for (const one of all) await one.leave()
  await fixture.stop()
  const testimonies = (talkers: readonly Talker[]): Testimony[] => talkers.map(one => one.testimony())
  const [stopped, others] = [testimonies(still), testimonies([...watching, ...talking, marker])]
  return { ...check(await readTruth(directory), [...stopped, ...others]), samples, rounds, stopped, others }

  /** The other clients send it, as fast as they are answered, or for minutes with pauses. */
  async function speak(round: string, { bytes, during }: Said): Promise<Spoken> {
    const began = Date.now()
    let messages = 0
    let sampledAt = { bytes: 0, ms: began }
    while (!isOver(during, messages, Date.now() - began, samples.at(-1))) {
      const talker = talking[messages++ % talking.length] as Talker
      talker.say('#lobby', bytes)
      if (talker.waiting() >= WINDOW) {
        await new Promise<void>(resolve => {
          answered = resolve
        })
      }
      if (typeof during === 'object' && 'minutes' in during) await sleep(PAUSE_MS)
      const isDue = messages * bytes - sampledAt.bytes > SAMPLE_BYTES || Date.now() - sampledAt.ms > SAMPLE_MS
      if (!isDue) continue
      await look(`${round}: stopped`)
      sampledAt = { bytes: messages * bytes, ms: Date.now() }
    }
    await until('all is answered', () => talking.every(talker => talker.waiting() === 0))
    await look(`${round}: stopped`)
    return { messages, bytes: messages * bytes }
  }

  /** Until each of them has a connection again, and has taken the written bytes. */
  async function allAreBack(): Promise<void> {
    for (;;) {
      const { readers } = await takeSample(fixture, 'coming back', still)
      if (readers.every(({ state }) => state === 'here')) return
      await sleep(SAMPLE_MS)
    }
  }

  function signal(what: NodeJS.Signals): void {
    for (const { pid } of still) if (pid !== null) process.kill(pid, what)
  }

  async function look(when: string): Promise<void> {
    samples.push(await takeSample(fixture, when, still))
  }
}

function isOver(during: Said['during'], messages: number, ms: number, last: Sample | undefined): boolean {
  if (during === 'as long as they are kept') {
    return last?.readers.every(({ state }) => state === 'away' || state === 'gone') ?? false
  }
  return 'messages' in during ? messages >= during.messages : ms > during.minutes * 60_000
}

/** The number of the marker's latest message that it got. */
function lastMark({ ear }: Talker): number {
  for (const one of ear.heard.slice(-100).reverse()) {
    const talk = one.is === 'message' ? readTalk(one.text) : null
    if (talk?.author === MARKER) return talk.n
  }
  return 0
}
