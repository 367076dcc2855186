/** `POST /files` for people who are here, and `GET /files/ID/NAME`. Whoever has a link may read: nobody can guess one. */
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { LINGER_MS } from '../../../model/limits.ts'
import { fileUrl, THUMB, thumbUrl } from '../../../model/message/file.ts'
import type { Stored, StoredFile } from '../../../model/state/files.ts'
import { HEAD_BYTES, kindOf } from '../../../pictures/kind.ts'
import { Interrupted } from '../../files/receiving.ts'
import type { Refused } from '../../ingress/vetting/vetted.ts'
import { fileName } from '../../ingress/vetting/vetted.ts'
import type { Api } from '../../programs/api.ts'
import { refuse } from '../api/refusals.ts'
import { addressOf } from '../client-address.ts'
import { say } from '../page.ts'
import { fileHeaders } from './disposition.ts'
import { takeIn, type UploadedFile } from './upload.ts'

export function serveFiles(app: FastifyInstance, api: Api): void {
  app.register(async scope => {
    leaveBodies(scope)
    scope.post('/files', (request, reply) => upload(api, request, reply))
    scope.get<{ Params: { id: string; name: string } }>('/files/:id/:name', async ({ params, headers }, reply) => {
      const file = api.files.find(params.id)
      const isThumb = params.name === THUMB && file?.thumb !== undefined
      const stored = isThumb ? file?.thumb : file
      const known = headers['if-none-match']
      return file && stored ? send(api, reply, { file, stored, name: params.name, known }) : gone(reply)
    })
  })
}

/** Bodies are read as they come, by whoever handles the request. */
export function leaveBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _body, done) => done(null))
}

async function upload(api: Api, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const address = addressOf(request.raw)
  const session = api.sessionOf(request.headers.authorization)
  const banned = api.banned(address, null)
  if (banned) return refuseUpload(api, request, reply, banned)
  if (session === null) return refuseUpload(api, request, reply, { ok: false, code: 'session-needed', detail: '' })
  const { name = '' } = request.query as { readonly name?: unknown }
  return answering(api, request, reply, async () => {
    const taken = await takeIn(api.files, { session, address }, request.raw, typeof name === 'string' ? name : '')
    if (!taken.ok) return taken
    const [first] = taken.files
    return first ? reply.code(201).header('Cache-Control', 'no-store').send(sentOf(first)) : nothing
  })
}

const nothing: Refused = { ok: false, code: 'internal', detail: '' }

/** Answers with what `run` returns. Whoever is gone gets no answer. */
export async function answering(
  api: Api,
  request: FastifyRequest,
  reply: FastifyReply,
  run: () => Promise<FastifyReply | Refused>,
): Promise<FastifyReply> {
  try {
    const answer = await run()
    return 'code' in answer && 'detail' in answer ? refuseUpload(api, request, reply, answer) : answer
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
    request.raw.destroy()
    return reply.hijack()
  }
}

/** The rest of the body is still read for a while: a client that is sending would not see the answer otherwise. */
function refuseUpload(api: Api, request: FastifyRequest, reply: FastifyReply, { code, detail }: Refused): FastifyReply {
  api.counts.reject(code)
  const { raw } = request
  if (!raw.complete) {
    raw.resume()
    const cancel = api.clock.alarm(LINGER_MS, () => raw.socket.destroy())
    raw.once('close', cancel).once('end', cancel)
  }
  return refuse(reply, code, detail)
}

/** As on the wire (docs/protocol.md). */
export function sentOf({ file, name }: UploadedFile) {
  const { file: id, kind, size, width, height, thumb } = file
  const dimensions = width === undefined ? {} : { width, height }
  const small = thumb && { thumb: { url: thumbUrl({ id }), width: thumb.width, height: thumb.height } }
  return { id, url: fileUrl({ id, name }), name, kind, size, ...dimensions, ...small }
}

type Asked = {
  readonly file: StoredFile
  readonly stored: Stored
  readonly name: string
  /** The request's If-None-Match. */
  readonly known: string | undefined
}

async function send(api: Api, reply: FastifyReply, { file, stored, name, known }: Asked): Promise<FastifyReply> {
  const etag = `"${stored.hash.slice(0, 32)}"`
  if (known?.split(',').some(one => one.trim().replace(/^W\//, '') === etag)) {
    return reply
      .code(304)
      .headers(fileHeaders(file.kind, fileName(name), etag))
      .send()
  }
  const content = await api.files.read(stored)
  if (!content) return gone(reply)
  const pieces = content.pieces[Symbol.asyncIterator]()
  const first = await pieces.next()
  // Of a small picture, the state doesn't say the kind.
  const kind = stored === file ? file.kind : kindOf((first.value ?? Buffer.of()).subarray(0, HEAD_BYTES))
  return reply
    .code(200)
    .headers({ ...fileHeaders(kind, fileName(name), etag), 'Content-Length': `${content.size}` })
    .send(Readable.from(joined(first, pieces), { objectMode: false }))
}

async function* joined(first: IteratorResult<Uint8Array>, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for (let next = first; !next.done; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}

const gone = (reply: FastifyReply): FastifyReply =>
  say(reply, 404, 'There is no such file here. It may have been deleted.')
