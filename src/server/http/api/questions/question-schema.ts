/** The JSON of questions and hands in the HTTP API. */
import * as z from 'zod'
import {
  ANSWERS_SHOWN,
  ASK_KEY_MAX_CHARS,
  CHOICES_MAX,
  QUESTION_MAX_MS,
  QUESTION_MS,
} from '../../../../model/limits.ts'
import { ASKED_ROLES, OUTCOMES, QUESTION_KINDS } from '../../../../model/question.ts'

const at = z.int().nonnegative().describe('Milliseconds since 1970, UTC.')
const name = z.string()
const id = z.string().describe('Of a member, an account or a token. It stays the same under every name.')

const entitled = z
  .union([z.object({ role: z.enum(ASKED_ROLES) }), z.object({ id, name })])
  .describe('Who may answer: a role and those above it, or one member. Absent: everybody in the room.')

const kind = z
  .enum(QUESTION_KINDS)
  .describe('`ask`: the first answer decides. `poll`: the latest vote of each counts. `buzz`: who is first.')

const choice = z.int().nonnegative().describe('The place of a choice, from 0 on.')
const counts = z.array(z.int().nonnegative()).describe('Votes by choice.')
const outcome = z.enum(OUTCOMES)

/** The question of a message, and how it ended. */
export const asked = z
  .object({
    kind,
    choices: z.array(z.string()),
    to: entitled.optional(),
    until: at.describe('When it ends by itself.'),
    outcome: outcome.optional().describe('How it ended. Absent: it is open.'),
    choice: choice.optional(),
    by: name.optional().describe('Who decided, withdrew or closed it.'),
    id: id.optional(),
    counts: counts.optional(),
    order: z.array(z.object({ id, name })).optional().describe('Who buzzed, in order.'),
  })
  .meta({ id: 'Asked' })

export const question = z
  .object({
    ...asked.omit({ outcome: true, id: true }).shape,
    seq: z.int().positive().describe('Its number: that of its message.'),
    at,
    room: z.string(),
    from: name.describe('Who asked.'),
    id: id.describe('Of the one who asked.'),
    byId: id.optional().describe('Of the one who decided or closed it.'),
    text: z.string().optional(),
    outcome: outcome.optional(),
    answers: z
      .array(z.object({ id, name, choice: choice.optional(), place: z.int().positive(), seq: z.int(), at }))
      .describe(`The first ${ANSWERS_SHOWN}, in order.`),
    nobody: z
      .literal(true)
      .optional()
      .describe('Nobody who may answer is in the room, besides the asker. Only of one that was asked about.'),
    total: z.int().nonnegative().describe('The number of answers.'),
    state: z.enum(['open', ...OUTCOMES]),
  })
  .meta({ id: 'Question' })

const hands = z.array(z.object({ id, name })).describe('Who has raised a hand, the first first.')

export const questions = z
  .object({ room: z.string(), open: z.array(question).describe('Oldest first.'), hands })
  .meta({ id: 'Questions' })

export const raised = z.object({ room: z.string(), hands }).meta({ id: 'Hands' })

export const ask = z
  .strictObject({
    text: z.string(),
    kind: kind.default('ask'),
    choices: z.array(z.string().max(1024)).max(CHOICES_MAX).default([]).describe('2 to 10. A buzz has none.'),
    to: z.string().max(256).optional().describe('A role, `@` and a name, or `room`. Absent: everybody in the room.'),
    timeout: z
      .int()
      .positive()
      .max(QUESTION_MAX_MS / 1000)
      .default(QUESTION_MS / 1000)
      .describe('Seconds that it stays open.'),
    key: z
      .string()
      .min(1)
      .max(ASK_KEY_MAX_CHARS)
      .optional()
      .describe('Marks a repeat: the same token that asks again with it gets the question that it asked before.'),
  })
  .meta({ id: 'Ask' })

export const answer = z
  .strictObject({
    choice: choice.optional(),
    word: z.string().max(1024).optional().describe('The label of a choice, or its place from 1 on.'),
    text: z.string().max(1024).optional().describe('The same as `word`: what `curl -d` sends.'),
  })
  .meta({ id: 'Answer' })
