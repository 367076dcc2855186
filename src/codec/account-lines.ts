/** Lines about accounts for people in line mode: the ways to sign in, and whether a name is an account. */
import { aligned } from '../model/text.ts'
import type { Device, Outgoing } from './codec.ts'
import type { TimeOfDay } from './sentence.ts'

const KINDS: Readonly<Record<Device['kind'], string>> = {
  password: 'password',
  key: 'key',
  passkey: 'passkey',
  kept: 'kept sign-in',
}

/** One line each. `stamp` gives a time. */
export const deviceLines = (devices: readonly Device[], stamp: TimeOfDay): readonly string[] =>
  aligned(
    devices.map(device => {
      const { id, kind, label, since, used, sessions, current } = device
      const known = label === '' ? KINDS[kind] : `${KINDS[kind]}, ${label}`
      const here = current ? ', this one' : ''
      return [`${id}  ${known}`, `since ${stamp(since)}, last used ${stamp(used)}, ${sessions} connected${here}`]
    }),
  )

type Found = Pick<Extract<Outgoing, { type: 'account' }>, 'name' | 'since' | 'here'>

/** `stamp` gives a time. */
export function accountSentence({ name, since, here }: Found, stamp: TimeOfDay): string {
  const present = here ? 'here' : 'not here'
  return since === null
    ? `${name} is a guest, and ${present}.`
    : `${name} is an account since ${stamp(since)}, and ${present}.`
}
