/** Handlers of the routes about cursors. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { CursorCommand } from '../../../../model/command.ts'
import type { Grant } from '../../../../model/state/grant.ts'
import type { Api } from '../../../programs/api.ts'
import type { CursorAnswer } from '../../../programs/cursors.ts'
import { messageJson } from '../message-json.ts'
import { leaveCursor, listCursors, moveCursor, nextOfCursor, readCursor, removeCursor, setCursor } from '../routes.ts'
import { refuseCounted, serve } from '../serve.ts'
import { cursorJson } from './cursor-json.ts'

export function serveCursors(app: FastifyInstance, api: Api): void {
  const { cursors } = api
  const carryOut = async (
    reply: FastifyReply,
    grant: Grant,
    command: CursorCommand,
    as: string,
  ): Promise<FastifyReply> => {
    const answer = await cursors.carryOut(grant, command, as)
    if (!answer.ok) return refuseCounted(api, reply, answer.code, answer.detail)
    return fresh(reply).send(turnJson(answer))
  }

  serve(app, api, listCursors, (grant, { reply }) =>
    fresh(reply).send({ cursors: cursors.list(grant).map(cursorJson) }),
  )
  serve(app, api, readCursor, (grant, { params: { cursor }, reply }) => {
    const found = cursors.find(grant, cursor)
    return found ? fresh(reply).send(cursorJson(found)) : refuseCounted(api, reply, 'cursor-unknown', cursor)
  })
  serve(app, api, moveCursor, (grant, { params: { cursor }, body: { as, seq, turn, room: named, from }, reply }) => {
    const room = named ?? cursors.roomOf(grant, cursor)
    if (seq === undefined) return carryOut(reply, grant, { type: 'cursor-claim', cursor, room, from }, as)
    return carryOut(reply, grant, { type: 'cursor-move', cursor, turn: turn ?? cursors.turnOf(grant, cursor), seq }, as)
  })
  serve(app, api, setCursor, (grant, { params: { cursor }, body: { seq }, reply }) =>
    carryOut(reply, grant, { type: 'cursor-set', cursor, seq }, ''),
  )
  serve(app, api, removeCursor, (grant, { params: { cursor }, reply }) =>
    carryOut(reply, grant, { type: 'cursor-remove', cursor }, ''),
  )
  serve(app, api, leaveCursor, (grant, { params: { cursor }, query: { as }, reply }) =>
    carryOut(reply, grant, { type: 'cursor-leave', cursor }, as),
  )
  serve(app, api, nextOfCursor, async (grant, { params: { cursor }, query, request, reply }) => {
    const { as, room = cursors.roomOf(grant, cursor), from, wait } = query
    const claimed = await cursors.carryOut(grant, { type: 'cursor-claim', cursor, room, from }, as)
    if (!claimed.ok) return refuseCounted(api, reply, claimed.code, claimed.detail)
    const gone = new AbortController()
    request.raw.once('close', () => gone.abort())
    reply.raw.once('close', () => gone.abort())
    const next = await cursors.next(grant, cursor, as, wait * 1000, gone.signal)
    if (!next.ok) return refuseCounted(api, reply, next.code, next.detail)
    const { message, turn } = next
    return message ? fresh(reply).send({ ...messageJson(message), turn }) : fresh(reply).code(204).send()
  })
}

const fresh = (reply: FastifyReply): FastifyReply => reply.header('Cache-Control', 'no-store')

const turnJson = ({ journal, at, name, room, is, seq, turn }: CursorAnswer): object => ({
  ...{ seq: journal, at, cursor: name, room, is, place: seq, turn },
})
