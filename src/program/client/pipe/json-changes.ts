/** Commands about single messages, as a script writes them. A field of a wrong type is an error, and never left out. */
import type { Asked } from '../../../client/session/outbox/outbox.ts'

type Fields = Readonly<Record<string, unknown>>
type InvalidCommand = { readonly error: string }

const isSeq = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0

type Saying = Extract<Asked, { type: 'say' | 'tell' }>

/** With the message that it answers, and its files. */
export function attaching({ reply, files }: Fields, saying: Saying): Asked | InvalidCommand {
  const isReply = reply === undefined || reply === null || isSeq(reply)
  if (!isReply) return { error: `"reply" of "${saying.type}" has to be the number of a message` }
  const answers = reply === undefined ? {} : { reply }
  if (files === undefined) return { ...saying, ...answers }
  if (!Array.isArray(files) || !files.every(isFile)) return { error: `"files" has to be a list such as ${FILES}` }
  const sent = files.map(({ id, name = 'file' }) => ({ id, name }))
  return { ...saying, ...answers, files: sent }
}

const FILES = '[{"id":"…","name":"shot.png"}]'

const isFile = (one: unknown): one is { readonly id: string; readonly name?: string } =>
  typeof one === 'object' &&
  one !== null &&
  typeof (one as Fields)['id'] === 'string' &&
  ['string', 'undefined'].includes(typeof (one as Fields)['name'])

const TYPES: ReadonlySet<string> = new Set(['edit', 'react', 'pin', 'reactions', 'pins', 'messages'])

/** Null: it's another command. `room` is used if a command names neither a room nor a message. */
export function readChange(type: string, fields: Fields, room: string): Asked | InvalidCommand | null {
  if (!TYPES.has(type)) return null
  const { seq = null, emoji, text, off = false, seqs, room: named = room } = fields
  if (typeof named !== 'string') return { error: `"room" of "${type}" has to be a text` }
  if (typeof off !== 'boolean') return { error: `"off" of "${type}" has to be a truth` }
  const unnumbered = { error: `"${type}" needs a "seq", the number of a message` }
  const mayBeLatest = seq === null || isSeq(seq)
  switch (type) {
    case 'edit':
      if (!mayBeLatest) return unnumbered
      return typeof text === 'string' ? { type, seq, room: named, text } : { error: '"edit" needs a "text"' }
    case 'react':
      if (!mayBeLatest) return unnumbered
      return typeof emoji === 'string'
        ? { type, seq, room: named, emoji, ...(off && { off }) }
        : { error: '"react" needs an "emoji", such as "👍" or ":tada:"' }
    case 'pin':
      return isSeq(seq) ? { type, seq, ...(off && { off }) } : unnumbered
    case 'reactions':
      return isSeq(seq) ? { type, seq } : unnumbered
    case 'pins':
      return { type, room: named }
    case 'messages':
      return Array.isArray(seqs) && seqs.every(isSeq)
        ? { type, seqs }
        : { error: '"messages" needs "seqs", a list of numbers of messages' }
    default:
      return null
  }
}
