import type { Client } from '../../../client/session/connection.ts'

/** Proves to the server which session uploads. */
export function sessionOf(client: Client): string | null {
  const token = client.remember()?.token
  return token === undefined ? null : `Session ${token}`
}
