/** Checks the values of the connect form before dialling, and finds the field of an error afterwards. */
import { ending } from '../../../client/chat/sentences.ts'
import type { Ending } from '../../../client/session/status.ts'
import { errorText } from '../../../model/error.ts'
import { readName } from '../../../model/name/name.ts'
import { type Address, DEFAULT_PORT, readAddress } from '../../../system/address.ts'
import type { FormError, Values } from '../../../tui/connect/form.ts'
import { wantsAccount } from './visit.ts'

/** Null: all values are valid. */
export function wrongValues(values: Values): FormError | null {
  if (values.server === '') return { field: 'server', text: 'The server is missing. Give its name or address.' }
  if (values.port !== '' && !/^\d+$/.test(values.port))
    return { field: 'port', text: 'A port is a number, usually 3001.' }
  if (!addressOf(values)) {
    const isServer = readAddress(values.server) === null
    return isServer
      ? {
          field: 'server',
          text: `"${values.server}" is not an address. Give a name such as chat.example, or an IP address.`,
        }
      : { field: 'port', text: 'A port is a number from 1 to 65535, usually 3001.' }
  }
  const name = readName(values.name)
  return name.ok ? null : { field: 'name', text: errorText(`name-${name.reason}`, name.detail) }
}

/** The values that lead to this address. */
export const valuesFor = ({ tls, host, port }: Address, name: string): Values => ({
  ...{ server: `${tls ? 'tls://' : ''}${host}`, port: `${port}`, name },
})

/** `host:port` in the first field overrides the port field. */
export function addressOf({ server, port }: Values): Address | null {
  const address = readAddress(server)
  if (!address || address.port !== DEFAULT_PORT || port === '') return address
  const number = Number(port)
  return Number.isInteger(number) && number >= 1 && number <= 65_535 ? { ...address, port: number } : null
}

/** The field that an ending is about; null: none. `hint` is added if the account is not signed in to. */
export function wrongOf(end: Ending, { host, port }: Address, hint: string | null): FormError | null {
  if (end.by === 'user') return null
  // A refused certificate. Its message is complete, and its fingerprints need lines of their own.
  if (end.by === 'network' && end.message.includes('\n')) return { field: 'server', text: ending(end) }
  if (end.by === 'network') return { field: 'server', text: `${host} port ${port} cannot be reached: ${ending(end)}` }
  if (wantsAccount(end)) return { field: 'password', text: [ending(end), ...(hint ? [hint] : [])].join(' ') }
  return end.code.startsWith('name-') ? { field: 'name', text: ending(end) } : null
}
