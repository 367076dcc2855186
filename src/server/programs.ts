/** The server's part for programs: the room over HTTP, tokens for it, and webhooks. */
import type { Observable, Subject } from 'rxjs'
import type { Body, Draft } from '../model/input.ts'
import type { WebhookSender } from '../port/webhook-sender.ts'
import type { Trusts } from '../transport/trust.ts'
import type { Hub } from './commit/hub.ts'
import type { Files } from './files/files.ts'
import { type HostTokens, hostTokens } from './host/tokens.ts'
import { type HostWebhooks, hostWebhooks } from './host/webhooks.ts'
import type { Authentication } from './ingress/authentication/authentication.ts'
import type { AddressRates } from './ingress/bounds/address-rates.ts'
import type { Rate } from './ingress/bounds/token-bucket.ts'
import type { Stamper } from './ingress/stamp.ts'
import type { Counts } from './observe/counts.ts'
import type { NodeStatus } from './observe/node-status.ts'
import type { ConnectionStatus } from './observe/status.ts'
import type { Ports } from './options.ts'
import { type Api, createApi } from './programs/api.ts'
import { WebhookDeliveries } from './programs/webhooks.ts'

export type Programs = {
  /** The room, over HTTP. */
  readonly api: Api
  /** Tokens for programs. */
  readonly grants: HostTokens
  /** Webhooks: the URLs that messages are forwarded to. */
  readonly hooks: HostWebhooks
}

type Deps = {
  readonly ports: Ports
  readonly hub: Hub
  readonly draft: Stamper
  readonly authentication: Authentication
  readonly guests: boolean
  readonly worker: number | null
  readonly rate: Rate | null
  readonly rates: AddressRates
  readonly trusts: Trusts
  readonly counts: Counts
  readonly connections: () => readonly ConnectionStatus[]
  readonly held: () => { readonly rings: number; readonly bytes: number }
  /** Inputs that come from no connection. */
  readonly asked: Subject<Draft>
  /** The parts that moderation with a token needs. */
  readonly keeping: Parameters<typeof createApi>[0]['keeping']
  readonly files: Files
  /** How long an author may edit a message, in milliseconds; 0: not at all. */
  readonly editTime: number
  /** Calls `run` when no edit of this message is under way. */
  readonly shown: (target: number, run: () => void) => void
  /** Submits an input in the host's name. */
  readonly submit: (body: Body) => void
  readonly report: (error: unknown) => void
  readonly cutOff$: Observable<boolean>
  readonly lag: () => number
  readonly nodes: () => readonly NodeStatus[]
  /** Whether something could be stored. */
  readonly stores$: Observable<boolean>
  /** Whether this server sends the webhooks. */
  readonly leads: () => boolean
  readonly closing$: Observable<void>
}

export function createPrograms({ ports, hub, asked, submit, ...around }: Deps): Programs {
  const { journal, history, clock, entropy, webhooks = noWebhookSender, brokers = () => [] } = ports
  const {
    draft,
    authentication,
    guests,
    worker,
    rate,
    rates,
    trusts,
    counts,
    connections,
    held,
    report,
    leads,
    cutOff$,
    lag,
    nodes,
    stores$,
    closing$,
    keeping,
    files,
    editTime,
    shown,
  } = around
  const { epoch } = journal
  const { state$, delivered$, trouble$, settled, unsettled } = hub
  const state = (): Hub['state$']['value'] => state$.value

  const api = createApi({
    ...{ clock, entropy, history, epoch, rate, rates, trusts, draft, state, counts, connections, held, report },
    ...{ authentication, guests, worker, delivered$, trouble$, stores$, closing$ },
    hooks: () => hooks.list(),
    ...{ cutOff$, lag, nodes, brokers, unsettled, keeping, files, editTime, shown },
    submit: one => asked.next(one),
  })
  const grants = hostTokens({ entropy, state, submit, settled })
  const deliveries = new WebhookDeliveries({
    clock,
    history,
    webhooks,
    epoch,
    state$,
    delivered$,
    submit,
    leads,
    closing$,
    report,
  })
  const hooks = hostWebhooks({ clock, entropy, webhooks, deliveries, state, submit, settled })
  return { api, grants, hooks }
}

/** For a server without a webhook sender. */
const noWebhookSender: WebhookSender = {
  secret: () => '',
  forbids: (_, done) => done(null),
  send: async () => ({ why: 'this server sends no webhooks', final: true }),
  close: () => {},
}
