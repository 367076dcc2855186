/** Rows of `messages`, one each. A row has a checksum of all its fields: a damaged one is never shown. */
import type { Recorded } from '../../recorded.ts'
import { sumOf } from '../file/checksum.ts'
import type { Database } from '../file/sqlite.ts'

export type MessageRow = {
  readonly seq: number
  readonly at: number
  readonly room: string | null
  readonly sender: string
  readonly author: string
  readonly recipient: string | null
  readonly peer: string | null
  readonly action: number
  readonly sum: number
  readonly account: number
  readonly mentions: string | null
  /** The input with the text of the latest edit. Null: it was never edited. */
  readonly text_at: number | null
  readonly life: string | null
}

/** Fields that most messages don't have, as one value: JSON, or null. */
type Life = Pick<Recorded, 'reply' | 'files' | 'edited' | 'reactions' | 'deleted' | 'ask' | 'live'>

/** Most messages have neither of the last two. */
const PLAIN = `INSERT OR REPLACE INTO messages (seq, at, room, sender, author, recipient, peer, action, sum, account, mentions)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
const WHOLE = 'INSERT OR REPLACE INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'

/** Adds a message, or writes it anew. */
export function putting(db: Database): (message: Recorded) => void {
  const [plain, whole] = [db.prepare(PLAIN), db.prepare(WHOLE)]
  return message => {
    const { seq, at, room, from, author, to, other, action, account, mentions, textAt = null } = message
    const life = lifeOf(message)
    const flags = [action ? 1 : 0, sumOfMessage(message, life, textAt), account ? 1 : 0] as const
    const named = mentions.length === 0 ? null : JSON.stringify(mentions)
    if (life === null && textAt === null) plain.run(seq, at, room, from, author, to, other, ...flags, named)
    else whole.run(seq, at, room, from, author, to, other, ...flags, named, textAt, life)
  }
}

/** Null: the row is damaged. */
export function messageIn(row: MessageRow): Recorded | null {
  const { seq, at, room, sender: from, author, recipient: to, peer: other, text_at: textAt, life } = row
  try {
    const mentions = row.mentions === null ? NOBODY : (JSON.parse(row.mentions) as Recorded['mentions'])
    const [action, account] = [row.action === 1, row.account === 1]
    const plain: Recorded = { seq, at, room, from, to, action, author, account, other, mentions }
    if (row.sum !== sumOfMessage(plain, life, textAt)) return null
    if (life === null && textAt === null) return plain
    return { ...plain, ...(textAt !== null && { textAt }), ...(life !== null && (JSON.parse(life) as Life)) }
  } catch {
    return null
  }
}

const NOBODY: Recorded['mentions'] = []

function lifeOf({ reply, files, edited, reactions, deleted, ask, live }: Life): string | null {
  const isPlain = reply === undefined && !files && edited === undefined && !reactions && !deleted && !ask && !live
  return isPlain ? null : JSON.stringify({ reply, files, edited, reactions, deleted, ask, live })
}

/** The later fields came with later versions; without them the sum is as it was before. */
function sumOfMessage(message: Recorded, life: string | null, textAt: number | null): number {
  const { seq, at, room, from, author, to, other, action, account, mentions } = message
  const known = account || mentions.length > 0 ? [account ? 1 : 0, ...mentions] : []
  const all = life === null && textAt === null ? known : [...known, null, life, textAt]
  return sumOf(seq, at, room, from, author, to, other, action ? 1 : 0, ...all)
}
