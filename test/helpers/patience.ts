/**
 * How long tests wait. Each waits for an event, never for a time; these only bound a hang, on a machine that does much
 * else beside. A wait gives up before its test does, so that it can say what did not come, and what it saw instead.
 */

/** Milliseconds that a test, or a hook, may take. */
export const TEST_MS = 600_000
/** Milliseconds after which one wait gives up. */
export const PATIENCE_MS = 180_000

/** Characters of what was seen last that an error shows. */
const SEEN_CHARS = 4000

/** The error of a wait that was in vain. */
export function inVain(what: string, seen: unknown): Error {
  const text = typeof seen === 'string' ? seen : (JSON.stringify(seen) ?? String(seen))
  return new Error(`in vain waited ${PATIENCE_MS / 1000} s for ${what}. Seen last:\n${endOf(text)}`)
}

export const endOf = (text: string): string => (text.length > SEEN_CHARS ? `…${text.slice(-SEEN_CHARS)}` : text)

/** Settles as `waiting` does, or rejects when that takes too long, with what `seen` gives then. */
export function patiently<T>(what: string, waiting: Promise<T>, seen: () => unknown): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const bored = setTimeout(() => reject(inVain(what, seen())), PATIENCE_MS)
  waiting.then(resolve, reject)
  return promise.finally(() => clearTimeout(bored))
}

/**
 * Resolves with what `read` gives as soon as it is `wanted`. For what no event tells: `read` only looks, and what is
 * wanted must be something that stays so. Between two looks the loop turns, or what `pause` waits for comes.
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
