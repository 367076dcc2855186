/** The content of a push, as this device shows it. A sender could write anything into it, so each field is checked. */

export type Notice = {
  /** Two of one place replace each other. */
  readonly tag: string
  /** The latest message that it's about. */
  readonly seq: number
  readonly title: string
  readonly body: string
  /** The part of the page's address that names the place. */
  readonly hash: string
}

/** The server sent something that this page doesn't know: a browser wants every push to be shown. */
const UNKNOWN: Notice = { tag: 'rxchat', seq: 0, title: 'Something new in the chat', body: '', hash: '' }

export function noticeOf(payload: unknown): Notice {
  if (typeof payload !== 'object' || payload === null) return UNKNOWN
  const { type, room, with: name, seq, count = 1, from, text } = payload as Readonly<Record<string, unknown>>
  if (typeof seq !== 'number' || typeof count !== 'number') return UNKNOWN
  const body = typeof text === 'string' ? text : ''
  if (type === 'mention' && typeof room === 'string') {
    const several = count > 1 ? `${count} new mentions in #${room}` : `New mention in #${room}`
    const title = typeof from === 'string' && count === 1 ? `${from} in #${room}` : several
    return { tag: `#${room}`, seq, title, body, hash: `#${encodeURIComponent(room)}` }
  }
  if (type !== 'message' || typeof name !== 'string') return UNKNOWN
  const several = count > 1 ? `${count} new messages from ${name}` : `New message from ${name}`
  return {
    tag: `@${name}`,
    seq,
    title: body === '' || count > 1 ? several : name,
    body,
    hash: `#@${encodeURIComponent(name)}`,
  }
}
