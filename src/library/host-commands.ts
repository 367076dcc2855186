/** The host's commands as promises, one after another, so that each refusal belongs to its command. */

import { closingText } from '../model/closing.ts'
import type { Command } from '../model/command.ts'
import { type ErrorCode, errorText } from '../model/error.ts'
import type { Server } from '../server/server.ts'
import { ChatError } from './chat-error.ts'

/** The reason for a refusal. */
export type Why = { readonly code: ErrorCode; readonly detail: string }

/** Issues a command and reports that it's done, or why it was refused. Refusals by the server are seen separately. */
export type Act<T> = (done: (value: T) => void, refuse: (why: Why) => void) => void

export type Perform = <T>(act: Act<T>) => Promise<T>

/** `isOpen`: whether the server still takes commands. */
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

/** A console command in the same form. */
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
    next(step) {
      if (!server.isOwn(step)) return
      for (const { event } of step.events) if (event.type === 'rejected') refuse(event)
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
