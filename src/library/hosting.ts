/** What the host asks of a server, as promises: one after another, so that a refusal is that of what was asked. */
import type { Command } from '../model/command.ts'
import { closingText, type ErrorCode, errorText } from '../model/error.ts'
import { HOST_SESSION } from '../model/input.ts'
import type { Server } from '../server/server.ts'
import { ChatError } from './chat-error.ts'

/** `isOpen`: whether the server still takes what it is asked. */
export function hosting(server: Server, isOpen: () => boolean): (command: Command) => Promise<void> {
  let before: Promise<void> = Promise.resolve()
  return command => {
    const done = before.then(() => {
      if (!isOpen()) throw new ChatError('shutdown', closingText('shutdown'))
      return perform(server, command)
    })
    before = done.catch(() => {})
    return done
  }
}

function perform(server: Server, command: Command): Promise<void> {
  return new Promise((resolve, reject) => {
    let refusal: { readonly code: ErrorCode; readonly detail: string } | null = null
    const watching = server.outbound$.subscribe(({ events }) => {
      for (const { event } of events) if (event.type === 'rejected' && event.session === HOST_SESSION) refusal = event
    })
    watching.add(
      server.trouble$.subscribe(({ type }) => {
        if (type !== 'internal') refusal = { code: type === 'storage' ? 'storage' : 'internal', detail: '' }
      }),
    )
    refusal = server.host(command)
    server.settled(() => {
      watching.unsubscribe()
      if (refusal) reject(new ChatError(refusal.code, errorText(refusal.code, refusal.detail)))
      else resolve()
    })
  })
}
