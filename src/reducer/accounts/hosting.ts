/** The host adds, resets, renames and removes accounts. */
import type { Event, EventOf } from '../../model/event.ts'
import type { InputOf, MemberId } from '../../model/input.ts'
import { ACCOUNTS_MAX, NAME_HELD_MS, NAMES_HELD_MAX } from '../../model/limits.ts'
import type { Name } from '../../model/name/name.ts'
import { HOST_NAME } from '../../model/name/standing.ts'
import type { Account } from '../../model/state/account.ts'
import type { State } from '../../model/state.ts'
import { withoutHeld } from '../keeping/rooms/gone.ts'
import { isBannedName } from '../keeping/sanctions/under.ts'
import { unstores } from '../messages/files.ts'
import { foundedBy, unfounds } from '../rules/founding.ts'
import type { Exit } from '../rules/leaving.ts'
import { holderOf, roomsOf } from '../rules/lookup.ts'
import { namesWith, namesWithout } from '../rules/names.ts'
import { refuse, refuseTaken } from '../rules/refuse.ts'
import { withoutPushes } from './pushes.ts'
import { addedAccount } from './registering.ts'
import { signOutAll } from './signing-out.ts'

const KICKED: Exit = { cause: 'kicked', by: HOST_NAME, reason: null }

export function decideAccountAdd(state: State, input: InputOf<'account-add'>): readonly Event[] {
  const { name, credential } = input
  const holder = holderOf(state, name)
  if (holder) return refuseTaken(state, input, name, holder)
  if (state.accounts.size >= ACCOUNTS_MAX) return refuse(input, 'accounts-full', `${ACCOUNTS_MAX}`)
  return [addedAccount(input.id, name, credential)]
}

export function decideAccountReset(state: State, input: InputOf<'account-reset'>): readonly Event[] {
  const account = state.accounts.get(input.account)
  if (!account) return refuse(input, 'account-unknown', input.account)
  const withdrawn = account.credentials.keySeq().map(
    (credential): Event => ({
      type: 'withdrawn',
      account: account.id,
      credential,
    }),
  )
  return [
    ...signOutAll(state, account),
    ...withdrawn,
    { type: 'credentialed', account: account.id, credential: input.credential, replaces: null, session: null },
  ]
}

export function decideAccountRename(state: State, input: InputOf<'account-rename'>): readonly Event[] {
  const account = state.accounts.get(input.account)
  if (!account) return refuse(input, 'account-unknown', input.account)
  const holder = holderOf(state, input.name, account.id)
  if (holder) return refuseTaken(state, input, input.name, holder)
  // Nobody takes the name of a banned member.
  if (isBannedName(state, [null, ...(state.members.get(account.id) ?? account).rooms], input.name)) {
    return refuse(input, 'name-banned', input.name.text)
  }
  return renames(state, account, input.name)
}

/** An account that isn't here has no room to tell. */
export function renames(state: State, { id, name }: Account, to: Name): readonly Event[] {
  if (name.text === to.text) return []
  const member = state.members.get(id)
  if (!member) return [{ type: 'account-renamed', account: id, name: to }]
  return [{ type: 'renamed', from: name.text, to: to.text, member: id, name: to, rooms: roomsOf(member) }]
}

export function decideAccountRemove(state: State, input: InputOf<'account-remove'>): readonly Event[] {
  const account = state.accounts.get(input.account)
  return account ? removes(state, account, KICKED, input) : refuse(input, 'account-unknown', input.account)
}

export const decideAccountErased = (state: State, { account }: InputOf<'account-erased'>): readonly Event[] =>
  state.erasing.has(account) ? [{ type: 'account-erased', account }] : []

/** Its rooms are nobody's any more. `input` null: its time is over. */
export const removes = (
  state: State,
  account: Account,
  how: Exit,
  input: InputOf<'account-remove'> | null,
): readonly Event[] => [
  ...signOutAll(state, account, how.cause === 'kicked' ? 'kicked' : 'signed-out', how),
  ...foundedBy(state, account.id).flatMap(room => unfounds(state, room, input)),
  ...unstoresOf(state, account, input?.erase === true),
  {
    type: 'account-removed',
    account: account.id,
    name: account.name.text,
    ...(input?.erase && { erase: input.erase }),
  },
]

/** Its picture, and the files of messages that nobody will see any more. */
const unstoresOf = (state: State, { id, picture }: Account, isErased: boolean): readonly Event[] => [
  ...(picture === undefined ? [] : [{ type: 'unstored', file: picture } as const]),
  ...(isErased ? [...state.held.values()].filter(one => one.author === id) : []).flatMap(({ seq }) =>
    unstores(state, seq),
  ),
]

export function evolveRemoved(state: State, { account: id, erase }: EventOf<'account-removed'>): State {
  const account = state.accounts.get(id)
  if (!account) return state
  const held = erase ? [...state.held.values()].filter(one => one.author === id) : []
  const kept = held.reduce((now, { seq }) => withoutHeld(now, seq), withoutPushes(state, id))
  const names = [...account.held, account].reduce((now, { name }) => namesWithout(now, name, id), state.names)
  return {
    ...kept,
    names,
    accounts: state.accounts.delete(id),
    reads: state.reads.delete(id),
    fresh: state.fresh.delete(id),
    absent: state.absent.delete(id),
    administrators: state.administrators.delete(id),
    ignored: state.ignored.delete(id),
    erasing: erase ? state.erasing.set(id, account.name.text) : state.erasing,
  }
}

export const evolveErased = (state: State, { account }: EventOf<'account-erased'>): State => ({
  ...state,
  erasing: state.erasing.delete(account),
})

/** The account has the new name, and nobody else has the old one for a while. */
export function withAccountNamed(state: State, id: MemberId, name: Name): State {
  const account = state.accounts.get(id)
  if (!account) return state
  const former = { name: account.name, until: state.at + NAME_HELD_MS }
  const all = [...account.held, former].filter(one => one.until > state.at && !overlaps(one.name, name))
  const held = all.slice(-NAMES_HELD_MAX)
  const gone = [...account.held, former].filter(one => !held.includes(one))
  const freed = gone.reduce((now, one) => namesWithout(now, one.name, id), state.names)
  const kept = held.reduce((now, one) => namesWith(now, one.name, id), freed)
  return {
    ...state,
    names: namesWith(kept, name, id),
    accounts: state.accounts.set(id, { ...account, name, held }),
  }
}

const overlaps = (a: Name, b: Name): boolean => a.keys.some(key => b.keys.includes(key))
