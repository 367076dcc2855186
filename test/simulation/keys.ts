/** The marks that identify messages in every protocol. */

const KEY = /\bm\d+x\d+z\b/
const DELETED = /deleted message (\d+)/

export const keyOf = (act: number, k: number): string => `m${act}x${k}z`

export const keyIn = (text: string): string | null => KEY.exec(text)?.[0] ?? null

/** A deletion, read from the sentence that tells of it. */
export function deletionIn(text: string): string | null {
  const target = DELETED.exec(text)?.[1]
  return target === undefined ? null : `deleted ${target}`
}
