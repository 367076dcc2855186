/** Webhooks of a server inside another program: where what is said is sent on to (docs/api.md). */
import type { Server } from '../server/server.ts'
import type { Perform } from './hosting.ts'

export type Webhook = {
  readonly id: number
  readonly url: string
  /** Null: of every room. */
  readonly room: string | null
  /** It is sent nothing more until it is resumed. */
  readonly paused: boolean
  /** In a row, and why the last one failed. */
  readonly failures: number
  readonly why: string | null
}

export type Webhooks = {
  /** Resolves with its secret, which is told this once. Rejects with a ChatError, as all of these. */
  readonly add: (
    url: string,
    of?: { readonly room?: string },
  ) => Promise<{ readonly id: number; readonly secret: string }>
  readonly remove: (id: number) => Promise<void>
  /** Goes on from where it was. */
  readonly resume: (id: number) => Promise<void>
  readonly list: () => readonly Webhook[]
}

export const webhooks = ({ hooks }: Server, perform: Perform): Webhooks => ({
  add: (url, { room = null }: { readonly room?: string | null } = {}) =>
    perform((done, refuse) =>
      hooks.add(url, room, added => {
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
    hooks.list().map(({ id, url, room, paused, failures, why }) => ({ id, url, room, paused, failures, why })),
})
