/**
 * The owner of a cursor. An account keeps its cursors under every name. A token's cursors belong to its name, which
 * only the host gives away, so that a new token goes on at the place of a revoked one. A guest's cursors belong to its
 * name, too: the next guest with that name has them (docs/decisions/0062).
 */
import type { SessionId, Target } from '../../model/input.ts'
import { type Cursor, cursorKey } from '../../model/state/cursor.ts'
import type { State } from '../../model/state.ts'
import { holderOfKey, memberOf } from '../rules/lookup.ts'

/** `name`: the owner's name now. */
export type Owner = { readonly owner: string; readonly name: string }

/** Null: the session is nobody's, or the host's, who has no cursors. */
export function ownerOf(state: State, session: SessionId): Owner | null {
  const grant = state.grants.get(session)
  if (grant) return { owner: ofToken(grant.name.keys[0]), name: grant.name.text }
  const member = memberOf(state, { session })
  if (!member) return null
  const { id, name } = member
  return { owner: state.accounts.has(id) ? ofAccount(id) : ofGuest(name.keys[0]), name: name.text }
}

export const ofAccount = (id: string): string => `account:${id}`
const ofToken = (key: string): string => `token:${key}`
export const ofGuest = (key: string): string => `guest:${key}`

export const isOfGuest = ({ owner }: Pick<Cursor, 'owner'>): boolean => owner.startsWith('guest:')

/** A cursor of the asker: by its name, or one that this session has had since before it was renamed. */
export function ownCursor(state: State, session: SessionId, name: string): Cursor | undefined {
  const owner = ownerOf(state, session)
  if (!owner) return undefined
  const own = state.cursors.get(cursorKey({ owner: owner.owner, name }))
  const isHad = (one: Cursor): boolean =>
    one.name === name && [one.holder, ...one.waiting].some(consumer => consumer?.session === session)
  return own ?? (state.grants.has(session) ? undefined : state.cursors.find(isHad))
}

/** A cursor of the owner that has this name, or had it as a token or a guest. */
export function cursorOf(state: State, { key }: Target, name: string): Cursor | undefined {
  const holder = holderOfKey(state, key)
  const known = holder?.name.keys[0] ?? key
  const owners = [...(holder?.is === 'account' ? [ofAccount(holder.id)] : []), ofToken(known), ofGuest(known)]
  return owners.map(owner => state.cursors.get(cursorKey({ owner, name }))).find(one => one !== undefined)
}

/** A cursor of a token that was revoked. A new token with its name has it (docs/spec.md, CU1). */
export const isOfRevoked = ({ grants }: State, { owner }: Cursor): boolean =>
  owner.startsWith(ofToken('')) && !grants.some(({ name }) => ofToken(name.keys[0]) === owner)

/** The owner's name now; if the account is gone, its last known name. */
export const ownerName = ({ accounts }: State, { owner, by }: Cursor): string =>
  accounts.get(owner.replace(/^account:/, ''))?.name.text ?? by
