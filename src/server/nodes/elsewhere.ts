/** The addresses at which clients find the other servers of a chat. */
import type { SessionId } from '../../model/input.ts'
import type { State } from '../../model/state.ts'

/**
 * The addresses of the other servers, `HOST:PORT`. They begin at another one for another session, so that the clients of
 * a server that dies don't all go to the same one.
 */
export function elsewhere({ nodes }: State, origin: string, session: SessionId): readonly string[] {
  const others = [...nodes].filter(([node]) => node !== origin).sort(([a], [b]) => (a < b ? -1 : 1))
  const addresses = others.flatMap(([, { address }]) => (address === undefined ? [] : [address]))
  if (addresses.length < 2) return addresses
  let sum = 0
  for (const char of session) sum += char.codePointAt(0) ?? 0
  const first = sum % addresses.length
  return [...addresses.slice(first), ...addresses.slice(0, first)]
}
