/** Uploads a file. A message, or the account whose picture it is, names it later (docs/protocol.md). */
import type { Client } from '../../client/session/connection.ts'

type Uploaded = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly why: string }

/** `why`: the sentence to show. */
export async function upload(client: Client, file: Blob, name: string): Promise<Uploaded> {
  const token = client.remember()?.token
  if (token === undefined) return { ok: false, why: NO_SESSION }
  try {
    const answer = await fetch(`/files?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { Authorization: `Session ${token}` },
      body: file,
    })
    const { id, message } = (await answer.json()) as { readonly id?: unknown; readonly message?: unknown }
    if (answer.ok && typeof id === 'string') return { ok: true, id }
    return { ok: false, why: typeof message === 'string' ? message : NOT_SENT }
  } catch {
    return { ok: false, why: NOT_SENT }
  }
}

const NO_SESSION = 'There is no connection to the server now. Wait until there is one, and try again.'
const NOT_SENT = 'The file did not reach the server. Check the connection, and try again.'
