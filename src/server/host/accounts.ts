/** Accounts, as the host manages them at the console. A password is shown once; only its hash is kept. */
import { inPieces, oneByOne } from '../../journal/pieces.ts'
import type { Body, MemberId } from '../../model/input.ts'
import { type Name, nameKey } from '../../model/name/name.ts'
import type { Account, CredentialDraft } from '../../model/state/account.ts'
import type { State } from '../../model/state.ts'
import { flatten } from '../../model/text.ts'
import type { Entropy } from '../../port/entropy.ts'
import { holderOfKey } from '../../reducer/rules/lookup.ts'
import { type Refused, vetName } from '../ingress/vetting/vetted.ts'
import { accountsByName } from './account-list.ts'
import type { UnderWay } from './under-way.ts'

export type HostAccounts = {
  /** `told` gets the initial password. Each of these returns the refusal if it is certain to be refused; else null. */
  readonly add: (name: string, told: (name: string, password: string) => void) => Refused | null
  /** All other credentials and all sessions of the account end. */
  readonly reset: (name: string, told: (name: string, password: string) => void) => Refused | null
  readonly rename: (from: string, to: string, told: (from: string, to: string) => void) => Refused | null
  /** `erase`: its messages, too. `told` comes first; the server's `erasure$` tells when the last message is gone. */
  readonly remove: (name: string, erase: boolean, told: (name: string) => void) => Refused | null
  /** Accounts in the order of their names: at most `size`, from place `from` on. `told` comes at once or later. */
  readonly list: (from: number, size: number, told: (accounts: readonly Account[], state: State) => void) => void
}

type Deps = {
  readonly entropy: Entropy
  /** The hash of a password, as it is stored. */
  readonly hash: (password: string) => Promise<string>
  readonly state: () => State
  readonly submit: (body: Body) => void
  /** Calls `run` when all inputs so far have been folded. */
  readonly settled: (run: () => void) => void
  readonly underWay: UnderWay
  /** Resolves when all messages of a removed account are erased, or a first attempt has failed. */
  readonly erased: (account: MemberId) => Promise<void>
}

export function hostAccounts({ entropy, hash, state, submit, settled, underWay, erased }: Deps): HostAccounts {
  const inTurn = oneByOne()

  /** Submits an input with a new password, and tells the password if the account has it then. */
  function withPassword(
    input: (credential: CredentialDraft) => Body,
    find: (state: State) => Account | undefined,
    told: (name: string, password: string) => void,
  ): void {
    const password = grouped(entropy.secret())
    const id = entropy.id()
    // Pasted lines leave threads free for people who sign in.
    const hashing = inTurn(() => hash(password)).then(stored => {
      submit(input({ id, label: '', proof: { kind: 'password', hash: stored } }))
      settled(() => {
        const account = find(state())
        if (account?.credentials.has(id)) told(account.name.text, password)
      })
    })
    underWay.add(hashing)
  }

  const known = (typed: string): Account | Refused => {
    const key = nameKey(typed.slice(0, NAME_MOST))
    const holder = holderOfKey(state(), key)
    const account = holder?.is === 'account' ? state().accounts.get(holder.id) : undefined
    return account ?? { ok: false, code: 'account-unknown', detail: flatten(typed).slice(0, NAME_MOST) }
  }

  return {
    add(raw, told) {
      const name = vetName(raw)
      if (!name.ok) return name
      withPassword(
        credential => ({ type: 'account-add', name: name.value, credential }),
        now => accountNamed(now, name.value),
        told,
      )
      return null
    },
    reset(typed, told) {
      const account = known(typed)
      if (isRefused(account)) return account
      withPassword(
        credential => ({ type: 'account-reset', account: account.id, credential }),
        now => now.accounts.get(account.id),
        told,
      )
      return null
    },
    rename(typed, raw, told) {
      const account = known(typed)
      if (isRefused(account)) return account
      const name = vetName(raw)
      if (!name.ok) return name
      submit({ type: 'account-rename', account: account.id, name: name.value })
      settled(() => {
        const now = state().accounts.get(account.id)
        if (now?.name.text === name.value.text) told(account.name.text, now.name.text)
      })
      return null
    },
    remove(typed, erase, told) {
      const account = known(typed)
      if (isRefused(account)) return account
      const isGone = (): boolean => !state().accounts.has(account.id)
      submit({ type: 'account-remove', account: account.id, ...(erase ? { erase } : {}) })
      const removing = new Promise<void>(resolve => {
        settled(() => {
          if (isGone()) told(account.name.text)
          if (isGone() && erase) void erased(account.id).then(resolve)
          else resolve()
        })
      })
      underWay.add(removing)
      return null
    },
    list(from, size, told) {
      const now = state()
      underWay.add(inPieces(accountsByName(now, from, from + size)).then(found => told(found, now)))
    },
  }
}

const isRefused = (found: Account | Refused): found is Refused => 'ok' in found

const accountNamed = ({ names, accounts }: State, { keys: [key] }: Name): Account | undefined =>
  accounts.get(names.get(key) as MemberId)

/** Twenty characters in groups, to be typed once: 80 bits. */
const grouped = (secret: string): string => secret.slice(0, 20).replace(/.{5}(?=.)/g, '$&-')

/** Characters of the typed name that a refusal repeats. */
const NAME_MOST = 64
