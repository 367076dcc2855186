/**
 * Time limits of tests. Each test waits for an event, never for a time. The limits only bound a hang, on a busy
 * machine. A wait gives up before its test does, so that the error names the missing event, and the text that was there
 * instead.
 */

/** Milliseconds that a test, or a hook, may take. */
export const TEST_MS = 600_000
/** Milliseconds after which one wait gives up. */
export const PATIENCE_MS = 180_000

/** Characters of the last value that an error shows. */
const SEEN_CHARS = 4000

/** The error of a wait that gave up. */
export function timedOut(what: string, seen: unknown): Error {
  const text = typeof seen === 'string' ? seen : (JSON.stringify(seen) ?? String(seen))
  return new Error(`waited ${PATIENCE_MS / 1000} s in vain for ${what}. Seen last:\n${endOf(text)}`)
}

export const endOf = (text: string): string => (text.length > SEEN_CHARS ? `…${text.slice(-SEEN_CHARS)}` : text)

/** Settles as `waiting` does; or rejects when that takes too long, with the result of `seen` then. */
export function patiently<T>(what: string, waiting: Promise<T>, seen: () => unknown): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const timer = setTimeout(() => reject(timedOut(what, seen())), PATIENCE_MS)
  waiting.then(resolve, reject)
  return promise.finally(() => clearTimeout(timer))
}

/**
 * Polls: resolves with the value of `read` as soon as it is `wanted`. For conditions that no event tells. `read` must
 * change nothing, and a wanted condition must last. Between two looks the event loop turns, or `pause` is awaited.
 */
export async function eventually<T>(
  what: string,
  read: () => T | Promise<T>,
  wanted: (value: T) => boolean,
  pause: () => Promise<unknown> = () => new Promise(setImmediate),
): Promise<T> {
  let last: T | undefined
  let isOver = false
  const looking = async (): Promise<T> => {
    for (;;) {
      last = await read()
      if (wanted(last) || isOver) return last
      await pause()
    }
  }
  try {
    return await patiently(what, looking(), () => last)
  } finally {
    isOver = true
  }
}

export const isEmpty = ({ length }: { readonly length: number }): boolean => length === 0
