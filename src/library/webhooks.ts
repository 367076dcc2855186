/** The webhooks of an embedded server: the URLs that messages are forwarded to (docs/api.md). */
import type { Server } from '../server/server.ts'
import type { Perform } from './host-commands.ts'

export type Webhook = {
  readonly id: number
  readonly url: string
  /** Null: every room. */
  readonly room: string | null
  /** What is forwarded: messages, acts of moderation, or both. */
  readonly events: 'messages' | 'acts' | 'all'
  /** Nothing is sent until it's resumed. */
  readonly paused: boolean
  /** The number of failures in a row, and the reason of the last one. */
  readonly failures: number
  readonly why: string | null
}

export type Webhooks = {
  /** Resolves with the webhook's secret, which is shown only this once. Like all of these, rejects with a ChatError. */
  readonly add: (
    url: string,
    of?: { readonly room?: string; readonly events?: 'messages' | 'acts' | 'all' },
  ) => Promise<{ readonly id: number; readonly secret: string }>
  readonly remove: (id: number) => Promise<void>
  /** Continues where it stopped. */
  readonly resume: (id: number) => Promise<void>
  readonly list: () => readonly Webhook[]
}

export const webhooks = ({ hooks }: Server, perform: Perform): Webhooks => ({
  add: (url, { room = null, events = 'messages' } = {}) =>
    perform((done, refuse) =>
      hooks.add(url, { room, ...(events === 'messages' ? {} : { events }) }, added => {
        if (added.ok) done({ id: added.hook, secret: added.secret })
        else refuse(added)
      }),
    ),
  remove: id => perform<void>(done => hooks.remove(id, () => done())),
  resume: id =>
    perform<void>((done, refuse) => {
      const refused = hooks.resume(id, () => done())
      if (refused) refuse(refused)
    }),
  list: () =>
    hooks.list().map(({ id, url, room, events, paused, failures, why }) => ({
      ...{ id, url, room, events: events ?? 'messages', paused, failures, why },
    })),
})
