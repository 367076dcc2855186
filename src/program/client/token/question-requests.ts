/** Questions, answers and hands of a token as requests of the HTTP API, and its answers as replies. Pure. */
import type { Asked } from '../../../client/session/outbox/outbox.ts'
import type { HttpRequest } from '../../../transport/webhook/http-request.ts'
import { withJson } from './json-request.ts'

type AskedOf<T extends Asked['type']> = Extract<Asked, { type: T }>

const BY_NUMBER = 'A token names a question by its number.'

const inRoom = (room: string, rest: string): string => `/api/rooms/${encodeURIComponent(room)}/${rest}`

const bare = (method: 'GET' | 'POST' | 'DELETE', path: string): HttpRequest => ({
  ...{ method, path, headers: method === 'GET' ? {} : { 'Content-Length': '0' } },
})

/** The message asks. Without a key of its own it has that of the request, so that it's asked once. */
export const askRequest = ({ room, text, ask }: AskedOf<'say'>, key: string): HttpRequest =>
  withJson('POST', inRoom(room, 'questions'), { text, key, ...ask })

export function questionRequest(asked: AskedOf<'questions' | 'answer' | 'close' | 'hand'>): HttpRequest | string {
  switch (asked.type) {
    case 'questions':
      return bare('GET', inRoom(asked.room, asked.seq === undefined ? 'questions' : `questions/${asked.seq}`))
    case 'answer': {
      const { room, seq, choice, word } = asked
      if (seq === null) return BY_NUMBER
      const answer = { ...(choice !== undefined && { choice }), ...(word !== undefined && { word }) }
      return withJson('PUT', inRoom(room, `questions/${seq}/answer`), answer)
    }
    case 'close':
      return asked.seq === null ? BY_NUMBER : bare('DELETE', inRoom(asked.room, `questions/${asked.seq}`))
    case 'hand':
      if (asked.next) return bare('POST', inRoom(asked.room, 'hand/next'))
      return bare(asked.off ? 'DELETE' : 'POST', inRoom(asked.room, 'hand'))
  }
}

/** The answer about one question, in the form of the list. */
export const questionsBody = (
  { seq, room }: AskedOf<'questions'>,
  body: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => (seq === undefined ? body : { room, open: [], hands: [], question: body })
