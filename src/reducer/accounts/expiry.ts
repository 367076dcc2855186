/** Expiry of graces, of accounts that were never used again, and of the rooms of founders that stay away. */
import type { Event } from '../../model/event.ts'
import type { MemberId } from '../../model/input.ts'
import { ACCOUNT_AGAIN_MS } from '../../model/limits.ts'
import type { Session, State } from '../../model/state.ts'
import { endsOver } from '../keeping/expiry.ts'
import { foundedBy, unfounds } from '../rules/founding.ts'
import { type Exit, graceOver } from '../rules/leaving.ts'
import { removes } from './hosting.ts'

const OVER: Exit = { cause: 'lost', by: null, reason: null }

/** A tick ends everything that is due by now. */
export function decideTick(state: State): readonly Event[] {
  const lost = graceOver(state)
  const gone = new Set(lost.flatMap(event => (event.type === 'quit' ? [event.member] : [])))
  return [...lost, ...endsOver(state, gone), ...freshOver(state), ...foundedOver(state)]
}

/** An account that is here when its month is over is in use. */
const freshOver = (state: State): readonly Event[] =>
  [...state.fresh.takeWhile(until => until <= state.at).keys()].flatMap(id => {
    const account = state.accounts.get(id)
    if (!account || state.members.has(id)) return [{ type: 'account-kept', account: id } as const]
    return removes(state, account, OVER, null)
  })

const foundedOver = (state: State): readonly Event[] =>
  [...state.absent.takeWhile(until => until <= state.at).keys()]
    .flatMap(id => foundedBy(state, id))
    .flatMap(room => unfounds(state, room, null))

/** An account entered with a credential, which is the account's last use. */
export function withUse(state: State, { member: id, credential }: Session): State {
  const account = state.accounts.get(id)
  const used = account?.credentials.get(credential ?? '')
  if (!account || !used) return state
  const credentials = account.credentials.set(used.id, { ...used, used: state.at })
  const accounts = state.accounts.set(id, { ...account, used: state.at, credentials })
  return { ...state, accounts, fresh: state.fresh.delete(id) }
}

/** A session that goes on a day after the account was registered is a use, too. */
export function withUseAgain(state: State, id: MemberId): State {
  const account = state.fresh.has(id) ? state.accounts.get(id) : undefined
  const isAgain = account !== undefined && state.at >= account.since + ACCOUNT_AGAIN_MS
  return isAgain ? { ...state, fresh: state.fresh.delete(id) } : state
}
