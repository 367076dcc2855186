/**
 * The servers of a chat that a client goes round when a connection is lost: those that the last welcome has named, and
 * the one that the user has named.
 */

export type Roaming = {
  /** The other servers, as the last one listed them: `HOST:PORT`. */
  readonly nodes: readonly string[]
  /** The server that is dialled next, or that the client is at; null: the one that the user has named. */
  readonly at: string | null
}

export const atHome: Roaming = { nodes: [], at: null }

/** The server after this one. */
export function onwards({ nodes, at }: Roaming): Roaming {
  const round = [...nodes, null]
  return { nodes, at: round[(round.indexOf(at) + 1) % round.length] ?? null }
}

/** All servers but the one that the client is at, in the order of the round. */
export function others({ nodes, at }: Roaming): readonly (string | null)[] {
  const round = [...nodes, null]
  const here = round.indexOf(at)
  return [...round.slice(here + 1), ...round.slice(0, here + 1)].filter(one => one !== at)
}

/** Whether after so many failed attempts a server is left that this round has not tried. It's tried at once. */
export const hasMore = ({ nodes }: Roaming, attempt: number): boolean => (attempt + 1) % (nodes.length + 1) !== 0

/** The number of failed rounds through all of them. */
export const roundsOf = ({ nodes }: Roaming, attempt: number): number => Math.floor(attempt / (nodes.length + 1))
