/**
 * How a format is read: a generator that asks for the next bytes, and says which of them are passed on. It never sees
 * more of a file than it asks for, so a file of any size takes as much memory as its largest header.
 */

export type Ask =
  /** The next bytes, which aren't passed on. `take` passes them on too. */
  | { readonly do: 'read' | 'take'; readonly bytes: number }
  /** `zero` passes on as many zeros. */
  | { readonly do: 'copy' | 'zero' | 'skip'; readonly bytes: number }
  /** Up to the next marker of a JPEG; `scan` copies the bytes before it. The answer is the byte after its 0xFF. */
  | { readonly do: 'scan' | 'seek' }
  | { readonly do: 'write'; readonly bytes: Uint8Array }

export type Reading<T> = Generator<Ask, T, Uint8Array>

/** The file isn't of the kind of its first bytes, or ends too early. Nothing else is thrown here. */
export class Damage extends Error {}

export function* read(bytes: number): Reading<Uint8Array> {
  return yield { do: 'read', bytes }
}

export function* take(bytes: number): Reading<Uint8Array> {
  return yield { do: 'take', bytes }
}

export function* copy(bytes: number): Reading<void> {
  if (bytes > 0) yield { do: 'copy', bytes }
}

export function* zero(bytes: number): Reading<void> {
  if (bytes > 0) yield { do: 'zero', bytes }
}

export function* skip(bytes: number): Reading<void> {
  if (bytes > 0) yield { do: 'skip', bytes }
}

export function* scan(): Reading<number> {
  const marker = yield { do: 'scan' }
  return marker[0] ?? 0
}

export function* seek(): Reading<number> {
  const marker = yield { do: 'seek' }
  return marker[0] ?? 0
}

export function* write(bytes: Uint8Array): Reading<void> {
  yield { do: 'write', bytes }
}

export const must = (holds: boolean, what: string): void => {
  if (!holds) throw new Damage(what)
}
