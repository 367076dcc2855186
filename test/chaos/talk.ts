/** The texts of a chaos run: each has its author, a number and its place, so that no text passes for another. */

/** A room as `#ops`, or one person as `@bob`. */
export type Place = `#${string}` | `@${string}`
export type Talk = { readonly author: string; readonly n: number; readonly place: Place }

export const writeTalk = ({ author, n, place }: Talk, bytes = 0): string =>
  `${author} ${n} ${place} `.padEnd(bytes, '.')

/** Null: it is no text of a chaos run. */
export function readTalk(text: string): Talk | null {
  const [, author, n, place] = /^(\S+) (\d+) ([#@]\S+) \.*$/.exec(text) ?? []
  return author === undefined ? null : { author, n: Number(n), place: place as Place }
}
