/** The connections and how they are doing, for the host and for metrics. */
import type { State } from '../../model/state.ts'
import { nameOf } from '../../reducer/rules/lookup.ts'
import type { Link } from '../delivery/link.ts'

export type ConnectionStatus = {
  /** Null until there is one. */
  readonly name: string | null
  /** The encoding of the connection. Null until the first bytes have shown the protocol. */
  readonly protocol: string | null
  readonly address: string
  /** Milliseconds since the epoch. */
  readonly since: number
  readonly heardAt: number
  /** Milliseconds; null if the protocol cannot measure it, or has not yet. */
  readonly roundTrip: number | null
  /** Bytes that were written and that the system has not taken yet: at most one write. */
  readonly outstanding: number
  readonly state: 'arriving' | 'here' | 'behind' | 'away'
}

/** `isListed` chooses the sessions without a connection, by the server that they were at last. */
export function connectionStatus(
  roster: Iterable<Link>,
  state: State,
  isListed: (origin: string) => boolean,
): readonly ConnectionStatus[] {
  const connected = [...roster].map(link => {
    const name = nameOf(state, link.reader.session ?? '')
    return {
      name,
      protocol: link.encoding?.id ?? null,
      address: link.address,
      since: link.since,
      heardAt: link.heardAt,
      roundTrip: link.roundTrip,
      outstanding: link.connection.outstanding,
      state: name === null ? 'arriving' : link.behind ? 'behind' : 'here',
    } as const
  })
  const away = [...state.due].filter(([session]) => isListed(state.sessions.get(session)?.origin ?? ''))
  const detached = away.map(([session, until]) => ({
    name: nameOf(state, session),
    protocol: state.sessions.get(session)?.protocol ?? null,
    address: '-',
    since: until,
    heardAt: until,
    roundTrip: null,
    outstanding: 0,
    state: 'away' as const,
  }))
  return [...connected, ...detached]
}
