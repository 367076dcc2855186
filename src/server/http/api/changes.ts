/** Handlers of the routes about single messages: edits, reactions, and the pinned messages of a room. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { MessageCommand } from '../../../model/command.ts'
import type { Grant } from '../../../model/state/grant.ts'
import { withEditing } from '../../ingress/targets/being-edited.ts'
import { vetRoom } from '../../ingress/vetting/vetted.ts'
import type { Api } from '../../programs/api.ts'
import { messageJson } from './message-json.ts'
import { editMessage, pinMessage, react, readPins, unpinMessage, unreact } from './routes.ts'
import { refuseCounted, serve } from './serve.ts'

export function serveChanges(app: FastifyInstance, api: Api): void {
  const change = async (
    reply: FastifyReply,
    grant: Grant,
    raw: string,
    command: MessageCommand,
  ): Promise<FastifyReply> => {
    const room = vetRoom(raw)
    if (!room.ok) return refuseCounted(api, reply, room.code, room.detail)
    const outcome = await api.change(grant, room.value, command)
    if (!outcome.ok) return refuseCounted(api, reply, outcome.code, outcome.detail)
    return reply.header('Cache-Control', 'no-store').send({ seq: command.seq, at: outcome.at, room: room.value })
  }

  serve(app, api, editMessage, (grant, { params: { room, seq }, body: { text }, reply }) =>
    change(reply, grant, room, { type: 'edit', seq, room, text }),
  )
  serve(app, api, react, (grant, { params: { room, seq, emoji }, reply }) =>
    change(reply, grant, room, { type: 'react', seq, room, emoji }),
  )
  serve(app, api, unreact, (grant, { params: { room, seq, emoji }, reply }) =>
    change(reply, grant, room, { type: 'react', seq, room, emoji, off: true }),
  )
  serve(app, api, pinMessage, (grant, { params: { room, seq }, reply }) =>
    change(reply, grant, room, { type: 'pin', seq }),
  )
  serve(app, api, unpinMessage, (grant, { params: { room, seq }, reply }) =>
    change(reply, grant, room, { type: 'pin', seq, off: true }),
  )
  serve(app, api, readPins, (_, { params, reply }) => {
    const room = vetRoom(params.room)
    if (!room.ok) return refuseCounted(api, reply, room.code, room.detail)
    const pins = api.state().rooms.get(room.value)?.pins ?? []
    const found = pins.flatMap(({ seq }) => api.history.find(seq) ?? []).filter(one => one.room === room.value)
    return reply
      .header('Cache-Control', 'no-store')
      .send({ room: room.value, messages: withEditing(api.state(), found).map(messageJson) })
  })
}
