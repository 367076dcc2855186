/** What the join form asks for, and what may be wrong with it. */
import type { Where } from '../../../client/chat/place.ts'
import type { SignIn } from '../../../model/command.ts'

/** How somebody enters. `keeps`: and stays signed in on this device. */
export type As =
  | { readonly type: 'guest' }
  /** By the kept sign-in of this device. */
  | { readonly type: 'kept'; readonly secret: string }
  | { readonly type: 'password'; readonly password: string; readonly keeps: boolean }
  | { readonly type: 'passkey'; readonly keeps: boolean }
  /** As a guest, who then makes an account of the name. */
  | { readonly type: 'create'; readonly password: string; readonly keeps: boolean }

export type JoinWish = {
  /** Empty with a passkey: that says whose it is. */
  readonly name: string
  /** Null: the account's own rooms. */
  readonly where: Where | null
  /** The server's own password; null: the form didn't ask for it. */
  readonly serverPassword: string | null
  readonly as: As
}

/** A guest gives a name and is in. The two others are for accounts. */
export type Mode = 'guest' | 'sign-in' | 'create'

/** An error, and the field where it's shown; `form`: none of them. */
export type JoinError = {
  readonly at: 'name' | 'server-password' | 'password' | 'room' | 'form'
  readonly text: string
}

/** What the hello says of it; null: nothing, as a guest. */
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
