/** Files over HTTP: `GET /files/ID/NAME`. A client with a link may read: nobody can guess one. */
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { THUMB } from '../../../model/message/file.ts'
import type { Stored, StoredFile } from '../../../model/state/files.ts'
import { HEAD_BYTES, kindOf } from '../../../pictures/kind.ts'
import { fileName } from '../../ingress/vetting/vetted.ts'
import type { Api } from '../../programs/api.ts'
import { say } from '../page.ts'
import { fileHeaders } from './disposition.ts'
import { servePosts } from './serve-posts.ts'
import { serveUploads } from './serve-uploads.ts'

export function serveFiles(app: FastifyInstance, api: Api): void {
  app.register(async scope => {
    // The handler of a request reads its body as it comes.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _body, done) => done(null))
    serveUploads(scope, api)
    servePosts(scope, api)
    scope.get<{ Params: { id: string; name: string } }>('/files/:id/:name', async ({ params, headers }, reply) => {
      const file = api.files.find(params.id)
      const isThumb = params.name === THUMB && file?.thumb !== undefined
      const stored = isThumb ? file?.thumb : file
      const known = headers['if-none-match']
      return file && stored ? send(api, reply, { file, stored, name: params.name, known }) : gone(reply)
    })
  })
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
  // The state doesn't have the kind of a small picture.
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
