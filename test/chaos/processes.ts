/**
 * The work during the trouble: clients talk, pipes come and go, members are kicked, processes are stopped for a while,
 * and the server is killed.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../simulation/random.ts'
import type { Fixture } from './fixture.ts'
import { type Pipe, pipe } from './pipe.ts'
import type { Place } from './talk.ts'
import { type Address, actor, bot, local, type Talker } from './talker.ts'
import { until } from './until.ts'

/** Messages that one client sends before it waits for an answer. */
const WINDOW = 4
/** Milliseconds between two messages of one client, at most. */
const THINK_MS = 250
/** Lines of one pipe, at most. */
const LINES = 20
/** Milliseconds until a client that is still there is kicked again. */
const KICK_AGAIN_MS = 500
/** Milliseconds for which a process is stopped, at most. */
const STOP_MS = 2500
/**
 * How many milliseconds, at most, a kill waits for some client to be answered, and how many the server is down then.
 */
const ANSWER_MS = 2000
const AWAY_MS = 1500

/** Sends messages as fast as they are answered, with pauses by chance. A `fickle` client also changes its name. */
export async function talk(
  talker: Talker,
  by: Random,
  { places, isFickle }: { readonly places: readonly Place[]; readonly isFickle: boolean },
  over: AbortSignal,
): Promise<void> {
  for (let k = 1; !over.aborted; k++) {
    if (talker.waiting() < WINDOW) talker.say(by.pick(places), sizeBy(by))
    if (isFickle && by.chance(0.05)) talker.rename(`${talker.name}.${k}`)
    await sleep(by.below(THINK_MS))
  }
}

/** One pipe after another, each with a few lines. */
export async function pipeOn(
  name: string,
  by: Random,
  address: () => Address,
  over: AbortSignal,
  ended: (one: Pipe, code: unknown) => void,
): Promise<void> {
  for (let k = 1; !over.aborted; k++) {
    const one = pipe(`${name}.${k}`, address())
    for (let lines = by.below(LINES); lines > 0 && !over.aborted; lines--) {
      one.say(sizeBy(by))
      await sleep(by.below(THINK_MS))
    }
    ended(one, await one.end())
  }
}

/** One client after another sends a few messages. The host kicks each until it is gone. */
export async function kickSome(
  fixture: Fixture,
  by: Random,
  over: AbortSignal,
  ended: (guest: Talker, code: unknown) => void,
): Promise<void> {
  for (let k = 1; !over.aborted; k++) {
    const guest = by.pick([actor, bot])(`guest-${k}`, local(fixture.port), () => {})
    let isThere = true
    const gone = guest.ended.then(code => {
      isThere = false
      ended(guest, code)
    })
    await until('the guest is in', () => guest.ear.since.has('lobby') || !isThere)
    for (let lines = 1 + by.below(4); lines > 0; lines--) guest.say('#lobby', sizeBy(by))
    await sleep(by.below(2 * THINK_MS))
    // The server may be down, or be killed before it has kicked.
    while (isThere) {
      fixture.type(`KICK ${guest.name} enough`)
      await Promise.race([gone, sleep(KICK_AGAIN_MS)])
    }
  }
}

/** Stops one process after another. Resolves with the number of stops. */
export async function stopSome(pids: readonly number[], by: Random, over: AbortSignal): Promise<number> {
  let stops = 0
  for (; pids.length > 0 && !over.aborted; stops++) {
    const pid = by.pick(pids)
    process.kill(pid, 'SIGSTOP')
    await sleep(by.below(STOP_MS))
    process.kill(pid, 'SIGCONT')
    await sleep(by.below(STOP_MS / 4))
  }
  return stops
}

/**
 * Usually kills just after some client was answered, so that more is on its way. Sometimes kills soon after a start.
 */
export async function killAtSomeMoment(
  fixture: Fixture,
  by: Random,
  pause: number,
  nextAnswer: () => Promise<void>,
): Promise<void> {
  if (!by.chance(0.15)) {
    await sleep(by.below(2 * pause))
    await Promise.race([nextAnswer(), sleep(ANSWER_MS)])
  }
  for (let turns = by.below(60); turns > 0; turns--) await new Promise(resolve => setImmediate(resolve))
  await fixture.kill()
  await sleep(by.chance(0.5) ? 0 : by.below(AWAY_MS))
  await fixture.start()
}

/** Usually a line; sometimes up to the longest text, so that a ring does not reach far back. */
const sizeBy = (by: Random): number => (by.chance(0.2) ? by.below(8000) : by.below(200))
