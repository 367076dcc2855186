/** The interface of a server for its host: commands and queries, accounts and invites. */
import type { Observable, Subscription } from 'rxjs'
import type { Body } from '../model/input.ts'
import type { State } from '../model/state.ts'
import type { Trusts } from '../transport/trust.ts'
import type { Hub } from './commit/hub.ts'
import type { Tries } from './delivery/answers/query-context.ts'
import type { SessionRegistry } from './delivery/sessions.ts'
import { type HostAccounts, hostAccounts } from './host/accounts.ts'
import { createHostConsole, type HostConsole } from './host/console.ts'
import { type HostInvites, hostInvites } from './host/invites.ts'
import { type HostRooms, hostRooms } from './host/rooms.ts'
import { UnderWay } from './host/under-way.ts'
import { scryptHasher } from './ingress/authentication/scrypt.ts'
import type { KeptTexts } from './ingress/texts.ts'
import { type Erasure, Erasures } from './jobs/erasures.ts'
import { Purges } from './jobs/purges.ts'
import type { Ports } from './options.ts'

export type Hosting = HostConsole & {
  readonly accounts: HostAccounts
  readonly invites: HostInvites
  readonly rooms: HostRooms
  /** Reports on the erasure of removed accounts' messages. Completes when the server closes. */
  readonly erasure$: Observable<Erasure>
}

type Deps = {
  readonly ports: Ports
  readonly hub: Hub
  /** The name of this server in its journal. */
  readonly origin: string
  /** Submits an input in the host's name. */
  readonly submit: (body: Body, text?: string | null) => void
  /** Erases texts from everything that is stored. If that fails, it rejects; the failure has been reported. */
  readonly erase: (...targets: readonly number[]) => Promise<void>
  /** Whether this server has the duties that one of several has for all. */
  readonly leads: () => boolean
  readonly report: (error: unknown) => void
  readonly texts: KeptTexts
  readonly tries: Tries
  /** The sessions of this server. */
  readonly registry: SessionRegistry
  /** The proxies that are trusted to report a client's address. */
  readonly trusts: Trusts
  readonly closing$: Observable<void>
}

export function createHosting({
  ports,
  hub,
  origin,
  texts,
  tries,
  registry,
  trusts,
  submit,
  erase,
  leads,
  report,
  closing$,
}: Deps): Hosting {
  const { clock, entropy, history, hasher = scryptHasher() } = ports
  const { state$, settled } = hub
  const state = (): State => state$.value
  const underWay = new UnderWay(settled)
  const erasures = new Erasures({ hub, history, clock, erase, submit, leads })
  erasures.begin()
  const purges = new Purges({ hub, history, clock, erase, submit, leads, report })
  const closing: Subscription = closing$.subscribe(() => {
    erasures.close()
    purges.close()
    closing.unsubscribe()
  })
  const hash = (password: string): Promise<string> => hasher.hash(password)
  return {
    ...createHostConsole({ origin, history, texts, tries, registry, trusts, clock, state, submit, erase, underWay }),
    accounts: hostAccounts({ entropy, hash, state, submit, settled, underWay, erased: id => erasures.over(id) }),
    invites: hostInvites({ entropy, clock, state, submit, settled }),
    rooms: hostRooms({ state, submit, settled }),
    erasure$: erasures.erasure$,
  }
}
