/** Files that a program posts: they are stored, and a message with them is posted at once. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type * as z from 'zod'
import type { Grant } from '../../../model/state/grant.ts'
import { may } from '../../../reducer/may.ts'
import { refused, vetRoom } from '../../ingress/vetting/vetted.ts'
import type { Api } from '../../programs/api.ts'
import { postFiles, putFile } from '../api/routes.ts'
import type { postedFiles } from '../api/schema.ts'
import { serve } from '../api/serve.ts'
import { addressOf } from '../client-address.ts'
import { answering, created, sentOf } from './serve-uploads.ts'
import { takeIn } from './upload.ts'

export function servePosts(app: FastifyInstance, api: Api): void {
  serve(app, api, putFile, (grant, { params, query, ...call }) =>
    post(api, grant, { ...call, room: params.room, name: params.name, text: query.text ?? '' }),
  )
  serve(app, api, postFiles, (grant, { params, ...call }) =>
    post(api, grant, { ...call, room: params.room, name: '', text: '' }),
  )
  // `curl -T` adds the name of the file only behind a slash.
  app.put(postFiles.path.replace('{room}', ':room'), (request, reply) =>
    answering(api, request, reply, async () =>
      api.uploaderOf(request.headers.authorization) === null
        ? refused('token-needed')
        : refused('request', 'the path names no file; for curl -T, put a slash behind files'),
    ),
  )
}

type Posting = {
  readonly room: string
  readonly name: string
  readonly text: string
  readonly headers: { readonly 'idempotency-key'?: string | undefined }
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

function post(api: Api, grant: Grant, { room: raw, name, text, headers, request, reply }: Posting) {
  return answering(api, request, reply, async () => {
    const room = vetRoom(raw)
    if (!room.ok) return room
    if (!may(api.state(), grant.id, 'write', { room: room.value }))
      return refused('not-granted', `write in ${room.value}`)
    const taken = await takeIn(api.files, { session: grant.id, address: addressOf(request.raw) }, request.raw, name)
    if (!taken.ok) return taken
    const files = taken.files.map(({ file, name: called }) => ({ id: file.file, name: called }))
    const key = headers['idempotency-key'] ?? null
    const outcome = await api.post(grant, { room: room.value, text: taken.text || text, action: false, key, files })
    if (!outcome.ok) return outcome
    const { seq, at, repeated } = outcome
    if (repeated) reply.header('Idempotent-Replayed', 'true')
    const answer: z.infer<typeof postedFiles> = {
      ...{ seq, at, room: room.value, from: grant.name.text },
      // A repeat doesn't need the files. They go by themselves.
      files: repeated ? [] : taken.files.map(sentOf),
    }
    return created(reply, answer)
  })
}
