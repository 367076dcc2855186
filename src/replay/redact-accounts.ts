/** Accounts, invites and read positions without names, labels and hashes, for the same bug report. */
import type { Body, Identity } from '../model/input.ts'
import type { Account, CredentialDraft, Invite, Proof } from '../model/state/account.ts'
import type { PushSubscription } from '../model/state/push.ts'
import { type Place, placeKey, placeOf, type Reads } from '../model/state/reads.ts'
import { blank, type Pseudonyms, unless } from './pseudonyms.ts'
import { matchedOf } from './redact-keeping.ts'

type AboutAccounts = Extract<
  Body,
  {
    type:
      | ('register' | 'credential' | 'rehash' | 'withdraw' | 'logout' | 'read' | 'invite' | 'uninvite' | 'room-remove')
      | ('push' | 'unpush' | 'push-gone' | 'carry-push')
      | ('account-add' | 'account-reset' | 'account-rename' | 'account-remove' | 'account-erased')
  }
>

/** Inputs about accounts, invites and read positions. */
export function redactedAbout(by: Pseudonyms, body: AboutAccounts): Body {
  switch (body.type) {
    case 'register': {
      const { type, invite } = body
      const credential = redactedDraft(by, body.credential)
      return { type, credential, ...(invite === undefined ? {} : { invite }), ...matchedOf(body) }
    }
    case 'credential': {
      const { type, replaces } = body
      return { type, add: redactedDraft(by, body.add), ...(replaces === undefined ? {} : { replaces }) }
    }
    case 'rehash':
    case 'account-reset':
      return { type: body.type, account: body.account, credential: redactedDraft(by, body.credential) }
    case 'withdraw':
      return { type: body.type, credential: body.credential }
    case 'logout':
      return { type: body.type, everywhere: body.everywhere }
    case 'read':
      return { type: body.type, reads: body.reads.map(({ place, seq }) => ({ place: redactedPlace(by, place), seq })) }
    case 'push':
      return { type: body.type, hash: by.token(body.hash), preview: body.preview }
    case 'unpush':
      return { type: body.type, hash: unless(body.hash, hash => by.token(hash)) }
    case 'push-gone':
    case 'carry-push':
      return { type: body.type, push: body.push }
    case 'account-add':
      return { type: body.type, name: by.name(body.name), credential: redactedDraft(by, body.credential) }
    case 'account-rename':
      return { type: body.type, account: body.account, name: by.name(body.name) }
    case 'account-remove':
      return { type: body.type, account: body.account, ...(body.erase && { erase: body.erase }) }
    case 'account-erased':
      return { type: body.type, account: body.account }
    case 'invite': {
      const { type, invite, uses, until } = body
      return { type, invite, hash: by.token(body.hash), room: unless(body.room, one => by.room(one)), uses, until }
    }
    case 'uninvite':
      return { type: body.type, invite: body.invite }
    case 'room-remove':
      return { type: body.type, room: by.room(body.room) }
  }
}

/** The identity in a hello. */
export function redactedIdentity(by: Pseudonyms, { account, register, invite, nets, filters }: Identity): Identity {
  const room = account ? unless(account.room, one => by.room(one)) : null
  return {
    ...(account && { account: { id: account.id, credential: account.credential, room } }),
    ...(register && { register: redactedDraft(by, register) }),
    ...(invite === undefined ? {} : { invite }),
    ...(nets && { nets }),
    ...(filters && { filters }),
  }
}

export function redactedAccount(by: Pseudonyms, account: Account): Account {
  const { id, name, since, used, credentials, rooms, left, held } = account
  return {
    id,
    name: by.name(name),
    since,
    used,
    credentials: credentials.map(one => ({ ...redactedDraft(by, one), since: one.since, used: one.used })),
    rooms: rooms.map(room => by.room(room)),
    ...(left === undefined ? {} : { left }),
    held: held.map(one => ({ name: by.name(one.name), until: one.until })),
  }
}

export const redactedReads = (by: Pseudonyms, { floor, places }: Reads): Reads => ({
  floor,
  places: places.mapKeys(key => placeKey(redactedPlace(by, placeOf(key)))),
})

export const redactedInvite = (by: Pseudonyms, { id, hash, room, uses, until }: Invite): Invite => ({
  id,
  hash: by.token(hash),
  room: unless(room, one => by.room(one)),
  uses,
  until,
})

export const redactedPush = (
  by: Pseudonyms,
  { id, account, credential, hash, preview, text }: PushSubscription,
): PushSubscription => ({ id, account, credential, hash: by.token(hash), preview, text })

const redactedDraft = (by: Pseudonyms, { id, label, proof }: CredentialDraft): CredentialDraft => ({
  id,
  label: blank(label),
  proof: redactedProof(by, proof),
})

function redactedProof(by: Pseudonyms, proof: Proof): Proof {
  switch (proof.kind) {
    case 'password':
    case 'kept':
      return { kind: proof.kind, hash: by.token(proof.hash) }
    case 'key':
      return { kind: proof.kind, key: by.token(proof.key) }
    case 'passkey': {
      const { kind, credential, key, counter, host } = proof
      return { kind, credential: by.token(credential), key: by.token(key), counter, host: blank(host) }
    }
  }
}

const redactedPlace = (by: Pseudonyms, place: Place): Place => ('room' in place ? { room: by.room(place.room) } : place)
