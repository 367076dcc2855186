/** The marks that identify messages in every protocol. */

const KEY = /\bm\d+x\d+z\b/g
const DELETED = /deleted message (\d+)/

export const keyOf = (act: number, k: number): string => `m${act}x${k}z`

/** The last one: an answer may begin with a quotation. */
export const keyIn = (text: string): string | null => text.match(KEY)?.at(-1) ?? null

/** A sentence about a message, which it may quote. It isn't that message. */
export const isAboutMessage = (text: string): boolean => ABOUT.test(text)

const ABOUT =
  / (?:(?:un)?pinned message \d+|(?:reacted with|took) \S+ (?:back from|to) message \d+)|The output(?: "[^"]*")? of \S+ (?:ended|was interrupted)/

/** The mark of the input that ended the output of a live message. */
export const finishedKey = (seq: number): string => `finished ${seq}`

/** The mark of an input that pins or unpins a message. */
export const pinnedKey = (seq: number): string => `pinned ${seq}`

/** The marks before the last one: of texts that an answer quotes. */
export const quotedIn = (text: string): readonly string[] => (text.match(KEY) ?? []).slice(0, -1)

/** A deletion, read from the sentence that tells of it. */
export function deletionIn(text: string): string | null {
  const target = DELETED.exec(text)?.[1]
  return target === undefined ? null : `deleted ${target}`
}
