/**
 * A run of `rxchat --cursor`: several programs take turns with one cursor, while the command that handles a message, one
 * of the programs, or the server is killed again and again. Then it's checked that nothing was skipped.
 */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Random, random } from '../simulation/random.ts'
import { counted } from './end.ts'
import { openFixture } from './fixture.ts'
import { type Process, run } from './process.ts'
import { readTruth } from './truth.ts'
import { until } from './until.ts'

export type ConsumingOptions = {
  readonly directory: string
  readonly folder: string
  readonly seed: string
  readonly kills: number
}

export const VICTIMS = ['handler', 'client', 'server'] as const
type Victim = (typeof VICTIMS)[number]

export type ConsumingReport = {
  readonly wrong: readonly string[]
  readonly kills: ReadonlyMap<Victim, number>
  readonly messages: number
  /** Messages that were handled once, and the repeats of the others. */
  readonly once: number
  readonly repeats: number
  /** Turns that programs have begun. */
  readonly turns: number
}

const NAME = 'etl'
const TALKER = 'talker'
/** The sessions of killed programs are forgotten soon. */
const FLAGS = ['--rate', 'off', '--per-address', 'off', '--grace', '10']
/** Milliseconds that a kill waits for something to be handled, so that it comes in the middle of work. */
const PROGRESS_MS = 7000
const THINK_MS = 60

/** Says which message it has begun, by its number, and that it has handled it. Between the two it may be killed. */
const HANDLER = `#!/bin/sh
# The program may be killed before it has written all of the line.
read -r line || exit 1
echo > "$PIDS/$$"
sleep 0.0$((3 + $$ % 7))
printf '%s\\n' "$line" >> "$HANDLED"
rm -f "$PIDS/$$"
`
const LASTING = `#!/bin/sh
echo > "$PIDS/$$"
while read -r line; do
  seq=\${line#*'"seq":'}
  seq=\${seq%%,*}
  printf '%s\\n' "$line" >> "$HANDLED"
  echo "ok $seq"
done
rm -f "$PIDS/$$"
`

export async function consumeUnderKills(
  { directory, folder, seed, kills }: ConsumingOptions,
  progress: (what: string) => void,
): Promise<ConsumingReport> {
  const by = random(seed)
  const [pids, handled] = [join(folder, 'pids'), join(folder, 'handled')]
  mkdirSync(pids, { recursive: true })
  writeFileSync(handled, '')
  const commands = { each: scriptIn(folder, 'each.sh', HANDLER), lasting: scriptIn(folder, 'lasting.sh', LASTING) }
  const fixture = await openFixture(directory, FLAGS)
  const address = `127.0.0.1:${fixture.port}`
  const env = { PIDS: pids, HANDLED: handled }
  const registering = run('rxchat', [address, '--name', NAME, '--register'], () => {})
  registering.hush()
  await registering.ended

  let turns = 0
  const begin = (lasting: boolean): Process => {
    const how = lasting ? ['--lasting', '--exec', commands.lasting] : ['--exec', commands.each]
    const args = [address, '--name', NAME, '--patience', 'off', '--cursor', NAME, '--since', '0', ...how]
    return run('rxchat', args, () => {}, env)
  }
  const programs = [begin(false), begin(true), begin(false)]
  const talker = run('rxchat', [address, '--name', TALKER, '--patience', 'off'], () => {})
  let said = 0
  const trouble = new AbortController()
  const talking = (async () => {
    const pace = random(`${seed} talker`)
    while (!trouble.signal.aborted) {
      talker.type(`message ${++said}`)
      await sleep(pace.below(2 * THINK_MS))
    }
  })()
  const done: Victim[] = []
  for (let kill = 1; kill <= kills; kill++) {
    for (const [k, one] of programs.entries()) if (hasEnded(one)) programs[k] = begin(k === 1)
    await someProgress(handled, by)
    const victim = await killSomething(by)
    done.push(victim)
    if (kill % 25 === 0) progress(`kill ${kill} of ${kills}, ${linesIn(handled).length} handled`)
  }
  trouble.abort()
  await talking
  for (const [k, one] of programs.entries()) if (hasEnded(one)) programs[k] = begin(k === 1)
  progress('no trouble any more')
  talker.hush()
  await talker.ended
  const messages = (await lastOf()) ?? 0
  // However much is left: as long as it goes on.
  while (!linesIn(handled).some(({ seq }) => seq === messages)) {
    const { size } = statSync(handled)
    await until(
      'more is handled',
      () => statSync(handled).size > size,
      () => programs.flatMap(({ complaints }) => complaints.slice(-3)),
    )
  }
  for (const one of programs) {
    turns += one.complaints.filter(line => line.includes('are handled here')).length
    one.child.kill('SIGTERM')
    await one.ended
  }
  await fixture.stop()
  return { ...(await judged(directory, handled)), kills: counted(done), turns }

  /** The number of the last message. */
  async function lastOf(): Promise<number | undefined> {
    const lines: string[] = []
    const asking = run('rxchat', [address, '--name', NAME, '--json', '--since', '0'], text => lines.push(text))
    asking.hush()
    await asking.ended
    return lines.flatMap(text => (text.includes('"type":"said"') ? [Number(JSON.parse(text).seq)] : [])).at(-1)
  }

  async function killSomething(how: Random): Promise<Victim> {
    const draw = how.next()
    if (draw < 0.6 && (await killOne(pids, how))) return 'handler'
    if (draw < 0.8) {
      const k = how.below(programs.length)
      const one = programs[k] as Process
      turns += one.complaints.filter(line => line.includes('are handled here')).length
      one.child.kill('SIGKILL')
      await one.ended
      programs[k] = begin(k === 1)
      return 'client'
    }
    await fixture.kill()
    await fixture.start()
    return 'server'
  }
}

/** One that was begun while the server was down has ended at once. */
const hasEnded = ({ child }: Process): boolean => child.exitCode !== null

/** One may just be about to begin. False: none did, for a while. */
async function killOne(pids: string, how: Random): Promise<boolean> {
  for (let tries = 0; tries < 50; tries++) {
    const running = readdirSync(pids).map(Number).filter(isRunning)
    if (running.length > 0 && tryKill(how.pick(running))) return true
    await sleep(20)
  }
  return false
}

const isRunning = (pid: number): boolean => existsSync(`/proc/${pid}`)

function scriptIn(folder: string, name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  chmodSync(path, 0o755)
  return path
}

function tryKill(pid: number): boolean {
  try {
    process.kill(pid, 'SIGKILL')
    return true
  } catch {
    return false
  }
}

/** Until something more was handled, and a moment longer. */
async function someProgress(handled: string, by: Random): Promise<void> {
  const before = statSync(handled).size
  const end = performance.now() + PROGRESS_MS
  while (statSync(handled).size === before && performance.now() < end) await sleep(20)
  await sleep(by.below(120))
}

type Line = { readonly seq: number; readonly text: string; readonly from: string; readonly type: string }

const linesIn = (path: string): readonly Line[] =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .slice(0, -1)
        .map(line => JSON.parse(line) as Line)
    : []

/** Every message was handled, in order; a message handled again was the same. */
async function judged(
  directory: string,
  handled: string,
): Promise<Pick<ConsumingReport, 'wrong' | 'messages' | 'once' | 'repeats'>> {
  const { messages } = await readTruth(directory)
  return judge(
    messages.filter(({ room }) => room === 'lobby'),
    linesIn(handled),
  )
}

export function judge(
  truth: readonly { readonly seq: number; readonly text: string }[],
  lines: readonly Pick<Line, 'seq' | 'text' | 'type'>[],
): Pick<ConsumingReport, 'wrong' | 'messages' | 'once' | 'repeats'> {
  const wrong: string[] = []
  const texts = new Map(truth.map(({ seq, text }) => [seq, text]))
  const times = new Map<number, number>()
  let last = 0
  for (const { seq, text, type } of lines) {
    if (type !== 'said' || texts.get(seq) !== text) wrong.push(`${type} ${seq} was handled, and is another message`)
    const before = times.get(seq) ?? 0
    times.set(seq, before + 1)
    if (before === 0 && seq < last) wrong.push(`message ${seq} was handled for the first time after ${last}`)
    last = Math.max(last, seq)
  }
  for (const { seq, text } of truth) if (!times.has(seq)) wrong.push(`message ${seq} was skipped: ${text.slice(0, 40)}`)
  const once = [...times.values()].filter(count => count === 1).length
  const repeats = [...times.values()].reduce((sum, count) => sum + count - 1, 0)
  return { wrong, messages: truth.length, once, repeats }
}
