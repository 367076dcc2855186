/** The routes of questions and hands. */

import { GUARDED, json, refused, route } from '../route.ts'
import * as schema from '../schema.ts'
import * as of from './question-schema.ts'

const STORING = {
  ...GUARDED,
  422: refused('The `key` was used for another question.'),
  503: refused('The server cannot store it now.'),
}
const UNKNOWN = { 404: refused('There is no such question in this room.') }
const ONE = { 200: json('The question as it is now.', of.question), ...STORING, ...UNKNOWN }
const OPEN = { ...ONE, 409: refused('The question has ended.') }
const HANDS = { 200: json('The queue as it is now.', of.raised), ...STORING }

export const askQuestion = route({
  ...{ method: 'POST', path: '/api/rooms/{room}/questions', id: 'askQuestion' },
  summary: 'Asks a question in a room, or finds the one that was asked with the same key.',
  scope: 'write',
  params: schema.inRoom,
  body: of.ask,
  answers: {
    ...{ 201: json('The question was asked.', of.question), ...ONE },
    413: refused('The text is too long.'),
  },
})

export const readQuestions = route({
  ...{ method: 'GET', path: '/api/rooms/{room}/questions', id: 'readQuestions' },
  summary: 'Lists the open questions of a room, and who has raised a hand.',
  scope: 'read',
  params: schema.inRoom,
  answers: { 200: json('The open questions.', of.questions), ...GUARDED },
})

export const readQuestion = route({
  ...{ method: 'GET', path: '/api/rooms/{room}/questions/{seq}', id: 'readQuestion' },
  summary: 'Reads a question, open or ended, with its answers.',
  scope: 'read',
  params: schema.inMessage,
  answers: { 200: json('The question as it is now.', of.question), ...GUARDED, ...UNKNOWN },
})

export const answerQuestion = route({
  ...{ method: 'PUT', path: '/api/rooms/{room}/questions/{seq}/answer', id: 'answerQuestion' },
  summary: 'Answers a question under the name of the token.',
  scope: 'write',
  params: schema.inMessage,
  body: of.answer,
  answers: OPEN,
})

export const closeQuestion = route({
  ...{ method: 'DELETE', path: '/api/rooms/{room}/questions/{seq}', id: 'closeQuestion' },
  summary: 'Closes a question of the token: it is withdrawn, or ends with what it has.',
  scope: 'write',
  params: schema.inMessage,
  answers: OPEN,
})

export const raiseHand = route({
  ...{ method: 'POST', path: '/api/rooms/{room}/hand', id: 'raiseHand' },
  summary: 'Raises the hand of the token in a room.',
  scope: 'write',
  params: schema.inRoom,
  answers: HANDS,
})

export const lowerHand = route({
  ...{ method: 'DELETE', path: '/api/rooms/{room}/hand', id: 'lowerHand' },
  summary: 'Takes the hand of the token down.',
  scope: 'write',
  params: schema.inRoom,
  answers: HANDS,
})

export const callHand = route({
  ...{ method: 'POST', path: '/api/rooms/{room}/hand/next', id: 'callHand' },
  summary: 'Calls on the first who has raised a hand, and takes that hand down.',
  scope: 'write',
  params: schema.inRoom,
  answers: HANDS,
})

export const QUESTION_ROUTES = [
  ...([askQuestion, readQuestions, readQuestion, answerQuestion, closeQuestion] as const),
  ...([raiseHand, lowerHand, callHand] as const),
] as const
