/**
 * Passkeys by WebAuthn. Their answers are checked in a thread that starts with the first one: most servers never need
 * it, and the library that it loads would hold up everybody.
 */
import { PASSKEY_ANSWER_MAX_CHARS, PASSKEYS_WAITING_MAX } from '../../../../model/limits.ts'
import type { Passkey, Passkeys, PasskeyVerdict, Site } from '../../../../port/passkeys.ts'
import { creationOptions, requestOptions } from './options.ts'
import { Thread } from './thread.ts'

/** A browser's answer to a challenge: a passkey was made (`passkey` null), or is used. */
export type PasskeyCheck = {
  readonly site: Site
  readonly challenge: string
  readonly response: unknown
  readonly passkey: Passkey | null
}

export function webAuthn(): Passkeys {
  const thread = new Thread<PasskeyCheck, Passkey | null>(ENTRY, PASSKEYS_WAITING_MAX)
  const check = async (asked: PasskeyCheck): Promise<PasskeyVerdict> =>
    isTooLong(asked.response) ? null : (thread.ask(asked) ?? 'busy')
  return {
    creation: creationOptions,
    request: requestOptions,
    created: (site, challenge, response) => check({ site, challenge, response, passkey: null }),
    proved: (site, challenge, response, passkey) => check({ site, challenge, response, passkey }),
    close: () => thread.close(),
  }
}

/** Beside this module among the sources, and beside the bundles (rolldown.config.ts). */
const ENTRY = new URL(`./passkey-thread${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)

/** Many fields or certificates in an answer would take long to read. */
const isTooLong = (response: unknown): boolean => JSON.stringify(response).length > PASSKEY_ANSWER_MAX_CHARS
