/** Subscriptions to notifications. Each ends with the credential that it came with, and its endpoint is erased then. */
import type { Event, EventOf } from '../../model/event.ts'
import type { InputOf, MemberId } from '../../model/input.ts'
import { PUSHES_MAX, PUSHES_PER_ACCOUNT } from '../../model/limits.ts'
import type { CredentialId } from '../../model/state/account.ts'
import type { PushSubscription } from '../../model/state/push.ts'
import type { State } from '../../model/state.ts'
import { may } from '../may.ts'
import { accountOf, sessionOf } from '../rules/lookup.ts'
import { refuse } from '../rules/refuse.ts'

/**
 * It takes the place of an earlier one of that browser, under any account, and of the oldest if the account has too
 * many.
 */
export function decidePush(state: State, input: InputOf<'push'>): readonly Event[] {
  const { hash, preview, session } = input
  const account = accountOf(state, input)
  const credential = sessionOf(state, session)?.credential
  if (!account || credential === undefined || !may(state, session, 'account')) return refuse(input, 'not-registered')
  const before = pushesOf(state, one => one.hash === hash)
  const others = pushesOf(state, one => one.account === account.id && one.hash !== hash)
  const oldest = others.slice(0, Math.max(0, others.length - PUSHES_PER_ACCOUNT + 1))
  const ended = [...before, ...oldest]
  if (state.pushes.size - ended.length >= PUSHES_MAX) return refuse(input, 'pushes-full', `${PUSHES_MAX}`)
  const { seq } = state
  return [
    ...ended.map(unsubscribed),
    { type: 'subscribed', id: seq, account: account.id, credential, hash, preview, text: seq },
  ]
}

/** Ends the subscription of one browser, or (null) all under the credential of this session. */
export function decideUnpush(state: State, input: InputOf<'unpush'>): readonly Event[] {
  const account = accountOf(state, input)
  if (!account || !may(state, input.session, 'account')) return refuse(input, 'not-registered')
  const credential = sessionOf(state, input.session)?.credential
  const isMeant = (one: PushSubscription): boolean =>
    input.hash === null ? one.credential === credential : one.hash === input.hash
  return pushesOf(state, one => one.account === account.id && isMeant(one)).map(unsubscribed)
}

/** The push service doesn't know it any more, or its endpoint is lost. */
export function decidePushGone(state: State, { push }: InputOf<'push-gone'>): readonly Event[] {
  const one = state.pushes.get(push)
  return one ? [unsubscribed(one)] : []
}

/** Older inputs are about to be forgotten, and the endpoint with them. */
export const decideCarryPush = (state: State, { push }: InputOf<'carry-push'>): readonly Event[] =>
  state.pushes.has(push) ? [{ type: 'push-carried', id: push }] : []

/** Ends the subscriptions of an account that signs out everywhere. */
export const unsubscribes = (state: State, account: MemberId): readonly Event[] =>
  pushesOf(state, one => one.account === account).map(unsubscribed)

const unsubscribed = ({ id }: PushSubscription): Event => ({ type: 'unsubscribed', id })

/** Oldest first. */
const pushesOf = ({ pushes }: State, isOne: (one: PushSubscription) => boolean): readonly PushSubscription[] =>
  pushes.size === 0 ? [] : [...pushes.values()].filter(isOne)

export function evolvePushes(state: State, event: EventOf<'subscribed' | 'unsubscribed' | 'push-carried'>): State {
  switch (event.type) {
    case 'subscribed': {
      const { type: _, ...push } = event
      return { ...state, pushes: state.pushes.set(push.id, push) }
    }
    case 'unsubscribed':
      return without(state, one => one.id === event.id)
    case 'push-carried': {
      const push = state.pushes.get(event.id)
      if (!push) return state
      const obsolete = state.obsolete.add(push.text)
      return { ...state, obsolete, pushes: state.pushes.set(push.id, { ...push, text: state.seq }) }
    }
  }
}

/** The account is gone, or (with `credential`) one of its ways to sign in. */
export const withoutPushes = (state: State, account: MemberId, credential?: CredentialId): State =>
  without(state, one => one.account === account && (credential === undefined || one.credential === credential))

/** Nobody needs their endpoints any more. */
function without(state: State, isOver: (one: PushSubscription) => boolean): State {
  const over = pushesOf(state, isOver)
  if (over.length === 0) return state
  return {
    ...state,
    pushes: state.pushes.deleteAll(over.map(({ id }) => id)),
    obsolete: state.obsolete.concat(over.map(({ text }) => text)),
  }
}
