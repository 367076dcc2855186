/** A recorded day: people's acts, in order, as the lab repeats them. */
import type { Reply } from '../../../../codec/native/reply.ts'

/** `seq` and `at` are those of the record. `target` is the number of a message in the record. */
export type Act = { readonly seq: number; readonly at: number; readonly who: string } & Deed

type Deed =
  | { readonly type: 'say'; readonly room: string; readonly text: string; readonly action: boolean }
  | { readonly type: 'tell'; readonly to: string; readonly text: string; readonly action: boolean }
  | { readonly type: 'join' | 'part'; readonly room: string }
  | { readonly type: 'quit' }
  | { readonly type: 'nick'; readonly name: string }
  | { readonly type: 'away'; readonly note: string | null }
  | { readonly type: 'topic'; readonly room: string; readonly topic: string }
  | { readonly type: 'edit'; readonly target: number; readonly text: string }
  | { readonly type: 'react'; readonly target: number; readonly emoji: string; readonly off: boolean }
  | { readonly type: 'delete'; readonly target: number }

/** An event of a journal or of a line of `rxchat --json`: the fields that both have. */
export type RecordedEvent = Pick<Reply, 'type'> & Readonly<Record<string, unknown>>

/** Null: nobody did that, or the lab doesn't do it again, such as acts of moderation. */
export function actOf(event: RecordedEvent, seq: number, at: number, text: string | null): Act | null {
  const string = (field: string): string => (typeof event[field] === 'string' ? event[field] : '')
  const number = (field: string): number => (typeof event[field] === 'number' ? event[field] : 0)
  const by = (who: string, deed: Deed): Act | null => (who === '' ? null : { seq, at, who, ...deed })
  const room = string('room')
  const action = event['action'] === true
  switch (event.type) {
    case 'said':
      return text === null ? null : by(string('from'), { type: 'say', room, text, action })
    case 'told':
      return text === null ? null : by(string('from'), { type: 'tell', to: string('to'), text, action })
    case 'joined':
      return by(string('name'), { type: 'join', room })
    case 'parted':
      return by(string('name'), { type: 'part', room })
    case 'quit':
      return by(string('name'), { type: 'quit' })
    case 'renamed':
      return by(string('from'), { type: 'nick', name: string('to') })
    case 'away':
      return by(string('name'), { type: 'away', note: string('note') || null })
    case 'topic':
      return by(string('by'), { type: 'topic', room, topic: string('topic') })
    case 'edited':
      return text === null ? null : by(string('from'), { type: 'edit', target: number('target'), text })
    case 'reacted':
      return by(string('by'), {
        type: 'react',
        ...{ target: number('target'), emoji: string('emoji'), off: event['off'] === true },
      })
    case 'deleted':
      return by(string('by'), { type: 'delete', target: number('target') })
    default:
      return null
  }
}
