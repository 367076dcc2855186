/** Webhooks, as the host manages them at the console. A secret is shown once, and is in no journal. */

import type { Body } from '../../model/input.ts'
import { HOOK_ROTATION_MS, HOOK_URL_CHARS } from '../../model/limits.ts'
import { HOOK_KINDS, type HookEvents, type HookKind } from '../../model/state/hook.ts'
import type { State } from '../../model/state.ts'
import type { Clock } from '../../port/clock.ts'
import type { Entropy } from '../../port/entropy.ts'
import type { WebhookSender } from '../../port/webhook-sender.ts'
import { rotationKey } from '../../reducer/rules/hooks.ts'
import { type Refused, refused, vetRoom } from '../ingress/vetting/vetted.ts'
import type { ListedHook } from '../programs/webhook-runner.ts'
import type { WebhookDeliveries } from '../programs/webhooks.ts'

/** The scope of a new webhook. `room` null: every room. Without `events` and `kinds`: messages. */
export type HookChoice = {
  readonly room: string | null
  readonly events?: HookEvents
  readonly kinds?: readonly string[]
  readonly cloudevents?: true
}

export type HostWebhooks = {
  /**
   * `answer` gets the number and the secret of the new webhook, or the refusal if it is certain to be refused: at once,
   * or after a DNS look-up.
   */
  readonly add: (url: string, of: HookChoice, answer: (added: WebhookSecret | Refused) => void) => void
  readonly remove: (hook: number, told: () => void) => void
  /** A paused webhook goes on from its cursor. */
  readonly resume: (hook: number, told: () => void) => Refused | null
  /**
   * A new secret; the one before signs too for a day. `now`: the one before signs no more. If none does, there is a new
   * secret, which signs alone.
   */
  readonly rotate: (hook: number, now: boolean, told: (rotated: RotatedWebhook) => void) => Refused | null
  readonly list: () => readonly ListedHook[]
}

/** `secret` is shown only this once. */
export type WebhookSecret = { readonly ok: true; readonly hook: number; readonly secret: string }

/** `secret` null: the hook has the same as before, which signs alone now. `until`: when the old one ends; null: it has. */
export type RotatedWebhook = { readonly secret: string | null; readonly until: number | null }

type Deps = {
  readonly clock: Pick<Clock, 'now'>
  readonly entropy: Entropy
  readonly webhooks: WebhookSender
  readonly deliveries: WebhookDeliveries
  readonly state: () => State
  readonly submit: (body: Body) => void
  readonly settled: (run: () => void) => void
}

export function hostWebhooks(deps: Deps): HostWebhooks {
  const { clock, entropy, webhooks, deliveries, state, submit, settled } = deps
  const unknown = (id: number): Refused => refused('hook-unknown', `${id}`)
  return {
    add(given, of, answer) {
      const url = readUrl(given)
      if (url === null) return answer(refused('hook-url'))
      const room = of.room === null ? null : vetRoom(of.room)
      if (room && !room.ok) return answer(room)
      const kinds = of.kinds === undefined ? undefined : readKinds(of.kinds)
      if (kinds && 'ok' in kinds) return answer(kinds)
      if ((kinds || of.cloudevents) && isTooEarly(state())) return answer(refused('not-yet'))
      webhooks.forbids(url, why => {
        if (why) return answer(refused('hook-private'))
        const salt = entropy.id()
        const { events, cloudevents } = of
        const chosen = { ...(events && { events }), ...(kinds && { kinds }), ...(cloudevents && { cloudevents }) }
        submit({ type: 'hook', url, room: room?.value ?? null, salt, ...chosen })
        settled(() => {
          const hook = state().hooks.find(one => one.salt === salt)
          if (hook) answer({ ok: true, hook: hook.id, secret: webhooks.secret(hook) })
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
      if (!hook) return unknown(id)
      submit({ type: 'forward', hook: id, cursor: hook.cursor, paused: false })
      settled(told)
      return null
    },
    rotate(id, now, told) {
      const hook = state().hooks.get(id)
      if (!hook) return unknown(id)
      if (isTooEarly(state())) return refused('not-yet')
      if (hook.old && !now) return refused('hook-rotating', `${id}`)
      const salt = hook.old ? null : entropy.id()
      submit({ type: 'rotate-hook', hook: id, salt, until: now ? null : clock.now() + HOOK_ROTATION_MS })
      settled(() => {
        const rotated = state().hooks.get(id)
        if (!rotated || (salt !== null && rotated.salt !== salt)) return
        told({ secret: salt === null ? null : webhooks.secret(rotated), until: oldSecretUntil(state(), id) })
      })
      return null
    },
    list: () =>
      [...state().hooks.values()].map(hook => ({
        ...{ ...hook, ...deliveries.progress(hook.id), behind: deliveries.behind(hook) },
        oldSecretUntil: oldSecretUntil(state(), hook.id),
      })),
  }
}

const oldSecretUntil = ({ ends }: State, hook: number): number | null => ends.get(rotationKey(hook)) ?? null

/** Other servers, with a program from before, take part. */
const isTooEarly = ({ format, nodes }: State): boolean => format < 9 && nodes.size > 0

function readKinds(given: readonly string[]): readonly HookKind[] | Refused {
  const unknown = given.find(one => !HOOK_KINDS.some(kind => kind === one))
  if (unknown !== undefined || given.length === 0) return refused('hook-kinds', unknown ?? '')
  return HOOK_KINDS.filter(kind => given.includes(kind))
}

function readUrl(given: string): string | null {
  if (given.length > HOOK_URL_CHARS || !URL.canParse(given)) return null
  const { href, protocol, username, password } = new URL(given)
  const isWeb = protocol === 'http:' || protocol === 'https:'
  return isWeb && username === '' && password === '' && href.length <= HOOK_URL_CHARS ? href : null
}
