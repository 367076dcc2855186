/** The server's ports and options, and the policy for connections that follows from the options. */
import type { TimeOfDay } from '../codec/sentence.ts'
import { FORMAT } from '../model/format.ts'
import {
  ADDRESS_BURST_TIMES,
  ADDRESS_RATE_TIMES,
  CLIENTS_MAX,
  DIGEST_EVERY,
  EDIT_TIME_MS,
  FILE_MAX_BYTES,
  FILES_QUOTA_MEMORY_BYTES,
  GATHERED_FROM,
  GATHERED_MS,
  GRACE_MS,
  HANDSHAKES_PER_ADDRESS,
  MEMBERS_PER_ADDRESS,
  RATE_BURST,
  RATE_PER_SECOND,
  ROOMS_PER_ADDRESS,
  VISITORS_PER_ADDRESS,
} from '../model/limits.ts'
import type { Blobs } from '../port/blobs.ts'
import type { BrokerStatus } from '../port/brokers.ts'
import type { Clock } from '../port/clock.ts'
import type { Entropy } from '../port/entropy.ts'
import type { History } from '../port/history.ts'
import type { Journal } from '../port/journal.ts'
import type { Passkeys } from '../port/passkeys.ts'
import type { PasswordHasher } from '../port/password-hasher.ts'
import type { Peers } from '../port/peers.ts'
import type { PushSender } from '../port/push-sender.ts'
import type { Rehearser } from '../port/rehearser.ts'
import type { Signals } from '../port/signals.ts'
import type { Transport } from '../port/transport.ts'
import type { WebhookSender } from '../port/webhook-sender.ts'
import { nobody, type Trusts } from '../transport/trust.ts'
import type { FileBounds } from './files/bounds.ts'
import type { RegistrationPolicy } from './ingress/authentication/registrar.ts'
import { AddressRates } from './ingress/bounds/address-rates.ts'
import type { Bounds } from './ingress/bounds/admission.ts'
import { Founders } from './ingress/bounds/founders.ts'
import type { Rate } from './ingress/bounds/token-bucket.ts'
import { openPasswordGate, type PasswordGate, passwordGate } from './ingress/password-gate.ts'

export type Ports = {
  readonly transport: Transport
  readonly journal: Journal
  readonly history: History
  /** Files; without a store of them, they are in memory. */
  readonly blobs?: Blobs
  readonly clock: Clock
  readonly entropy: Entropy
  /** Formats a time for people whose client shows none itself. */
  readonly timeOfDay: TimeOfDay
  /** Formats the day, if it is not today. */
  readonly day: TimeOfDay
  /**
   * The address of this server for browsers, without a slash at its end, such as `http://192.168.1.5:3001`; null, or absent:
   * it isn't known (yet). For links to files.
   */
  readonly site?: () => string | null
  /** Sends messages to webhooks; without one there are no webhooks. */
  readonly webhooks?: WebhookSender
  /** Sends notifications to browsers; without one there are none. */
  readonly pushes?: PushSender
  /** Hashes passwords of accounts; by scrypt, unless a test replaces it. */
  readonly hasher?: PasswordHasher
  /** The ceremonies of WebAuthn; by @simplewebauthn/server, unless a test replaces them. */
  readonly passkeys?: Passkeys
  /** Tries rules on the past; without one, the journal is read through its port. */
  readonly rehearser?: Rehearser
  /** The other servers of a replicated journal; without it, this server is alone, or one of a machine's. */
  readonly peers?: Peers
  /** To and from the other servers of a journal that isn't replicated; without it, there are none, or `peers` do it. */
  readonly signals?: Signals
  /** The brokers that keep a replicated journal, as far as it's known; without it, there are none. */
  readonly brokers?: () => readonly BrokerStatus[]
  /**
   * The brokers' disks, as far as this server knows, for the others: by name, whether a broker writes before it
   * acknowledges.
   */
  readonly disks?: () => Readonly<Record<string, boolean>>
}

type ResolvedOptions = {
  /** Names this server among all writers of its journal; the same at every start. */
  readonly origin: string
  /** Names this start of it, in the ids of its inputs; null: a new id. */
  readonly run: string | null
  /** Other servers write to the journal at the same time. */
  readonly shared: boolean
  /** Public address of this server: `HOST:PORT`; null: it isn't said. */
  readonly address: string | null
  /** The latest rules that it reads (src/model/format.ts). A test may say less than the program knows. */
  readonly reads: number
  /** Inputs after which servers compare their states. A test may say fewer than DIGEST_EVERY. */
  readonly digestEvery: number
  /** The version of rxchat, as the other servers show it. */
  readonly version: string
  /**
   * Milliseconds that a stopping server of several waits for the clients that can't go on at another one, such as those
   * of line mode.
   */
  readonly drain: number
  /** The number of this process among those that serve the connections, for /metrics; null: it serves all. */
  readonly worker: number | null
  /** Milliseconds that a lost session keeps its place. */
  readonly grace: number
  /** The rate of one session; null: no bound. */
  readonly rate: Rate | null
  readonly maxClients: number
  /** Presence in rooms of so many readers is gathered for so many milliseconds. */
  readonly gathering: { readonly from: number; readonly ms: number }
  /** Messages that are kept; null: all. */
  readonly keep: Keep | null
  /** Members from one address; null: no bound. */
  readonly perAddress: number | null
  /** The password that clients have to give; null: none. */
  readonly password: string | null
  /** Plain-text connections are refused. */
  readonly tlsOnly: boolean
  /** Proxies that are trusted to report a client's address. */
  readonly trusts: Trusts
  /** The people that may register an account: everybody, those with an invite, or nobody. */
  readonly registration: RegistrationPolicy
  /** Whether people without an account may enter. */
  readonly guests: boolean
  /** The SHA-256 of the certificate that a proxy in front shows its clients, in hex; null: no proxy ends TLS. */
  readonly tlsSeen: string | null
  /** The bounds of files; null: there are none. */
  readonly files: FileBounds | null
  /** How long an author may edit a message, in milliseconds; 0: not at all, infinite: for ever. */
  readonly editTime: number
}

/** Messages that are kept: the latest `count`, or those younger than `age` milliseconds. */
export type Keep = { readonly count: number } | { readonly age: number }

export type Options = Partial<ResolvedOptions>

export const optionsOf = ({
  origin = 'local',
  run = null,
  shared = false,
  address = null,
  reads = FORMAT,
  digestEvery = DIGEST_EVERY,
  version = '',
  drain = 0,
  worker = null,
  grace = GRACE_MS,
  rate = { perSecond: RATE_PER_SECOND, burst: RATE_BURST },
  maxClients = CLIENTS_MAX,
  gathering = { from: GATHERED_FROM, ms: GATHERED_MS },
  keep = null,
  perAddress = MEMBERS_PER_ADDRESS,
  password = null,
  tlsOnly = false,
  trusts = nobody,
  registration = 'open',
  guests = true,
  tlsSeen = null,
  files = { most: FILE_MAX_BYTES, quota: FILES_QUOTA_MEMORY_BYTES },
  editTime = EDIT_TIME_MS,
}: Options): ResolvedOptions => ({
  ...{ origin, run, shared, grace, rate, maxClients, gathering, keep, perAddress, password, tlsOnly, trusts },
  ...{ registration, guests, tlsSeen, files, editTime, worker, address, reads, digestEvery, version, drain },
})

export const boundsOf = ({ maxClients, perAddress }: ResolvedOptions): Bounds => ({
  clients: maxClients,
  perAddress,
  handshakesPerAddress: HANDSHAKES_PER_ADDRESS,
  visitorsPerAddress: VISITORS_PER_ADDRESS,
})

export const gateOf = ({ password }: ResolvedOptions): PasswordGate =>
  password === null ? openPasswordGate : passwordGate(password)

/** Without a bound on members per address, addresses have no rate of their own. */
export const ratesOf = ({ rate, perAddress }: ResolvedOptions): AddressRates =>
  new AddressRates(
    rate === null || perAddress === null
      ? null
      : { perSecond: rate.perSecond * ADDRESS_RATE_TIMES, burst: rate.burst * ADDRESS_BURST_TIMES },
  )

export const foundersOf = ({ perAddress }: ResolvedOptions): Founders =>
  new Founders(perAddress === null ? null : ROOMS_PER_ADDRESS)
