/** Handlers of the routes about questions and hands. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { questionFields } from '../../../../codec/native/encoding.ts'
import { vetRoom } from '../../../ingress/vetting/vetted.ts'
import type { Api } from '../../../programs/api.ts'
import type { PostOutcome } from '../../../programs/posting.ts'
import { refuseCounted, serve } from '../serve.ts'
import * as routes from './question-routes.ts'

export function serveQuestions(app: FastifyInstance, api: Api): void {
  const { questions } = api

  /** With the name of the room as the server has it. */
  function within(raw: string, reply: FastifyReply, next: (room: string) => unknown): unknown {
    const room = vetRoom(raw)
    return room.ok ? next(room.value) : refuseCounted(api, reply, room.code, room.detail)
  }

  function show(reply: FastifyReply, room: string, seq: number, status = 200): FastifyReply {
    const found = questions.find(room, seq)
    if (!found) return refuseCounted(api, reply, 'question-unknown', `${seq}`)
    return reply.code(status).header('Cache-Control', 'no-store').send(questionFields(found))
  }

  const outcome = (reply: FastifyReply, done: PostOutcome, next: () => FastifyReply): FastifyReply =>
    done.ok ? next() : refuseCounted(api, reply, done.code, done.detail)

  const hands = (reply: FastifyReply, room: string): FastifyReply =>
    reply.header('Cache-Control', 'no-store').send({ room, hands: questions.open(room).hands })

  serve(app, api, routes.askQuestion, (grant, { params, body: { text, ...ask }, reply }) =>
    within(params.room, reply, async room => {
      const done = await api.post(grant, { room, text, action: false, key: null, ask })
      if (!done.ok) return refuseCounted(api, reply, done.code, done.detail)
      return show(reply, room, done.seq, done.repeated ? 200 : 201)
    }),
  )
  serve(app, api, routes.readQuestions, (_, { params, reply }) =>
    within(params.room, reply, room => {
      const { open, hands: raised } = questions.open(room)
      return reply.header('Cache-Control', 'no-store').send({ room, open: open.map(questionFields), hands: raised })
    }),
  )
  serve(app, api, routes.readQuestion, (_, { params: { room: raw, seq }, reply }) =>
    within(raw, reply, room => show(reply, room, seq)),
  )
  serve(app, api, routes.answerQuestion, (grant, { params: { room: raw, seq }, body, reply }) =>
    within(raw, reply, async room => {
      const { choice, word = body.text } = body
      const done = await questions.answer(grant, room, { seq, choice, word })
      return outcome(reply, done, () => show(reply, room, seq))
    }),
  )
  serve(app, api, routes.closeQuestion, (grant, { params: { room: raw, seq }, reply }) =>
    within(raw, reply, async room => {
      const done = await questions.close(grant, room, seq)
      return outcome(reply, done, () => show(reply, room, seq))
    }),
  )
  for (const [route, act] of [
    [routes.raiseHand, 'raise'],
    [routes.lowerHand, 'lower'],
    [routes.callHand, 'next'],
  ] as const) {
    serve(app, api, route, (grant, { params, reply }) =>
      within(params.room, reply, async room => {
        const done = await questions.hand(grant, room, act)
        return outcome(reply, done, () => hands(reply, room))
      }),
    )
  }
}
