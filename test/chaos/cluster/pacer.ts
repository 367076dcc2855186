/** A client that says something at a steady pace, and measures how long each message waits for its acknowledgement. */
import { type Address, actor, type Talker } from '../talker.ts'

export type Pacer = {
  readonly talker: Talker
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
  const sent: number[] = []
  const waits: { readonly sent: number; readonly ms: number }[] = []
  const talker = actor(
    name,
    address,
    () => {
      const at = sent[waits.length]
      if (at !== undefined) waits.push({ sent: at, ms: performance.now() - at })
    },
    { room: PACE },
  )
  const timer = setInterval(() => {
    sent.push(performance.now())
    talker.say(`#${PACE}`, 0)
  }, PACE_MS)
  return {
    talker,
    stop: () => clearInterval(timer),
    longestSince: from => Math.max(0, ...waits.filter(({ sent: at, ms }) => at + ms >= from).map(({ ms }) => ms)),
  }
}
