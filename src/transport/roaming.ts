/** How a client reaches the servers of one chat: the one that a person has named, and those that this one names. */
import type { Dialer, Dialling } from '../port/dialer.ts'

/** `to` dials one of them. An address that is none leads to the first server. */
export const roaming =
  (host: string, port: number, to: (host: string, port: number) => Dialling): Dialer =>
  address => {
    const elsewhere =
      address === undefined ? null : /^(?:\[(?<v6>[0-9a-f:.]+)\]|(?<name>[^\s:/@]+)):(?<port>\d{1,5})$/i.exec(address)
    const { v6, name, port: named } = elsewhere?.groups ?? {}
    return named === undefined ? to(host, port) : to(v6 ?? name ?? host, Number(named))
  }
