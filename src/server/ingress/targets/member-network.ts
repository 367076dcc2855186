/** Sanctions on the network that a member comes from: the server that holds a connection of it knows the address. */
import { readNetwork } from '../../../matching/networks/read-network.ts'
import type { Command, KeepingCommand } from '../../../model/command.ts'
import type { InputOf, SessionId } from '../../../model/input.ts'
import type { State } from '../../../model/state.ts'
import { may } from '../../../reducer/may.ts'
import { targetId } from '../../../reducer/rules/lookup.ts'
import type { Trusts } from '../../../transport/trust.ts'
import { vet } from '../vetting/vet.ts'
import { passed, type Refused, refused, type Vetted } from '../vetting/vetted.ts'

export type OnNetwork = Extract<KeepingCommand, { readonly network?: boolean | undefined }>

/** Whether the command is about the network of the member that it names. */
export const isOnNetwork = (command: Command): command is OnNetwork =>
  'network' in command && command.network === true && command.net === undefined

type Deps = {
  readonly state: () => State
  /** Gives the address at which this server has, or had, one of these sessions; null: it has none of them. */
  readonly registry: { readonly addressOf: (sessions: Iterable<SessionId>) => string | null }
  readonly trusts: Trusts
}

/**
 * The network of the member, or its last one: an IPv4 address, or the /64 of an IPv6 address. Without the right, and
 * for a command that was performed before, the input is as if the name was meant: the reducer refuses it, or answers it
 * again.
 */
export function vetOnNetwork(
  command: OnNetwork,
  { session, n }: { readonly session: SessionId; readonly n: number | null },
  { state, registry, trusts }: Deps,
): Vetted | Refused {
  const vetted = vet({ ...command, network: undefined })
  if (!vetted.ok || vetted.body.type !== 'restrict') return vetted
  const { kind, room, who, ms, reason } = vetted.body
  const now = state()
  const member = targetId(now, who)
  const isRepeat = n !== null && n <= (now.sessions.get(session)?.last ?? 0)
  if (isRepeat || !may(now, session, ACTS[kind], { room, target: member })) return vetted
  const address = registry.addressOf(now.members.get(member ?? '')?.sessions ?? [])
  // Everybody else behind the proxy has its address, too.
  const read = address === null || trusts(address) ? null : readNetwork(address)
  if (!read?.ok) return refused('network-unknown', who.text)
  return passed({ type: 'restrict-network', kind, room, ms, reason }, read.network)
}

const ACTS = { ban: 'ban', mute: 'mute', exception: 'except' } as const satisfies Readonly<
  Record<InputOf<'restrict'>['kind'], string>
>
