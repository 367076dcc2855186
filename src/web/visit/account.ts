/** A member's acts on an account, from the page. Each gives null when it's done, or the sentence to show. */

import { type Observable, Subject } from 'rxjs'
import type { Devices } from '../../client/chat/state.ts'
import type { Client } from '../../client/session/connection.ts'
import type { SignIn } from '../../model/command.ts'
import { thisDevice } from '../browser/device.ts'
import { keptPush } from '../browser/kept-push.ts'
import { keepSignIn, newSecret } from '../browser/kept-sign-in.ts'
import { createPasskey } from '../browser/passkey.ts'
import { request } from './requests.ts'
import { upload } from './upload.ts'

type Done = Promise<string | null>

export type AccountActs = {
  /** Makes an account of the guest's name. */
  readonly register: (password: string) => Done
  /** Stays signed in on this device. `name`: of the account. */
  readonly keep: (name: string) => Done
  /** Renames the account on all of its devices. */
  readonly rename: (name: string) => Done
  readonly changePassword: (old: string, next: string) => Done
  readonly addPasskey: () => Done
  readonly revoke: (credential: string) => Done
  readonly signOut: (everywhere: boolean) => Done
  /** Whether this session has signed in by the kept sign-in of this device. */
  readonly isKept: () => boolean
  /** Another invite has come. */
  readonly invited: (token: string) => void
  /** Whether the user has signed out here, so that the end of the session is no news. */
  readonly hasSignedOut: () => boolean
  /** A guest becomes the account on the same connection. `name` empty: the passkey tells the account. */
  readonly signIn: (name: string, account: SignIn, keeps: boolean) => Done
  /** A picture for the account, for all to see; null: none any more. */
  readonly picture: (picture: Blob | null) => Done
  readonly devices: () => Promise<Devices | string>
  /** Something that can sign in was added, changed or revoked here. */
  readonly changed$: Observable<void>
}

/** `isKept`: the session begins by the kept sign-in of this device. */
export function accountActs(
  client: Client,
  first: { readonly invite: string | null; readonly isKept: boolean },
): AccountActs {
  let { invite, isKept } = first
  let hasSignedOut = false
  const changed$ = new Subject<void>()

  async function done(asked: Parameters<typeof request>[1]): Done {
    const answer = await request(client, asked)
    if (!answer.ok) return answer.why
    changed$.next()
    return null
  }

  async function keep(name: string): Done {
    const secret = newSecret()
    const why = await done({ type: 'keep', secret, label: thisDevice() })
    if (why !== null) return why
    keepSignIn({ name, secret })
    isKept = true
    return null
  }

  return {
    register: password => done({ type: 'register', password, ...(invite === null ? {} : { invite }) }),
    keep,
    changed$,
    async rename(name) {
      const answer = await request(client, { type: 'nick', name })
      return answer.ok ? null : answer.why
    },
    // The server asks for the old one only if there is one.
    changePassword: (old, next) => done({ type: 'password', ...(old === '' ? {} : { old }), new: next }),
    async addPasskey() {
      const answer = await request(client, { type: 'passkey' })
      if (!answer.ok) return answer.why
      if (answer.reply.type !== 'challenge' || !answer.reply.passkey) return UNKNOWN_ANSWER
      try {
        const response = await createPasskey(answer.reply.passkey)
        return await done({ type: 'add-passkey', response: { ...response }, label: thisDevice() })
      } catch (error) {
        return error instanceof Error ? error.message : String(error)
      }
    },
    revoke: credential => done({ type: 'revoke', credential }),
    async signOut(everywhere) {
      hasSignedOut = true
      // Nobody should see later messages to the account here.
      if (keptPush() !== null) await (await import('./push-acts.ts')).turnOff(client)
      const why = await done({ type: 'logout', everywhere })
      if (why !== null) hasSignedOut = false
      return why
    },
    isKept: () => isKept,
    invited(token) {
      invite = token
    },
    hasSignedOut: () => hasSignedOut,
    async signIn(name, account, keeps) {
      const answer = await request(client, { type: 'login', name, account })
      if (!answer.ok) return answer.why
      return keeps && answer.reply.type === 'welcome' ? keep(answer.reply.name) : null
    },
    async picture(picture) {
      const sent = picture === null ? { ok: true as const, id: null } : await upload(client, picture, 'picture')
      return sent.ok ? done({ type: 'picture', file: sent.id }) : sent.why
    },
    async devices() {
      const answer = await request(client, { type: 'devices' })
      if (!answer.ok) return answer.why
      return answer.reply.type === 'devices' ? answer.reply : UNKNOWN_ANSWER
    },
  }
}

const UNKNOWN_ANSWER = 'The server gave an answer that this page does not know. Reload the page.'
