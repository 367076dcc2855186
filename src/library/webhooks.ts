/** The webhooks of an embedded server: the URLs that events are forwarded to (docs/api.md). */
import { type HookKind, kindsOf } from '../model/state/hook.ts'
import type { Server } from '../server/server.ts'
import type { Perform } from './host-commands.ts'

export type Webhook = {
  readonly id: number
  readonly url: string
  /** Null: every room. */
  readonly room: string | null
  /** The forwarded events: messages, acts of moderation, or both. Null: it was added with `kinds`. */
  readonly events: 'messages' | 'acts' | 'all' | null
  readonly kinds: readonly WebhookKind[]
  readonly cloudevents: boolean
  /** Nothing is sent until it's resumed. */
  readonly paused: boolean
  /** The number of failures in a row, and the reason of the last one. */
  readonly failures: number
  readonly why: string | null
  /** How much the receiver has yet to get, up to 1000. Null: the history can't be read. */
  readonly behind: number | null
  /** Events that were given up because too many waited. */
  readonly missed: number
  /** When the old secret ends, milliseconds since the epoch. Null: one secret alone signs. */
  readonly oldSecretUntil: number | null
}

/** The kinds of events that a webhook may be for. */
export type WebhookKind = HookKind

export type Webhooks = {
  /** Resolves with the webhook's secret, which is shown only this once. Like all of these, rejects with a ChatError. */
  readonly add: (
    url: string,
    of?: {
      readonly room?: string
      readonly events?: 'messages' | 'acts' | 'all'
      /** Instead of `events`. */
      readonly kinds?: readonly WebhookKind[]
      readonly cloudevents?: boolean
    },
  ) => Promise<{ readonly id: number; readonly secret: string }>
  readonly remove: (id: number) => Promise<void>
  /** Continues where it stopped. */
  readonly resume: (id: number) => Promise<void>
  /**
   * Resolves with a new secret; the old one signs too for 24 hours. `now`: it doesn't sign any more; if there is no old one,
   * a new secret replaces the present one at once. Null: there is no new one.
   */
  readonly rotate: (id: number, of?: { readonly now?: boolean }) => Promise<{ readonly secret: string | null }>
  readonly list: () => readonly Webhook[]
}

export const webhooks = ({ hooks }: Server, perform: Perform): Webhooks => ({
  add: (url, { room = null, events = 'messages', kinds, cloudevents = false } = {}) =>
    perform((done, refuse) => {
      const what = kinds ? { kinds } : events === 'messages' ? {} : { events }
      hooks.add(url, { room, ...what, ...(cloudevents && { cloudevents }) }, added => {
        if (added.ok) done({ id: added.hook, secret: added.secret })
        else refuse(added)
      })
    }),
  remove: id => perform<void>(done => hooks.remove(id, () => done())),
  resume: id =>
    perform<void>((done, refuse) => {
      const refused = hooks.resume(id, () => done())
      if (refused) refuse(refused)
    }),
  rotate: (id, { now = false } = {}) =>
    perform((done, refuse) => {
      const refused = hooks.rotate(id, now, ({ secret }) => done({ secret }))
      if (refused) refuse(refused)
    }),
  list: () =>
    hooks.list().map(hook => {
      const { id, url, room, events, kinds, cloudevents = false, paused, failures, why, behind, missed = 0 } = hook
      return {
        ...{ id, url, room, events: kinds ? null : (events ?? 'messages'), kinds: kindsOf(hook), cloudevents },
        ...{ paused, failures, why, behind, missed, oldSecretUntil: hook.oldSecretUntil },
      }
    }),
})
