/**
 * A client as the original's are written: it sends the bare name, takes what comes first for the answer, what follows for
 * the user list, and everything later for messages; from one that holds `[*]` it takes the last word but one for the name
 * of who entered or exited. The original takes each read for one of these. That each is a write of its own, paced so that
 * a client that is not held up reads them apart, is tested in virtual time (test/server/classic.test.ts); on a machine
 * under load two may arrive in one read, and are told apart here by how they begin.
 */
import { dial, type Wired } from './sockets.ts'

export type OriginalClient = {
  readonly wired: Wired
  /** What came first. */
  readonly answer: () => string
  /** What came second. */
  readonly list: () => string
  /** What its window shows: one entry a message. */
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

/** One that is in: it has its answer and its user list. */
export async function enteredOriginal(port: number, name: string): Promise<OriginalClient> {
  const client = await originalClient(port, name)
  await client.wired.heard.until(() => client.list().endsWith(`&${name}`))
  return client
}
