/** The answers to lists about keeping order, for a screen that shows them in panels. */

import { actSentence } from '../../../codec/act-sentence.ts'
import type { Listing } from '../../../codec/codec.ts'
import { listingOf } from '../../../codec/native/listing.ts'
import type { Reply } from '../../../codec/native/reply.ts'
import { triedLines } from '../../../codec/tried-lines.ts'
import type { ListName } from '../../../model/command.ts'
import { flatten } from '../../../model/text.ts'

export type { Listing }

/** The entries of the list `W`. */
export type EntriesOf<W extends ListName, L = Listing> = L extends { what: infer X; entries: infer E }
  ? W extends X
    ? E
    : never
  : never
export type SanctionEntry = EntriesOf<'bans'>[number]
type LogEntry = EntriesOf<'log'>[number]

/** Null: the answer isn't a list. */
export const listingIn = (reply: Reply): Listing | null => (reply.type === 'list' ? listingOf(reply) : null)

/** An act of the log, in one line. */
export const actWords = (act: LogEntry): string => flatten(actSentence(act, act.at))

/** The result of a tried rule, without the command that switches it on: the screen has a button for that. */
export const triedIn = (reply: Reply, stamp: (at: number) => string): readonly string[] =>
  reply.type === 'tried' ? triedLines(reply, stamp).slice(0, -1).map(flatten) : []
