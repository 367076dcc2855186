/** Webhooks, as the host manages them at the console. A secret is shown once, and is in no journal. */

import type { Body } from '../../model/input.ts'
import { HOOK_URL_CHARS } from '../../model/limits.ts'
import type { Hook, HookEvents } from '../../model/state/hook.ts'
import type { State } from '../../model/state.ts'
import type { Entropy } from '../../port/entropy.ts'
import type { WebhookSender } from '../../port/webhook-sender.ts'
import { type Refused, vetRoom } from '../ingress/vetting/vetted.ts'
import type { Progress, WebhookDeliveries } from '../programs/webhooks.ts'

export type HostWebhooks = {
  /**
   * `answer` gets the number and the secret of the new webhook, or the refusal if it is certain to be refused: at once,
   * or after a DNS look-up.
   */
  readonly add: (
    url: string,
    of: { readonly room: string | null; readonly events?: HookEvents },
    answer: (added: AddedWebhook | Refused) => void,
  ) => void
  readonly remove: (hook: number, told: () => void) => void
  /** A paused webhook goes on from its cursor. */
  readonly resume: (hook: number, told: () => void) => Refused | null
  readonly list: () => readonly (Hook & Progress)[]
}

/** `secret` is shown only this once. */
export type AddedWebhook = { readonly ok: true; readonly hook: number; readonly secret: string }

type Deps = {
  readonly entropy: Entropy
  readonly webhooks: WebhookSender
  readonly deliveries: WebhookDeliveries
  readonly state: () => State
  readonly submit: (body: Body) => void
  readonly settled: (run: () => void) => void
}

export const hostWebhooks = ({ entropy, webhooks, deliveries, state, submit, settled }: Deps): HostWebhooks => ({
  add(given, { room: only, events }, answer) {
    const url = readUrl(given)
    if (url === null) return answer({ ok: false, code: 'hook-url', detail: '' })
    const room = only === null ? null : vetRoom(only)
    if (room && !room.ok) return answer(room)
    webhooks.forbids(url, why => {
      if (why) return answer({ ok: false, code: 'hook-private', detail: '' })
      const salt = entropy.id()
      submit({ type: 'hook', url, room: room?.value ?? null, salt, ...(events && { events }) })
      settled(() => {
        const hook = state().hooks.find(one => one.salt === salt)
        if (hook) answer({ ok: true, hook: hook.id, secret: webhooks.secret(salt) })
      })
    })
  },
  remove(hook, told) {
    const isThere = state().hooks.has(hook)
    submit({ type: 'unhook', hook })
    settled(() => {
      if (isThere && !state().hooks.has(hook)) told()
    })
  },
  resume(id, told) {
    const hook = state().hooks.get(id)
    if (!hook) return { ok: false, code: 'hook-unknown', detail: `${id}` }
    submit({ type: 'forward', hook: id, cursor: hook.cursor, paused: false })
    settled(told)
    return null
  },
  list: () => [...state().hooks.values()].map(hook => ({ ...hook, ...deliveries.progress(hook.id) })),
})

function readUrl(given: string): string | null {
  if (given.length > HOOK_URL_CHARS || !URL.canParse(given)) return null
  const { href, protocol, username, password } = new URL(given)
  const isWeb = protocol === 'http:' || protocol === 'https:'
  return isWeb && username === '' && password === '' && href.length <= HOOK_URL_CHARS ? href : null
}
