/** The body of a webhook: the event's JSON in the native protocol with the journal's epoch, or that in a CloudEvent. */
import { living, nativeEncoding } from '../../codec/native/encoding.ts'
import { type Message, marksOf } from '../../model/message/message.ts'
import type { HookEvent } from '../../model/state/hook-event.ts'

/** `part`: its place among the events of its input. A message is first. */
export type Forwarded = {
  readonly seq: number
  readonly part: number
  readonly at: number
  /** Null: it's about the whole server, or about several rooms. */
  readonly room: string | null
  readonly type: string
  /** JSON. */
  readonly body: string
}

/** The body in the native protocol, with the epoch of the journal that the number belongs to. */
export function messageBody(message: Message, epoch: string): Forwarded {
  const { seq, at, room, from, author: id, text, action, ...marks } = message
  const said = { type: 'said', seq, at, room, from, text, ...(action ? { action } : {}), id }
  const body = JSON.stringify({ ...said, ...marksOf(marks), ...living(marks), epoch })
  return { seq, part: 0, at, room, type: 'said', body }
}

/** `text`: that of the message that was edited; null: it's gone. */
export function eventBody(
  { seq, at, i, last, rooms, event }: HookEvent,
  text: string | null,
  epoch: string,
): Forwarded {
  const [line] = nativeEncoding.encode({ type: 'event', seq, at, i, last, event, text })
  const body = `${String(line).trimEnd().slice(0, -1)},"epoch":${JSON.stringify(epoch)}}`
  const room = rooms?.length === 1 && 'room' in event ? event.room : null
  return { seq, part: i + 1, at, room, type: event.type, body }
}

/** The id of the event, the same for all hooks: no full stop, which separates the parts that are signed. */
export const webhookId = ({ seq, part }: Pick<Forwarded, 'seq' | 'part'>, epoch: string): string =>
  `${epoch}-${seq}${part === 0 ? '' : `-${part - 1}`}`

/** The id in the form of earlier receivers. */
export const deliveryId = ({ seq, part }: Pick<Forwarded, 'seq' | 'part'>, hook: number): string =>
  `${hook}-${seq}${part === 0 ? '' : `.${part - 1}`}`

/** In structured mode (CloudEvents 1.0, JSON event format). */
export function cloudEvent(forwarded: Forwarded, epoch: string): string {
  const { at, room, type, body } = forwarded
  const attributes = {
    specversion: '1.0',
    id: webhookId(forwarded, epoch),
    source: `urn:rxchat:${epoch}`,
    type: `chat.rxchat.${type}`,
    ...(room === null ? {} : { subject: room }),
    time: new Date(at).toISOString(),
    datacontenttype: 'application/json',
  }
  return `${JSON.stringify(attributes).slice(0, -1)},"data":${body}}`
}
