/**
 * Uploads: a request whose body is the file, or a form with several. Each is stored before the next one is read, and if
 * one of them is refused, nothing of the request stays.
 */
import type { IncomingMessage } from 'node:http'
import { FILES_PER_MESSAGE } from '../../../model/limits.ts'
import type { StoredFile } from '../../../model/state/files.ts'
import type { Files, Uploader } from '../../files/files.ts'
import type { Received } from '../../files/receiving.ts'
import { fileName, type Refused, refused } from '../../ingress/vetting/vetted.ts'
import { BrokenForm, formParts, isForm } from './form.ts'

export type UploadedFile = { readonly file: StoredFile; readonly name: string }

/** The content of the request. `text`: of the message that the files are for. */
export type UploadRequest = { readonly ok: true; readonly files: readonly UploadedFile[]; readonly text: string }

type Incoming = { readonly name: string; readonly file: Received; thumb: Received | null }

/** `name`: of a file that is the whole body. Rejects with an Interrupted if the sender is gone. */
export async function takeIn(
  files: Files,
  who: Uploader,
  request: IncomingMessage,
  name: string,
): Promise<UploadRequest | Refused> {
  const over = files.admit(who, lengthOf(request))
  if (typeof over !== 'function') return over
  const incoming: Incoming[] = []
  try {
    const read = isForm(request)
      ? await readForm(files, who, request, incoming)
      : await readBody(files, who, request, name, incoming)
    const outcome = typeof read === 'string' ? await store(files, who, incoming, read) : read
    if (!outcome.ok) await dropAll(files, incoming)
    return outcome
  } catch (error) {
    await dropAll(files, incoming)
    if (error instanceof BrokenForm) return refused('request', `the form is not valid: ${error.message}`)
    throw error
  } finally {
    over()
  }
}

function lengthOf({ headers }: IncomingMessage): number | null {
  const length = Number(headers['content-length'])
  return Number.isSafeInteger(length) ? length : null
}

const dropAll = (files: Files, incoming: readonly Incoming[]): Promise<void> =>
  files.drop(...incoming.flatMap(({ file, thumb }) => [file, thumb]))

async function readBody(
  files: Files,
  { session }: Uploader,
  request: IncomingMessage,
  name: string,
  incoming: Incoming[],
): Promise<string | Refused> {
  // Its end would end the connection, before the answer.
  const file = await files.receive(session, request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>)
  if ('ok' in file) return file
  incoming.push({ name: fileName(name), file, thumb: null })
  return ''
}

/** A part `thumb` is the small picture of the file before it. Returns the text of the form. */
async function readForm(
  files: Files,
  { session }: Uploader,
  request: IncomingMessage,
  incoming: Incoming[],
): Promise<string | Refused> {
  let text = ''
  for await (const part of formParts(request)) {
    const last = incoming.at(-1)
    if (part.type === 'text') {
      if (part.field === 'text') text = part.text
    } else if (part.field === 'thumb') {
      if (!last || last.thumb) return refused('request', 'the part thumb has to follow its file')
      const thumb = await files.receiveThumb(session, part.content)
      if ('ok' in thumb) return thumb
      last.thumb = thumb
    } else {
      if (incoming.length >= FILES_PER_MESSAGE) return refused('too-many-files', `${FILES_PER_MESSAGE}`)
      const file = await files.receive(session, part.content)
      if ('ok' in file) return file
      incoming.push({ name: fileName(part.name), file, thumb: null })
    }
  }
  return incoming.length === 0 ? refused('request', 'the form has no file') : text
}

async function store(
  files: Files,
  { session }: Uploader,
  incoming: readonly Incoming[],
  text: string,
): Promise<UploadRequest | Refused> {
  const stored: UploadedFile[] = []
  for (const { name, file, thumb } of incoming) {
    const outcome = await files.store(session, file, thumb)
    if (!outcome.ok) return outcome
    stored.push({ file: outcome.file, name })
  }
  return { ok: true, files: stored, text }
}
