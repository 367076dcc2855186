/** The questions that a chat has heard of: it folds messages that ask, answers and ends, each once. Pure. */
import { Map as IMap } from 'immutable'
import type { PastMessage, ReplyOf, ReplyQuestion } from '../../../codec/native/reply.ts'
import { ANSWERS_SHOWN, QUESTIONS_HEARD_MAX } from '../../../model/limits.ts'
import { type Asked, type Result, resultOf } from '../../../model/question.ts'
import type { Incoming } from '../../session/incoming.ts'
import { isOpen, type Question } from './question.ts'

/** By the numbers of their messages. */
export type Questions = IMap<number, Question>

export const noQuestions: Questions = IMap()

type ReplyAsked = NonNullable<PastMessage['ask']>

type Asking = Pick<PastMessage, 'seq' | 'from' | 'id' | 'ask'>

/** Messages of a room, as of input `asOf`. */
const withAsked = (all: Questions, room: string, messages: readonly Asking[], asOf: number): Questions =>
  messages.reduce(
    (so, { seq, from, id = '', ask }) => (ask ? withOne(so, { seq, room, from, id, ask }, asOf) : so),
    all,
  )

type One = Pick<Question, 'seq' | 'room' | 'from' | 'id'> & { readonly ask: ReplyAsked }

/** The chat knows more of an open question than its message says. */
function withOne(all: Questions, { ask, ...one }: One, asOf: number): Questions {
  const known = all.get(one.seq)
  const result = resultOf(ask)
  if (known && (result === null || known.asOf >= asOf)) return all
  const { counts = known?.counts ?? [], order: answers = known?.answers ?? [] } = result ?? {}
  const total = known?.total ?? Math.max(sum(counts), answers.length)
  return bounded(all.set(one.seq, { ...one, ...askedOf(ask), ...{ answers, total, counts, result, asOf } }))
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0)

function askedOf({ kind, choices, to, until }: ReplyAsked): Asked {
  if (to === undefined) return { kind, choices, until }
  return { kind, choices, until, to: typeof to === 'string' ? { role: to } : to }
}

/** Somebody has answered. */
function withAnswer(all: Questions, reply: ReplyOf<'answered'>): Questions {
  const known = all.get(reply.target)
  if (!known || known.asOf >= reply.seq) return all
  const { seq, by: name, id = '', choice, place, counts } = reply
  const answer = { id, name, ...(choice !== undefined && { choice }) }
  const at = known.answers.findIndex(one => one.id === id)
  const answers =
    at >= 0
      ? known.answers.with(at, answer)
      : known.answers.length < ANSWERS_SHOWN
        ? [...known.answers, answer]
        : known.answers
  const total = Math.max(known.total, place)
  return all.set(reply.target, { ...known, answers, total, counts: counts ?? known.counts, asOf: seq })
}

/** A question has ended. The answer that decided it is of the same input. */
function withEnd(all: Questions, reply: ReplyOf<'concluded'>): Questions {
  const known = all.get(reply.target)
  if (!known || known.result !== null || known.asOf > reply.seq) return all
  return all.set(reply.target, { ...known, result: resultOf(reply), asOf: reply.seq })
}

/** The answer to the query for the questions of a room: every open one is in it. */
function withOpen(all: Questions, { seq: asOf, room, open, question }: ReplyOf<'questions'>): Questions {
  const isStale = (one: Question): boolean => one.room === room && isOpen(one) && one.asOf <= asOf
  const listed = question ? [...open, question] : open
  // The result of a question that has ended comes with its message.
  return listed.reduce((so, one) => withListed(so, one, asOf), all.filterNot(isStale))
}

function withListed(all: Questions, one: ReplyQuestion, asOf: number): Questions {
  const { seq, room, from, id, answers, total, counts = [] } = one
  if ((all.get(seq)?.asOf ?? 0) > asOf) return all
  const result = resultIn(one)
  return bounded(all.set(seq, { seq, room, from, id, ...askedOf(one), answers, total, counts, result, asOf }))
}

/** How a listed question ended. Null: it's open. Its own `id` is the asker's. */
export function resultIn({ id: _, byId, state, ...ended }: ReplyQuestion): Result | null {
  return resultOf({
    ...ended,
    ...(byId !== undefined && { id: byId }),
    ...(state !== 'open' && { outcome: state }),
  })
}

/** The oldest that have ended go first. */
function bounded(all: Questions): Questions {
  const over = all.size - QUESTIONS_HEARD_MAX
  if (over <= 0) return all
  const inOrder = [...all.values()].sort((a, b) => Number(isOpen(a)) - Number(isOpen(b)) || a.seq - b.seq)
  return all.deleteAll(inOrder.slice(0, over).map(({ seq }) => seq))
}

/** The open questions of a room, the oldest first. */
export const openIn = (all: Questions, room: string | null): readonly Question[] =>
  [...all.values()].filter(one => one.room === room && isOpen(one)).sort((a, b) => a.seq - b.seq)

/** Takes the news of questions out of any reply. */
export function hearQuestions(all: Questions, reply: Incoming['reply']): Questions {
  switch (reply.type) {
    case 'said':
      return withAsked(all, reply.room, [reply], reply.seq)
    case 'history':
    case 'found':
    case 'messages':
      return reply.messages.reduce((so, past) => withAsked(so, past.room ?? '', [past], reply.seq), all)
    case 'pins':
      return withAsked(all, reply.room, reply.messages, reply.seq)
    case 'answered':
      return withAnswer(all, reply)
    case 'concluded':
      return withEnd(all, reply)
    case 'questions':
      return withOpen(all, reply)
    case 'deleted':
      return all.delete(reply.target)
    default:
      return all
  }
}
