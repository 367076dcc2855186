/** Handlers of the routes about live messages: their output grows, ends and is read. */
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { LIVE_ANSWER_BYTES } from '../../../../model/limits.ts'
import { vetRoom } from '../../../ingress/vetting/vetted.ts'
import type { Api } from '../../../programs/api.ts'
import { fileHeaders } from '../../files/disposition.ts'
import { refuseCounted, serve } from '../serve.ts'
import { finishLive, growLive, readOutput } from './live-routes.ts'

export function serveLives(app: FastifyInstance, api: Api): void {
  serve(app, api, growLive, async (grant, { params: { room: raw, seq }, query, request, reply }) => {
    const room = vetRoom(raw)
    if (!room.ok) return refuseCounted(api, reply, room.code, room.detail)
    const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.of()
    const grown = await api.lives.grow(grant, room.value, seq, query.offset ?? null, bytes)
    if (!grown.ok) return refuseCounted(api, reply, grown.code, grown.detail)
    return fresh(reply).send({ seq, room: room.value, size: grown.size })
  })
  serve(app, api, finishLive, async (grant, { params: { room: raw, seq }, query, reply }) => {
    const room = vetRoom(raw)
    if (!room.ok) return refuseCounted(api, reply, room.code, room.detail)
    const { status = null, ms = null, total, interrupted = false } = query
    const outcome = await api.lives.finish(grant, room.value, { type: 'finish', seq, status, ms, total, interrupted })
    if (!outcome.ok) return refuseCounted(api, reply, outcome.code, outcome.detail)
    return fresh(reply).send({ seq, at: outcome.at, room: room.value })
  })
  serve(app, api, readOutput, (_, { params: { room: raw, seq }, query, reply }) => {
    const room = vetRoom(raw)
    if (!room.ok) return refuseCounted(api, reply, room.code, room.detail)
    const found = api.history.find(seq)
    if (found?.room !== room.value || found.text === null) {
      return refuseCounted(api, reply, 'message-unknown', `${seq}`)
    }
    if (!found.live) return refuseCounted(api, reply, 'not-live', `${seq}`)
    const { size } = found.live
    const offset = Math.min(query.offset ?? 0, size)
    return reply
      .headers({ ...fileHeaders('application/octet-stream', `output-${seq}.txt`, `"${size}"`), ...NEWEST })
      .header('Content-Type', 'text/plain; charset=utf-8')
      .header('Content-Length', `${size - offset}`)
      .send(Readable.from(pieces(api, seq, offset, size), { objectMode: false }))
  })
}

/** It may grow, or be deleted. */
const NEWEST = { 'Cache-Control': 'no-store' }

/** A piece at a time, when the client has taken the one before. If it's deleted meanwhile, the answer breaks off. */
function* pieces({ history }: Api, seq: number, begin: number, end: number): Generator<Uint8Array> {
  for (let at = begin; at < end; ) {
    const { bytes } = history.output(seq, at, Math.min(LIVE_ANSWER_BYTES, end - at))
    if (bytes.length === 0) throw new Error('the output is gone')
    yield bytes
    at += bytes.length
  }
}

const fresh = (reply: FastifyReply): FastifyReply => reply.header('Cache-Control', 'no-store')
