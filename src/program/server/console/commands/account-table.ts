/** ACCOUNT LIST: a page of accounts as a table. */
import type { Account, Proof } from '../../../../model/state/account.ts'
import type { State } from '../../../../model/state.ts'
import { type Table, tableLines } from './table.ts'

/** Accounts on one page. */
export const ACCOUNTS_LISTED = 50

const HEADS = ['NAME', 'SINCE', 'LAST USE', 'SIGNS IN WITH', 'HERE'] as const
const LEAST_NEEDED = ['SINCE', 'SIGNS IN WITH', 'LAST USE'] as const

export const pagesOf = ({ accounts }: State): number => Math.max(1, Math.ceil(accounts.size / ACCOUNTS_LISTED))

/** The lines for a width in columns. `page` begins at 1. `stamp` formats times. */
export function accountPage(
  accounts: readonly Account[],
  state: State,
  page: number,
  stamp: (at: number) => string,
): (columns: number) => readonly string[] {
  const rows = accounts.map(account => rowOf(state, account, stamp))
  const table: Table = { heads: HEADS, rows, leastNeeded: LEAST_NEEDED }
  const pages = pagesOf(state)
  const next = page < pages ? `ACCOUNT LIST ${page + 1} shows the next page.` : 'This is the last page.'
  return columns => [
    `ACCOUNTS: ${state.accounts.size}`,
    ...(rows.length > 0 ? tableLines(table, columns) : []),
    ...(pages > 1 ? [`Page ${page} of ${pages}. ${next}`] : []),
  ]
}

const rowOf = (state: State, account: Account, stamp: (at: number) => string): readonly string[] => [
  account.name.text,
  stamp(account.since),
  stamp(account.used),
  waysIn(account),
  presence(state.members.get(account.id)?.sessions.size ?? 0),
]

const presence = (sessions: number): string =>
  sessions === 0 ? '-' : sessions === 1 ? 'here' : `here, ${sessions} times`

const WORDS: Readonly<Record<Proof['kind'], (count: number) => string>> = {
  password: () => 'password',
  key: count => counted(count, 'key'),
  passkey: count => counted(count, 'passkey'),
  kept: count => counted(count, 'device'),
}

const counted = (count: number, what: string): string => (count === 1 ? what : `${count} ${what}s`)

function waysIn({ credentials }: Account): string {
  const counts = credentials.countBy(({ proof }) => proof.kind)
  const kinds = Object.keys(WORDS) as readonly Proof['kind'][]
  const words = kinds.flatMap(kind => (counts.has(kind) ? [WORDS[kind](counts.get(kind) ?? 0)] : []))
  return words.length === 0 ? '-' : words.join(', ')
}
