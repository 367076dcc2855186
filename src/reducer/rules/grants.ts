/**
 * Tokens of the API, and messages posted with them. The holder of a token is no member and in no room. It has a name,
 * which nobody else can take, and keys that recognise a repeated message (docs/spec.md, A2).
 */
import { OrderedMap } from 'immutable'
import type { Event, EventOf } from '../../model/event.ts'
import type { InputOf } from '../../model/input.ts'
import { GRANT_KEYS_MAX, GRANTS_MAX } from '../../model/limits.ts'
import type { Grant, Posted } from '../../model/state/grant.ts'
import type { State } from '../../model/state.ts'
import { writingFault } from '../keeping/messages/writing.ts'
import { refuseFor } from '../keeping/refusals.ts'
import { liveMark, livesFault } from '../lives/growing.ts'
import { may } from '../may.ts'
import { attachingFault } from '../messages/files.ts'
import { askedBefore, askedIn, askFault, askIn } from '../questions/asking.ts'
import { lowersAll } from '../questions/hands.ts'
import { holderOf } from './lookup.ts'
import { namesWith, namesWithout } from './names.ts'
import { refuse, refuseTaken } from './refuse.ts'
import { attachedOf, mentionsOf, says } from './room.ts'

export function decideGrant(state: State, input: InputOf<'grant'>): readonly Event[] {
  const { grant, name, secret, room, read, write, audit, keep } = input
  const holder = holderOf(state, name)
  if (holder) return refuseTaken(state, input, name, holder)
  if (state.grants.size >= GRANTS_MAX) return refuse(input, 'grants-full', `${GRANTS_MAX}`)
  const rights = state.format < 7 ? {} : { ...(audit && { audit }), ...(keep && { keep }) }
  return [{ type: 'granted', id: grant, name, secret, room, read, write, ...rights }]
}

export function decideRevoke(state: State, input: InputOf<'revoke'>): readonly Event[] {
  const grant = state.grants.get(state.names.get(input.who.key) ?? '')
  if (!grant) return refuse(input, 'grant-unknown', input.who.text)
  const hand = { id: grant.id, name: grant.name.text }
  return [...lowersAll(state, input, hand), { type: 'revoked', grant: grant.id, name: grant.name.text }]
}

/** A message to a room without members goes into the history. A refused message leaves nothing under its key. */
export function decidePost(state: State, input: InputOf<'post'>): readonly Event[] {
  const { session, room, action, key } = input
  const grant = state.grants.get(session)
  if (!grant) return refuse(input, 'token-unknown')
  if (!may(state, session, 'write', { room })) return refuse(input, 'not-granted', `write in ${room}`)
  const known = key === null ? undefined : grant.posted.get(key.hash)
  if (known && key?.print !== known.print) return refuse(input, 'key-reused')
  if (known) return [{ type: 'reposted', grant: session, seq: known.seq, at: known.at }]
  const ask = askIn(state, input)
  const asked = ask && askedBefore(state, ask)
  if (asked && ask.key?.print !== asked.print) return refuse(input, 'key-reused')
  if (asked) return [{ type: 'reposted', grant: session, seq: asked.seq, at: asked.at }]
  const unfit = writingFault(state, session, session, room) ?? attachingFault(state, session, input.files)
  const unasked =
    unfit ?? (ask && askFault(state, input, ask)) ?? (input.live ? livesFault(state, session, room) : null)
  if (unasked) return refuseFor(input, unasked)
  const said: EventOf<'said'> = {
    type: 'said',
    room,
    from: grant.name.text,
    action,
    everyone: false,
    author: session,
    ...mentionsOf(input),
    ...attachedOf(input),
    ...(ask && askedIn(state, ask)),
    ...liveMark(state, input),
  }
  const events = says(state, input, said)
  const isSaid = events.some(event => event.type === 'said')
  return key === null || !isSaid
    ? events
    : [...events, { type: 'posted', grant: session, key: key.hash, print: key.print }]
}

export function evolveGrants(state: State, event: EventOf<'granted' | 'revoked' | 'posted'>): State {
  switch (event.type) {
    case 'granted': {
      const { type: _, ...granted } = event
      const grant: Grant = { ...granted, posted: OrderedMap<string, Posted>() }
      return {
        ...state,
        names: namesWith(state.names, grant.name, grant.id),
        grants: state.grants.set(grant.id, grant),
      }
    }
    case 'revoked': {
      const grant = state.grants.get(event.grant)
      if (!grant) return state
      return { ...state, names: namesWithout(state.names, grant.name, grant.id), grants: state.grants.delete(grant.id) }
    }
    case 'posted': {
      const grant = state.grants.get(event.grant)
      if (!grant) return state
      const posted = grant.posted.set(event.key, { seq: state.seq, at: state.at, print: event.print })
      const kept = posted.size > GRANT_KEYS_MAX ? posted.delete(posted.keySeq().first() ?? '') : posted
      return { ...state, grants: state.grants.set(grant.id, { ...grant, posted: kept }) }
    }
  }
}
