/** The parts of a form (multipart/form-data, RFC 7578), one after another as they come. */
import type { IncomingMessage } from 'node:http'
import { Busboy } from '@fastify/busboy'
import { FILES_PER_MESSAGE, FORM_FIELD_MAX_BYTES } from '../../../model/limits.ts'
import { ContentError, Interrupted } from '../../files/receiving.ts'

export type FormPart =
  /** `content` has to be read, or the form doesn't go on. */
  | {
      readonly type: 'file'
      readonly field: string
      readonly name: string
      readonly content: AsyncIterable<Uint8Array>
    }
  | { readonly type: 'text'; readonly field: string; readonly text: string }

export const isForm = ({ headers }: IncomingMessage): boolean =>
  /^multipart\/form-data\b/i.test(headers['content-type'] ?? '')

/** The form isn't one. */
export class BrokenForm extends ContentError {}

const LIMITS = {
  // Each file may have a small picture of it.
  files: 2 * FILES_PER_MESSAGE,
  fields: 8,
  parts: 2 * FILES_PER_MESSAGE + 8,
  fieldSize: FORM_FIELD_MAX_BYTES,
  headerPairs: 16,
  headerSize: 8192,
}

/** Throws a BrokenForm, or an Interrupted if the sender is gone; a content throws the same. */
export async function* formParts(request: IncomingMessage): AsyncGenerator<FormPart> {
  const waiting: FormPart[] = []
  const open = new Set<{ destroy: (error: Error) => unknown }>()
  let [isOver, broken] = [false, null as Error | null]
  let wake = (): void => {}
  const parser = parserOf(request)
  const stop = (why: Error): void => {
    if (isOver) return
    broken ??= why
    request.unpipe(parser)
    for (const stream of open) stream.destroy(broken)
    wake()
  }
  const add = (part: FormPart): void => {
    waiting.push(part)
    wake()
  }
  parser
    .on('file', (field, stream, name) => {
      open.add(stream)
      stream.on('error', (error: Error) => stop(new BrokenForm(error.message))).once('close', () => open.delete(stream))
      add({ type: 'file', field, name: name ?? '', content: readable(stream) })
    })
    .on('field', (field, text, _, isCut) =>
      isCut ? stop(new BrokenForm(`the field ${field} is too long`)) : add({ type: 'text', field, text }),
    )
    .on('finish', () => {
      isOver = true
      wake()
    })
    .on('error', (error: Error) => stop(new BrokenForm(error.message)))
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const)
    parser.on(limit, () => stop(new BrokenForm('it has too many parts')))
  request
    .once('close', () => request.complete || stop(new Interrupted('the form is cut off')))
    .once('error', () => stop(new Interrupted('the form is cut off')))
  request.pipe(parser)
  try {
    for (;;) {
      const part = waiting.shift()
      if (part) yield part
      else if (broken) throw broken
      else if (isOver) return
      else
        await new Promise<void>(resolve => {
          wake = resolve
        })
    }
  } finally {
    stop(new BrokenForm('nobody reads it'))
  }
}

/** An error of a part is an error of the form. */
async function* readable(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* content
  } catch (error) {
    throw error instanceof ContentError
      ? error
      : new BrokenForm(error instanceof Error ? error.message : 'it is broken')
  }
}

function parserOf({ headers }: IncomingMessage) {
  try {
    return new Busboy({ headers: { ...headers, 'content-type': headers['content-type'] ?? '' }, limits: LIMITS })
  } catch (error) {
    throw new BrokenForm(error instanceof Error ? error.message : 'it has no boundary')
  }
}
