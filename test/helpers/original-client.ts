/**
 * A client like the original's. It sends the bare name, takes the first read for the answer, the second for the user
 * list, and everything later for messages. A message with `[*]` names in its last word but one the user who entered or
 * exited. The original takes each read for one of these. test/server/connection/classic.test.ts tests in virtual time that each is
 * a write of its own, paced so that a client reads them apart. On a busy machine two may arrive in one read, so this
 * client tells them apart by how they begin.
 */
import { dial, type Wired } from './sockets.ts'

export type OriginalClient = {
  readonly wired: Wired
  /** The first message. */
  readonly answer: () => string
  /** The second message. */
  readonly list: () => string
  /** The rows of its window: one entry per message. */
  readonly shown: () => readonly string[]
  /** Its user list. */
  readonly users: () => readonly string[]
  /** Sends a message as the window does: without a newline. */
  readonly say: (text: string) => void
  /** Resolves when the window shows a message that ends so. */
  readonly sees: (ending: string) => Promise<void>
}

export async function originalClient(port: number, name: string): Promise<OriginalClient> {
  const wired = await dial(port)
  const { heard } = wired
  wired.send(name)
  const parts = (): readonly string[] => heard.text.split(/(?=&Host&)|(?=\[\d\d:\d\d:\d\d\] )/)
  const shown = (): readonly string[] => parts().slice(2)
  return {
    wired,
    answer: () => parts()[0] ?? '',
    list: () => parts()[1] ?? '',
    shown,
    users() {
      const users = new Set((parts()[1] ?? '').split('&').slice(1))
      for (const message of shown()) {
        if (!message.includes('[*]')) continue
        const who = message.split(' ').at(-2) ?? ''
        if (message.includes('entered')) users.add(who)
        if (message.includes('exited')) users.delete(who)
      }
      return [...users].sort()
    },
    say: text => wired.send(text),
    sees: ending => heard.until(() => shown().some(message => message.endsWith(ending))).then(() => undefined),
  }
}

/** A client in the room: it has its answer and its user list. */
export async function enteredOriginal(port: number, name: string): Promise<OriginalClient> {
  const client = await originalClient(port, name)
  await client.wired.heard.until(() => client.list().endsWith(`&${name}`))
  return client
}
