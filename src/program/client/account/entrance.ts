/** The ways for `rxchat` to enter: a key of this machine that fits the name, a password, a registration, or as a guest. */
import type { Wish } from '../../../client/session/state.ts'
import type { OwnAccount } from './own-account.ts'

export type Entrance = Pick<Wish, 'account' | 'otherwise' | 'register' | 'invite'> & {
  /** A guest's name can be used by one session at a time. */
  readonly isGuest: boolean
}

type Asked = {
  readonly name: string
  readonly accountPassword: string | null
  readonly register: boolean
  readonly invite: string | null
}

/** Null: it can't register, since no key can be stored here and there is no password. */
export function entranceFor({ name, accountPassword, register, invite }: Asked, own: OwnAccount): Entrance | null {
  const key = own.keyFor(name)
  const perhaps = own.keyPerhaps(name)
  const password = accountPassword === null ? {} : { password: accountPassword }
  const common = { invite, otherwise: perhaps === null ? [] : [{ key: perhaps }] }
  if (register && key === null) {
    const draft = own.draft(name, '')
    if (draft === null && accountPassword === null) return null
    return { ...common, register: { ...draft, ...password }, isGuest: true }
  }
  if (accountPassword !== null) return { account: { password: accountPassword }, invite, isGuest: false }
  if (key !== null) return { ...common, account: { key }, otherwise: [null, ...common.otherwise], isGuest: false }
  return { ...common, isGuest: true }
}

export const NO_KEY =
  'A key cannot be stored on this machine, so give the account a password: --account-password-file FILE, or RXCHAT_ACCOUNT_PASSWORD.'
