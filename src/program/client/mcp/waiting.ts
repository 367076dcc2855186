/** Waits with an end, and says now and then that it still waits. */
import { Trouble } from './api.ts'

/** `progress` tells the agent that a tool still waits. */
export type Call = { readonly signal: AbortSignal; readonly progress: (message: string) => void }

/** Milliseconds between two signs of progress for the agent. */
const PROGRESS_MS = 2000

/** Waits at once: each is a connection to the server, and a token may have 32. */
const WAITS_MAX = 8
let waits = 0

/** `listen` ends by itself, or with its signal after so many seconds. Rejects if the agent has given up. */
export async function within(
  seconds: number,
  { signal, progress }: Call,
  what: string,
  listen: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  if (waits >= WAITS_MAX)
    throw new Trouble(`You are waiting ${WAITS_MAX} times already. Let one of these waits end first.`)
  waits += 1
  const over = AbortSignal.timeout(Math.max(1, seconds * 1000))
  const begun = performance.now()
  const telling = setInterval(() => {
    progress(`has waited ${Math.round((performance.now() - begun) / 1000)} of ${seconds} seconds ${what}`)
  }, PROGRESS_MS)
  try {
    await listen(AbortSignal.any([signal, over]))
  } catch (error) {
    // The time is over: that's an answer, too.
    if (!over.aborted || signal.aborted) throw error
  } finally {
    clearInterval(telling)
    waits -= 1
  }
}
