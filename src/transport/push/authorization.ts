/** Identifies the sender to a push service: a short token, signed with the server's key (VAPID, RFC 8292). */
import { sign } from 'node:crypto'
import { PUSH_TOKEN_MS } from '../../model/limits.ts'
import type { PushKeys } from './keys.ts'

type Token = { readonly header: string; readonly until: number }

/** Tokens of this many push services and sites are kept, so that each push needn't be signed. */
const KEPT = 100

export class Authorization {
  readonly #keys: PushKeys
  readonly #tokens = new Map<string, Token>()

  constructor(keys: PushKeys) {
    this.#keys = keys
  }

  /**
   * The header for an endpoint. `site`: contact for the push service; null: none. `now`: milliseconds since the epoch.
   */
  header(endpoint: string, site: string | null, now: number): string {
    const { origin: aud } = new URL(endpoint)
    const of = `${aud} ${site}`
    const known = this.#tokens.get(of)
    // It's renewed at half of its time, since clocks differ.
    if (known && now < known.until - PUSH_TOKEN_MS / 2 && now > known.until - PUSH_TOKEN_MS - 60_000)
      return known.header
    const until = now + PUSH_TOKEN_MS
    const claims = { aud, exp: Math.floor(until / 1000), ...(site === null ? {} : { sub: site }) }
    const header = `vapid t=${this.#signed(claims)}, k=${this.#keys.publicKey.toString('base64url')}`
    if (this.#tokens.size >= KEPT) this.#tokens.clear()
    this.#tokens.set(of, { header, until })
    return header
  }

  #signed(claims: object): string {
    const text = [{ typ: 'JWT', alg: 'ES256' }, claims].map(part => base64url(JSON.stringify(part))).join('.')
    const signature = sign('sha256', Buffer.from(text), { key: this.#keys.signing, dsaEncoding: 'ieee-p1363' })
    return `${text}.${signature.toString('base64url')}`
  }
}

const base64url = (text: string): string => Buffer.from(text).toString('base64url')
