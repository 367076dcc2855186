/** Stores how messages have changed: their rows, the index of mentions, and the signature of the words of an edited one. */
import { pieceOf } from '../../output.ts'
import { changed, type Recorded, type RecordedChange } from '../../recorded.ts'
import { type Database, statementOf } from '../file/sqlite.ts'
import { putPiece } from './pieces.ts'
import { type MessageRow, messageIn, putting } from './rows.ts'
import { indexing } from './unread.ts'
import { unknowBlock } from './words/blocks.ts'

const KEPT = 'SELECT * FROM messages WHERE seq = ? AND seq > (SELECT forgotten FROM meta)'
const unmention = statementOf('DELETE FROM mentions WHERE member = ? AND room = ? AND seq = ?')

/**
 * Each message is read and written once, however many changes it has. One that isn't there was forgotten; one that is
 * damaged stays as it is. Within a transaction.
 */
export function changing(db: Database): (changes: readonly RecordedChange[]) => void {
  const find = db.prepare(KEPT)
  const put = putting(db)
  const index = indexing(db)
  return changes => {
    for (const [target, all] of byTarget(changes)) {
      const row = find.get(target) as MessageRow | undefined
      const before = row && messageIn(row)
      if (!before) continue
      for (const change of all) {
        const piece = pieceOf(change)
        if (piece) putPiece(db, target, piece)
      }
      const after = all.reduce(changed, before)
      if (after === before) continue
      put(after)
      if (after.mentions !== before.mentions) {
        unindexMentions(db, before)
        index(after)
      }
      if (after.textAt !== before.textAt) unknowBlock(db, target)
    }
  }
}

function unindexMentions(db: Database, { seq, room, mentions }: Recorded): void {
  for (const member of mentions) unmention(db).run(member, room, seq)
}

const byTarget = (changes: readonly RecordedChange[]): ReadonlyMap<number, readonly RecordedChange[]> =>
  Map.groupBy(changes, ({ event }) => event.target)
