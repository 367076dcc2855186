import type { Client } from '../../../client/session/connection.ts'

/** What shows the server whose upload it is. */
export function sessionOf(client: Client): string | null {
  const token = client.remember()?.token
  return token === undefined ? null : `Session ${token}`
}
