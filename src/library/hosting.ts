/** What the host asks of a server, as promises: one after another, so that a refusal is that of what was asked. */
import type { Command } from '../model/command.ts'
import { closingText, type ErrorCode, errorText } from '../model/error.ts'
import { HOST_SESSION } from '../model/input.ts'
import type { Server } from '../server/server.ts'
import { ChatError } from './chat-error.ts'

/** Why something was refused. */
export type Why = { readonly code: ErrorCode; readonly detail: string }

/** Asks for something, and says that it is done or why not; what the server refuses by itself is seen beside it. */
export type Act<T> = (done: (value: T) => void, refuse: (why: Why) => void) => void

export type Perform = <T>(act: Act<T>) => Promise<T>

/** `isOpen`: whether the server still takes what it is asked. */
export function hosting(server: Server, isOpen: () => boolean): Perform {
  let before: Promise<unknown> = Promise.resolve()
  return <T>(act: Act<T>): Promise<T> => {
    const done = before.then(() => {
      if (!isOpen()) throw shutDown()
      return perform(server, act)
    })
    before = done.catch(() => {})
    return done
  }
}

/** A command at the console, as the same. */
export const commanding =
  (server: Server, perform: Perform) =>
  (command: Command): Promise<void> =>
    perform<void>((done, refuse) => {
      const refused = server.host(command)
      if (refused) refuse(refused)
      server.settled(() => done())
    })

function perform<T>(server: Server, act: Act<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const refuse = ({ code, detail }: Why): void => reject(new ChatError(code, errorText(code, detail)))
  const watching = server.outbound$.subscribe({
    next({ events }) {
      for (const { event } of events) if (event.type === 'rejected' && event.session === HOST_SESSION) refuse(event)
    },
    complete: () => reject(shutDown()),
  })
  watching.add(
    server.trouble$.subscribe(({ type }) => {
      if (type !== 'internal') refuse({ code: type === 'storage' ? 'storage' : 'internal', detail: '' })
    }),
  )
  act(resolve, refuse)
  return promise.finally(() => watching.unsubscribe())
}

const shutDown = (): ChatError => new ChatError('shutdown', closingText('shutdown'))
