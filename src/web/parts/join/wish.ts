/** The request that the join form makes, and its possible errors. */
import type { Where } from '../../../client/chat/place.ts'
import type { SignIn } from '../../../model/command.ts'

/** A way to enter. `keeps`: the user also stays signed in on this device. */
export type As =
  | { readonly type: 'guest' }
  /** By the kept sign-in of this device. */
  | { readonly type: 'kept'; readonly secret: string }
  | { readonly type: 'password'; readonly password: string; readonly keeps: boolean }
  | { readonly type: 'passkey'; readonly keeps: boolean }
  /** As a guest, who then makes an account of the name. */
  | { readonly type: 'create'; readonly password: string; readonly keeps: boolean }

export type JoinWish = {
  /** Empty with a passkey, which tells the account. */
  readonly name: string
  /** Null: the account's own rooms. */
  readonly where: Where | null
  /** The server's own password; null: the form didn't ask for it. */
  readonly serverPassword: string | null
  readonly as: As
}

/** A guest gives a name and is in. The two others are for accounts. */
export type Mode = 'guest' | 'sign-in' | 'create'

/** An error, and the field that shows it; `form`: none of them. */
export type JoinError = {
  readonly at: 'name' | 'server-password' | 'password' | 'room' | 'form'
  readonly text: string
}

/** The identity for the hello; null: none, as a guest. */
export function signInOf(as: As): SignIn | null {
  switch (as.type) {
    case 'kept':
      return { kept: as.secret }
    case 'password':
      return { password: as.password }
    case 'passkey':
      return { passkey: true }
    case 'guest':
    case 'create':
      return null
  }
}
