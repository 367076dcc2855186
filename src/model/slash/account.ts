/** Slash commands of accounts. */
import { command, query, type SecretWanted, type SlashCommand, split, type Typed } from './row.ts'

const secret = (what: SecretWanted['what'], name = ''): Typed => ({ type: 'secret', what, name })

export const ACCOUNT: readonly SlashCommand[] = [
  {
    name: 'register',
    args: '[password]',
    help: 'make your name an account of yours',
    open: () => 0,
    read: password => (password === '' ? secret('register') : command({ type: 'register', password })),
  },
  {
    name: 'login',
    args: '<name> [password]',
    help: 'go on as an account of yours',
    open: () => 1,
    read: (rest, room) => {
      const [name, password] = split(rest)
      if (name === '') return null
      return password === '' ? secret('login', name) : command({ type: 'login', name, account: { password }, room })
    },
  },
  {
    name: 'password',
    args: '[old new]',
    help: 'change the password of your account',
    open: () => 0,
    read: rest => {
      if (rest === '') return secret('password')
      const [old, next] = split(rest)
      return next === '' ? null : command({ type: 'password', old, new: next })
    },
  },
  {
    name: 'devices',
    args: '[revoke <id>]',
    help: 'list what can sign in to your account, or revoke it',
    read: rest => {
      if (rest === '') return query({ type: 'devices' })
      const [word, credential] = split(rest)
      return word.toLowerCase() === 'revoke' && credential !== '' ? command({ type: 'revoke', credential }) : null
    },
    next: typed => (typed.length === 0 ? { words: ['revoke'] } : {}),
  },
  {
    name: 'account',
    args: '[name]',
    help: 'show whether a name is an account (default: yours)',
    read: name => query({ type: 'account', ...(name === '' ? {} : { name }) }),
  },
  {
    name: 'logout',
    args: '[everywhere]',
    help: 'sign out of your account here, or on all devices',
    read: rest => {
      const everywhere = rest.toLowerCase() === 'everywhere'
      return rest === '' || everywhere ? command({ type: 'logout', everywhere }) : null
    },
    next: typed => (typed.length === 0 ? { words: ['everywhere'] } : {}),
  },
]
