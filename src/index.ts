/** The library: a chat from a program, and a server inside one. docs/library.md tells how. */
import type { ChatServer, ServerOptions } from './library/create-server.ts'

export type { Ending, Status } from './client/session/status.ts'
export type { RoomSummary } from './codec/native/reply.ts'
export type { Chat } from './library/chat.ts'
export { type ChatCode, ChatError } from './library/chat-error.ts'
export type { ChatEvent, Entered, Gap, Said, Told } from './library/chat-event.ts'
export type { Manner, Receipt, Room, UploadedFile } from './library/chat-room.ts'
export { type ConnectOptions, connect } from './library/connect.ts'
export type { ChatFile, Message, Page, Range } from './library/past.ts'
export type { Since } from './library/since.ts'
export type { ServerTrouble } from './library/trouble.ts'
export type { Webhook, WebhookKind, Webhooks } from './library/webhooks.ts'
export type { QuitCause } from './model/event.ts'
export type { MemberView as Member, Topic } from './model/view.ts'
export type { ChatServer, ServerOptions }

/**
 * Resolves when it listens; rejects with a sentence if it cannot, or if the data cannot be opened. Loaded with its
 * first use: a bot has no need of a server.
 */
export async function createServer(options?: ServerOptions): Promise<ChatServer> {
  const library = await import('./library/create-server.ts')
  return library.createServer(options)
}
