/** A client that says something at a steady pace, and measures how long each message waits for its acknowledgement. */
import type { Dialer } from '../../../src/port/dialer.ts'
import { type Address, actor, dialerOf, type Talker } from '../talker.ts'

export type Pacer = {
  readonly talker: Talker
  /** The node that it's at, or that it tries. */
  readonly at: () => string
  /** Says nothing more. */
  readonly stop: () => void
  /** The longest wait, in milliseconds, of a message that was sent, or acknowledged, since then. */
  readonly longestSince: (from: number) => number
}

/** A room of their own: the original's clients couldn't follow their pace. */
export const PACE = 'pace'
const PACE_MS = 50

/** `from` is on the clock of `performance.now()`. */
export function pacer(name: string, address: Address): Pacer {
  let at: string = address
  const atHome = dialerOf(address)
  const dial: Dialer = other => {
    at = other ?? address
    return atHome(other)
  }
  const sent: number[] = []
  const waits: { readonly sent: number; readonly ms: number }[] = []
  const talker = actor(
    name,
    address,
    () => {
      const at = sent[waits.length]
      if (at !== undefined) waits.push({ sent: at, ms: performance.now() - at })
    },
    { room: PACE, dial },
  )
  const timer = setInterval(() => {
    sent.push(performance.now())
    talker.say(`#${PACE}`, 0)
  }, PACE_MS)
  return {
    talker,
    at: () => at,
    stop: () => clearInterval(timer),
    longestSince: from => Math.max(0, ...waits.filter(({ sent: at, ms }) => at + ms >= from).map(({ ms }) => ms)),
  }
}
