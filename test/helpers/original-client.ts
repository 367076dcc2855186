/**
 * A client as the original's are written, with all that they take for granted: it sends the bare name, takes its next
 * read for the answer and the one after that for the user list, and every later read for one message; from one that
 * holds `[*]` it takes the last word but one for the name of who entered or exited.
 */
import { dial, type Wired } from './sockets.ts'

export type OriginalClient = {
  readonly wired: Wired
  /** The first read. */
  readonly answer: () => string
  /** What its window shows: one entry a read. */
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
  const { reads, heard } = wired
  wired.send(name)
  const shown = (): readonly string[] => reads.slice(2)
  return {
    wired,
    answer: () => reads[0] ?? '',
    shown,
    users() {
      const users = new Set((reads[1] ?? '').split('&').slice(1))
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
  await client.wired.heard.until(() => client.wired.reads.length >= 2)
  return client
}
