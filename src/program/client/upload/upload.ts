/** Uploads files to the server of the chat, over HTTP at the same address, under the name of the session or the token. */
import { Transform } from 'node:stream'
import type { SentFile } from '../../../model/command.ts'
import type { Answered, Reach } from '../../../transport/webhook/http-request.ts'
import { request } from '../../../transport/webhook/http-request.ts'
import { parsed, refusalIn } from '../token/requests.ts'
import { collect } from '../token/stream.ts'
import type { FileSource } from './source.ts'

/** `message`: for the user, with the remedy. */
export type UploadOutcome =
  | { readonly ok: true; readonly file: SentFile }
  | { readonly ok: false; readonly message: string }

export type UploadPorts = {
  readonly reach: Reach
  /** `HOST:PORT`. */
  readonly host: string
  /** The value of the header Authorization; null: there is no session. */
  readonly authorization: () => string | null
}

/** Called with how many bytes are sent so far. */
export type Progress = (sent: number) => void

export async function upload(
  { reach, host, authorization }: UploadPorts,
  { name, size, open }: FileSource,
  progress: Progress = () => {},
): Promise<UploadOutcome> {
  const authorized = authorization()
  if (authorized === null) return { ok: false, message: `${name} was not sent: there is no connection. Try again.` }
  const content = open()
  let sent = 0
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      sent += chunk.length
      progress(sent)
      done(null, chunk)
    },
  })
  const broken = new Promise<UploadOutcome>(resolve => {
    content.once('error', ({ message }) => resolve({ ok: false, message: `${name} cannot be read: ${message}` }))
  })
  content.pipe(counted)
  let giveUp = (): void => {}
  const answered = new Promise<Answered>(resolve => {
    const headers = {
      Authorization: authorized,
      'Content-Type': 'application/octet-stream',
      ...(size === null ? {} : { 'Content-Length': `${size}` }),
    }
    const path = `/files?name=${encodeURIComponent(name)}`
    giveUp = request(reach, host, { method: 'POST', path, headers, body: counted }, resolve)
  }).then(answer => outcomeOf(name, answer))
  const outcome = await Promise.race([answered, broken])
  giveUp()
  content.destroy()
  return outcome
}

async function outcomeOf(name: string, answer: Answered): Promise<UploadOutcome> {
  if (answer.type !== 'answer') return { ok: false, message: `${name} was not sent: ${answer.reason}` }
  const { promise, resolve } = Promise.withResolvers<string | null>()
  collect(answer.body, resolve)
  const body = parsed((await promise) ?? '')
  if (answer.status === 201 && typeof body['id'] === 'string') return { ok: true, file: { id: body['id'], name } }
  const [, message] = refusalIn(body)
  return { ok: false, message: `${name} was not sent. ${message}` }
}
