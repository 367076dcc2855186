/**
 * Accounts: names that are somebody's for good, and the credentials that prove it. The id of an account is the id of
 * its member, whenever that is here. A secret is kept only as a hash, or as the public half of a pair of keys.
 */
import type { Set as ISet, OrderedMap } from 'immutable'
import type { MemberId } from '../ids.ts'
import type { Name } from '../name/name.ts'

/** Short, unique within the account, and shown to its owner. */
export type CredentialId = string

export type Account = {
  readonly id: MemberId
  readonly name: Name
  /** When it was registered, and when a credential of it was last used; milliseconds since the epoch. */
  readonly since: number
  readonly used: number
  /** Oldest first; at most CREDENTIALS_MAX. */
  readonly credentials: OrderedMap<CredentialId, Credential>
  /** The rooms of its member. They survive its absence. */
  readonly rooms: ISet<string>
  /** The `seq` of the input with which its member left last. Absent: that was before format 7. */
  readonly left?: number
  /** Former names, the oldest first; at most NAMES_HELD_MAX. */
  readonly held: readonly HeldName[]
  /** The file that is its picture. Absent: none. */
  readonly picture?: string
}

/** A way to sign in, before the account has it. `label` is the owner's word for it, such as the name of a device. */
export type CredentialDraft = { readonly id: CredentialId; readonly label: string; readonly proof: Proof }

export type Credential = CredentialDraft & {
  /** When it was added, and when it was last used; milliseconds since the epoch. */
  readonly since: number
  readonly used: number
}

export type Proof =
  /** `hash`: an scrypt hash with its cost and salt (src/server/ingress/authentication). An account has at most one. */
  | { readonly kind: 'password'; readonly hash: string }
  /** `key`: a raw Ed25519 public key in base64url. */
  | { readonly kind: 'key'; readonly key: string }
  /** WebAuthn: `credential` and `key` (COSE) in base64url; `host` is the relying party's id. */
  | {
      readonly kind: 'passkey'
      readonly credential: string
      readonly key: string
      readonly counter: number
      readonly host: string
    }
  /** "Keep me signed in". `hash`: of the secret that the client keeps. */
  | { readonly kind: 'kept'; readonly hash: string }

/** A former name of an account. It's nobody else's before `until`, milliseconds since the epoch. */
export type HeldName = { readonly name: Name; readonly until: number }

/** An invite: a link that lets somebody in, and lets them register. */
export type Invite = {
  /** Short, and shown to the host. */
  readonly id: string
  /** Hash of the token in the link. */
  readonly hash: string
  /** The room that the link leads to. Null: the lobby. */
  readonly room: string | null
  /** How many more may use it. */
  readonly uses: number
  /** When it expires, in milliseconds since the epoch. */
  readonly until: number
}
