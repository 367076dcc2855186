/** `POST /files`: a member or a program with a token uploads a file, which a message of its names later. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { LINGER_MS } from '../../../model/limits.ts'
import { fileUrl, thumbUrl } from '../../../model/message/file.ts'
import { Interrupted } from '../../files/receiving.ts'
import { type Refused, refused } from '../../ingress/vetting/vetted.ts'
import type { Api } from '../../programs/api.ts'
import { refuse } from '../api/refusals.ts'
import { addressOf } from '../client-address.ts'
import { takeIn, type UploadedFile } from './upload.ts'

export function serveUploads(app: FastifyInstance, api: Api): void {
  app.post('/files', (request, reply) =>
    answering(api, request, reply, async () => {
      const address = addressOf(request.raw)
      const session = api.uploaderOf(request.headers.authorization)
      const banned = api.banned(address, session === null ? null : (api.state().grants.get(session) ?? null))
      if (banned) return banned
      if (session === null) return refused('session-needed')
      const { name } = request.query as { readonly name?: unknown }
      const called = typeof name === 'string' ? name : ''
      const taken = await takeIn(api.files, { session, address }, request.raw, called)
      if (!taken.ok) return taken
      const [first] = taken.files
      return first ? created(reply, sentOf(first)) : refused('request', 'the body has no file')
    }),
  )
}

export const created = (reply: FastifyReply, answer: object): FastifyReply =>
  reply.code(201).header('Cache-Control', 'no-store').send(answer)

/** Answers with the result of `run`. A client that is gone gets no answer. */
export async function answering(
  api: Api,
  request: FastifyRequest,
  reply: FastifyReply,
  run: () => Promise<FastifyReply | Refused>,
): Promise<FastifyReply> {
  try {
    const answer = await run()
    return 'detail' in answer ? refuseUpload(api, request, reply, answer) : answer
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

/** The file in the form of the wire (docs/protocol.md). */
export function sentOf({ file, name }: UploadedFile) {
  const { file: id, kind, size, width, height, thumb } = file
  const dimensions = width === undefined ? {} : { width, height }
  const small = thumb && { thumb: { url: thumbUrl({ id }), width: thumb.width, height: thumb.height } }
  return { id, url: fileUrl({ id, name }), name, kind, size, ...dimensions, ...small }
}
