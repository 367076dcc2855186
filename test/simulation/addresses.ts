/** Addresses of people: each has a home of its own, and neighbours share a network. */

const LETTERS = ['n', 't', 'c']

/** `n2#5` is a connection of person `n2`, `t0v3` one of `t0`. IPv6 for every other person at a native client. */
export function addressOfPerson(connection: string): string {
  const [, letter = 'n', digits = '0'] = /^([ntc])(\d+)/.exec(connection) ?? []
  const k = Number(digits)
  if (letter === 'n' && k % 2 === 1) return `2001:db8:0:${k}::${k + 1}`
  return `192.0.${LETTERS.indexOf(letter)}.${k + 1}`
}

/** A network with this address in it, and whether others may be in it too. */
export const networkOf = (address: string, isWide: boolean): string =>
  address.includes(':') ? (isWide ? '2001:db8::/32' : `${address}/64`) : isWide ? `${address}/16` : `${address}/32`
