/** What the host does with webhooks at the console. The secret of one is shown once, and is in no journal. */
import type { Hook } from '../../model/hook.ts'
import type { Body } from '../../model/input.ts'
import { HOOK_URL_CHARS } from '../../model/limits.ts'
import type { State } from '../../model/state.ts'
import type { Courier } from '../../port/courier.ts'
import type { Entropy } from '../../port/entropy.ts'
import { type Refused, vetRoom } from '../vet.ts'
import type { Forwarding, Progress } from './forwarding.ts'

export type Hooking = {
  /** `told` gets its number and secret when it is there. What is certain to be refused is returned; else null. */
  readonly add: (url: string, room: string | null, told: (hook: number, secret: string) => void) => Refused | null
  readonly remove: (hook: number, told: () => void) => void
  /** One that is paused goes on from where it was. */
  readonly resume: (hook: number, told: () => void) => Refused | null
  readonly list: () => readonly (Hook & Progress)[]
}

type House = {
  readonly entropy: Entropy
  readonly courier: Courier
  readonly forwarding: Forwarding
  readonly state: () => State
  readonly submit: (body: Body) => void
  readonly settled: (run: () => void) => void
}

export const hooking = ({ entropy, courier, forwarding, state, submit, settled }: House): Hooking => ({
  add(given, only, told) {
    const url = readUrl(given)
    if (url === null) return { ok: false, code: 'hook-url', detail: '' }
    const room = only === null ? null : vetRoom(only)
    if (room && !room.ok) return room
    const salt = entropy.id()
    submit({ type: 'hook', url, room: room?.value ?? null, salt })
    settled(() => {
      const hook = state().hooks.find(one => one.salt === salt)
      if (hook) told(hook.id, courier.secret(salt))
    })
    return null
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
  list: () => [...state().hooks.values()].map(hook => ({ ...hook, ...forwarding.progress(hook.id) })),
})

function readUrl(given: string): string | null {
  if (given.length > HOOK_URL_CHARS || !URL.canParse(given)) return null
  const { href, protocol, username, password } = new URL(given)
  const isWeb = protocol === 'http:' || protocol === 'https:'
  return isWeb && username === '' && password === '' && href.length <= HOOK_URL_CHARS ? href : null
}
