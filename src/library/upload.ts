/** Uploads a file for a message, over HTTP at the address of the chat, under the name of its session. */
import type { Readable } from 'node:stream'
import { type Answered, type Reach, request } from '../transport/webhook/http-request.ts'
import type { UploadedFile } from './chat-room.ts'

/** `content` is the whole file. Rejects with an Error that says why the server doesn't take it. */
export type Upload = (name: string, content: Uint8Array | string) => Promise<UploadedFile>

export type UploadPlace = {
  readonly reach: Reach
  /** `HOST:PORT`. */
  readonly host: string
}

/** `token`: of the session; null: there is none. */
export const uploading =
  ({ reach, host }: UploadPlace, token: () => string | null): Upload =>
  async (name, content) => {
    const own = token()
    if (own === null) throw new Error('There is no session. Upload after online() has resolved.')
    const body = Buffer.from(content as Uint8Array)
    const headers = {
      Authorization: `Session ${own}`,
      'Content-Type': 'application/octet-stream',
      'Content-Length': `${body.length}`,
    }
    const path = `/files?name=${encodeURIComponent(name)}`
    const answer = await new Promise<Answered>(
      resolve => void request(reach, host, { method: 'POST', path, headers, body }, resolve),
    )
    if (answer.type !== 'answer') throw new Error(`The file was not sent: ${answer.reason}`)
    const json = parsed(await textOf(answer.body))
    if (answer.status === 201 && typeof json['id'] === 'string') return { id: json['id'], name }
    throw new Error(typeof json['message'] === 'string' ? json['message'] : 'The server takes no files there.')
  }

async function textOf(body: Readable): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of body) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null ? { ...json } : {}
  } catch {
    return {}
  }
}
