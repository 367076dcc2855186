/** The routes of live messages, as rows of the table (routes.ts). */
import { LIVE_PIECE_BYTES } from '../../../../model/limits.ts'
import { CHANGED, GUARDED, json, type RouteAnswer, refused, route } from '../route.ts'
import * as schema from '../schema.ts'
import { ofEnd, ofGrowing, ofReading } from './live-schema.ts'

const STORED = {
  ...GUARDED,
  409: refused('The output goes on at another byte, is full, or does not grow any more.'),
  413: refused('The body is too long.'),
  503: refused('The server cannot store anything now.'),
}

const output: RouteAnswer = { description: 'The bytes, as they came.', type: 'text/plain', schema: null }

export const growLive = route({
  method: 'PUT',
  path: '/api/rooms/{room}/messages/{seq}/output',
  id: 'growLive',
  summary: `Adds the bytes of the body to the output of a live message of the token. With \`offset\`, a repeat adds nothing twice. An empty body keeps a silent message open. Pieces of up to ${LIVE_PIECE_BYTES} bytes are stored as one.`,
  scope: 'write',
  params: schema.inMessage,
  query: ofGrowing,
  answers: { 200: json('The bytes are stored.', schema.grown), ...STORED },
})

export const finishLive = route({
  method: 'POST',
  path: '/api/rooms/{room}/messages/{seq}/finish',
  id: 'finishLive',
  summary: 'Says that the output of a live message of the token is whole.',
  scope: 'write',
  params: schema.inMessage,
  query: ofEnd,
  answers: { ...CHANGED, ...STORED },
})

export const readOutput = route({
  method: 'GET',
  path: '/api/rooms/{room}/messages/{seq}/output',
  id: 'readOutput',
  summary: 'Returns the output of a live message, to the byte, as far as it has come.',
  scope: 'read',
  params: schema.inMessage,
  query: ofReading,
  answers: { 200: output, ...GUARDED },
})
