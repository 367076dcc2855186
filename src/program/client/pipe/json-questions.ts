/** Questions, answers and hands, as a script writes them. A field of a wrong type is an error, and never left out. */
import type { Asked } from '../../../client/session/outbox/outbox.ts'
import { request } from '../../../codec/native/schema.ts'

type Fields = Readonly<Record<string, unknown>>
type InvalidCommand = { readonly error: string }

const TYPES: ReadonlySet<unknown> = new Set(['answer', 'close', 'hand', 'questions'])

/** Null: it's another command. `room` is used if a command names neither a room nor a question. */
export const readQuestion = (type: string, fields: Fields, room: string): Asked | InvalidCommand | null =>
  TYPES.has(type) ? checked({ room, ...fields }) : null

/** A message that asks. */
export const withAsk = ({ ask }: Fields, saying: Asked | InvalidCommand): Asked | InvalidCommand =>
  ask === undefined || 'error' in saying ? saying : checked({ ...saying, ask })

/** The server would say the same, without the name of the command. */
function checked({ n: _, ...fields }: Fields): Asked | InvalidCommand {
  const read = request.safeParse(fields)
  if (read.success) return read.data as Asked
  const [issue] = read.error.issues
  return { error: `"${issue?.path.join('.')}" of "${fields['type']}" is wrong: ${issue?.message}` }
}
