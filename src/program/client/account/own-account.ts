/**
 * This machine's sign-in at one server: the key that fits a name, the answer to the server's challenge, and the updates
 * of the key's file from the session. A key is offered by itself only for a name that it is known to sign in to.
 */
import { hostname } from 'node:os'
import type { Client, Prover } from '../../../client/session/connection.ts'
import { LABEL_MAX_CHARS } from '../../../model/limits.ts'
import { loginText, PLAIN } from '../../../model/proof.ts'
import {
  currentKey,
  hasName,
  newKey,
  type OwnKey,
  readKeys,
  removeKey,
  signed,
  storeKey,
  withoutName,
} from './own-keys.ts'

export type KeyDraft = { readonly key: string; readonly label: string }

export type OwnAccount = {
  /** The public key that signs in to this account at this address; null: there is none. */
  readonly keyFor: (name: string) => string | null
  /**
   * A key that may sign in to it: it was registered, and the answer got lost, or over TLS the server was met under other
   * addresses only. It's offered once the server has said that the name is an account. `epoch`: that of the server, if
   * it's known.
   */
  readonly keyPerhaps: (name: string, epoch?: string) => string | null
  /** The place where this account's unusable key was made, and the remedy; null: there is no such key. */
  readonly elsewhere: (name: string, epoch?: string) => string | null
  /**
   * A key to register this name with, or to add to its account. It's stored before it's returned.
   * `epoch`: the server's; empty if it isn't known yet. Null: nothing can be stored here.
   */
  readonly draft: (name: string, epoch: string) => KeyDraft | null
  /** The server has taken the key for this name, or has refused it. */
  readonly settle: (name: string, key: string, isTaken: boolean) => void
  /** Whether keys can be stored here. */
  readonly hasKeys: boolean
  readonly prove: Prover
  /** Keeps the file up to date with the session: its server, and the name of its account. */
  readonly follow: (client: Pick<Client, 'incoming$'>) => void
}

type Place = {
  readonly folder: string | null
  /** `host:port`. */
  readonly address: string
  /** The server's certificate as the client sees it, in the form that a proof names. */
  readonly seen: () => string
  /** Gets a sentence for the user. */
  readonly tell: (text: string) => void
}

export function ownAccount({ folder, address, seen, tell }: Place): OwnAccount {
  /** The key that this session has signed in or registered with. */
  let used: string | null = null
  const find = (fits: (key: OwnKey) => boolean): OwnKey | null => readKeys(folder).find(fits) ?? null
  const keyFor = (name: string): OwnKey | null =>
    find(({ addresses, accounts }) => addresses.includes(address) && hasName(accounts, name))

  /**
   * Any server can claim the epoch of another, and pass on its challenge. The certificate in the proof makes that
   * worthless. Without TLS, only the address tells the two apart.
   */
  const mayServe = ({ addresses, former }: OwnKey): boolean =>
    seen() !== PLAIN || addresses.includes(address) || former.includes(address)

  /** `change` gets the key as it is stored now. */
  function alter(key: OwnKey, change: (now: OwnKey) => OwnKey): OwnKey | null {
    if (folder === null) return null
    try {
      const next = change(currentKey(folder, key))
      storeKey(folder, next)
      return next
    } catch {
      return null
    }
  }

  function draft(name: string, epoch: string): KeyDraft | null {
    const isUnsure = ({ server, unsure }: OwnKey): boolean => server === '' && hasName(unsure, name)
    const isIts = (key: OwnKey): boolean => (epoch === '' ? isUnsure(key) : key.server === epoch)
    const known = find(key => mayServe(key) && isIts(key)) ?? newKey()
    const key = alter(known, now => ({
      ...met(now, address, now.server || epoch),
      unsure: hasName([...now.accounts, ...now.unsure], name) ? now.unsure : [...now.unsure, name],
    }))
    if (key && epoch === '') used = key.key
    return key && { key: key.key, label: hostname().slice(0, LABEL_MAX_CHARS) || 'rxchat' }
  }

  function settle(name: string, key: string, isTaken: boolean): void {
    const known = find(one => one.key === key)
    if (isTaken) used = key
    const next =
      known && alter(known, now => (isTaken ? taken(now, name) : { ...now, unsure: withoutName(now.unsure, name) }))
    if (folder !== null && next && next.accounts.length + next.unsure.length === 0) removeKey(folder, next)
  }

  const prove: Prover = async ({ nonce = '', server = '' }, name, account) => {
    const key = account !== null && 'key' in account ? find(one => one.key === account.key) : null
    if (!key) throw new Error('The server asks for a key that is not on this machine.')
    if (!mayServe(key)) throw new Error(notMet(name, address))
    if (key.server !== '' && key.server !== server) {
      if (key.addresses.includes(address)) tell(`${anotherServer(name, address)} You enter as a guest.`)
      alter(key, now => {
        const left = withoutAddress(now, address)
        return { ...left, former: [...left.former, address] }
      })
      throw new Error(anotherServer(name, address))
    }
    used = key.key
    const login = { epoch: server, name: name.trim().normalize('NFC'), key: key.key, nonce, seen: seen() }
    return { signature: signed(key, loginText(login)), seen: login.seen }
  }

  /** Former names of the account stay in the file: the server holds them for it. */
  function follow({ incoming$ }: Pick<Client, 'incoming$'>): void {
    let own: { readonly id: string; readonly name: string } | null = null
    incoming$.subscribe(({ reply }) => {
      const key = used === null ? null : find(one => one.key === used)
      if (reply.type === 'welcome') {
        own = { id: reply.id ?? '', name: reply.name }
        const isIts = key && hasName([...key.accounts, ...key.unsure], reply.name)
        if (reply.account && isIts) alter(key, now => taken(met(now, address, reply.epoch), reply.name))
      }
      if (reply.type !== 'renamed' || own === null || own.id === '' || reply.id !== own.id) return
      if (key && hasName(key.accounts, own.name)) alter(key, now => taken(now, reply.to))
      own = { id: own.id, name: reply.to }
    })
  }

  return {
    keyFor: name => keyFor(name)?.key ?? null,
    keyPerhaps: (name, epoch) =>
      find(key => mayServe(key) && key.key !== keyFor(name)?.key && fits(key, name, epoch))?.key ?? null,
    elsewhere(name, epoch) {
      const key = find(one => !mayServe(one) && one.addresses.length > 0 && fits(one, name, epoch))
      return key && madeElsewhere(name, key.addresses, address, epoch !== undefined)
    },
    ...{ draft, settle, hasKeys: folder !== null, prove, follow },
  }
}

const fits = ({ accounts, unsure, server }: OwnKey, name: string, epoch: string | undefined): boolean =>
  hasName([...accounts, ...unsure], name) && (epoch === undefined || server === epoch)

const withoutAddress = (key: OwnKey, address: string): OwnKey => ({
  ...key,
  addresses: key.addresses.filter(one => one !== address),
  former: key.former.filter(one => one !== address),
})

function met(key: OwnKey, address: string, server: string): OwnKey {
  if (key.addresses.includes(address)) return { ...key, server }
  const now = withoutAddress(key, address)
  return { ...now, server, addresses: [...now.addresses, address] }
}

const taken = (key: OwnKey, name: string): OwnKey => ({
  ...key,
  accounts: hasName(key.accounts, name) ? key.accounts : [...key.accounts, name],
  unsure: withoutName(key.unsure, name),
})

const anotherServer = (name: string, address: string): string =>
  `The server at ${address} is not the one that the key for ${name} was made for, so nothing was signed. Perhaps it was set up anew.`

/** `isSame`: this server says that it is the one of the key, which without TLS any server can say. */
const madeElsewhere = (name: string, made: readonly string[], address: string, isSame: boolean): string =>
  `The key for ${name} was made at ${made.join(' and ')}, and without TLS it is used only there. ` +
  `${isSame ? 'This server says that it is the same' : 'If this is the same server'}: connect to ${made.at(-1)}, ` +
  `or sign in with the password once, and rxchat makes a key for ${address} too.`

const notMet = (name: string, address: string): string =>
  `The key for ${name} was not made at ${address}, and without TLS nobody knows which server this is, so nothing was signed.`
