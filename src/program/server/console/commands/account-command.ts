/** ACCOUNT at the console: the host manages accounts. An initial password is shown once, here. */
import { errorText } from '../../../../model/error.ts'
import type { State } from '../../../../model/state.ts'
import type { Refused } from '../../../../server/ingress/vetting/vetted.ts'
import type { Host } from '../host.ts'
import { ACCOUNTS_LISTED, accountPage, pagesOf } from './account-table.ts'

type Deps = Pick<Host, 'server' | 'state' | 'print' | 'showSecret' | 'showWide' | 'stamp'>

const USAGE = 'ACCOUNT ADD name | LIST [page] | RESET name | RENAME old new | REMOVE name [--erase]'

const ERASE = '--erase'

/** Whether the line is an ACCOUNT command. One with wrong arguments counts too, so that it isn't sent to everyone. */
export const isAccountCommand = (rest: string): boolean => /^(?:(?:ADD|LIST|RESET|RENAME|REMOVE)\b|$)/i.test(rest)

const NAMED = ['RESET', 'RENAME', 'REMOVE']

/** Completions for the next word of the line. */
export function accountWords([verb, ...more]: readonly string[], { accounts }: State): readonly string[] {
  if (verb === undefined) return ['ADD', 'LIST', ...NAMED]
  if (more.length === 0 && NAMED.includes(verb)) return [...accounts.values()].map(({ name }) => name.text).sort()
  return more.length === 1 && verb === 'REMOVE' ? [ERASE] : []
}

export function runAccount(host: Deps, rest: string): void {
  const { server, print, showSecret } = host
  const [verb = '', ...words] = rest.split(/\s+/)
  const [name, second, ...more] = words
  const wrong = (): void => print(errorText('usage', USAGE))
  const refuse = (refused: Refused | null): void => {
    if (refused) print(errorText(refused.code, refused.detail))
  }
  const tooMany = more.length > 0
  switch (verb.toUpperCase()) {
    case 'ADD':
      if (name === undefined || second !== undefined || name === ERASE) return wrong()
      return refuse(server.accounts.add(name, (added, password) => showSecret(`ACCOUNT: ${added} is added.`, password)))
    case 'LIST':
      return second === undefined ? list(host, name) : wrong()
    case 'RESET':
      if (name === undefined || second !== undefined) return wrong()
      return refuse(
        server.accounts.reset(name, (whose, password) =>
          showSecret(`ACCOUNT: ${whose} is signed out everywhere, and has a new password.`, password),
        ),
      )
    case 'RENAME':
      if (name === undefined || second === undefined || tooMany) return wrong()
      return refuse(server.accounts.rename(name, second, (from, to) => print(`ACCOUNT: ${from} is now ${to}.`)))
    case 'REMOVE': {
      const erase = second === ERASE
      if (name === undefined || (second !== undefined && !erase) || tooMany) return wrong()
      return refuse(server.accounts.remove(name, erase, whose => print(removed(whose, erase))))
    }
    default:
      return wrong()
  }
}

function list({ server, state, print, showWide, stamp }: Deps, given = '1'): void {
  const page = /^\d{1,6}$/.test(given) ? Number(given) : 0
  if (page < 1 || page > pagesOf(state())) return print(errorText('usage', USAGE))
  server.accounts.list((page - 1) * ACCOUNTS_LISTED, ACCOUNTS_LISTED, (accounts, now) =>
    showWide(accountPage(accounts, now, page, stamp)),
  )
}

const removed = (name: string, erase: boolean): string =>
  erase ? `ACCOUNT: ${name} is removed. Its messages are being erased.` : `ACCOUNT: ${name} is removed.`
