/** Answers in the form that senders expect. A refusal has its remedy, in the shape in which a sender logs it. */
import type { FastifyReply } from 'fastify'
import { ERRORS, type ErrorCode, errorText } from '../../../model/error.ts'
import type { Sender } from '../../hooks-in/read.ts'
import type { PostReceipt } from '../../programs/posting.ts'
import { statusOf } from '../api/refusals.ts'

/** A message that a hook has taken. */
export type Taken = PostReceipt & {
  readonly room: string
  /** The name of the token. */
  readonly from: string
  readonly text: string
  /** A sender of Discord wants the message back. */
  readonly wait: boolean
}

type Answer = (reply: FastifyReply, taken: Taken) => FastifyReply

const posted: Answer = (reply, { seq, at, room, from }) => reply.code(200).send({ seq, at, room, from })

const ANSWERS: Readonly<Record<Sender, Answer>> = {
  slack: reply => reply.code(200).type('text/plain; charset=utf-8').send('ok'),
  discord: (reply, taken) => (taken.wait ? reply.code(200).send(discordMessage(taken)) : reply.code(204).send()),
  ntfy: (reply, { seq, at, room, text }) =>
    reply.code(200).send({ id: `${seq}`, time: Math.floor(at / 1000), event: 'message', topic: room, message: text }),
  github: posted,
  alerts: posted,
  json: posted,
}

export const answer = (reply: FastifyReply, sender: Sender, taken: Taken): FastifyReply =>
  ANSWERS[sender](unstored(reply), taken)

/** https://docs.discord.com/developers/resources/message#message-object */
const discordMessage = ({ seq, at, room, from, text }: Taken): object => ({
  id: `${seq}`,
  type: 0,
  content: text,
  channel_id: room,
  author: { id: from, username: from, discriminator: '0000', avatar: null, bot: true },
  attachments: [],
  embeds: [],
  mentions: [],
  mention_roles: [],
  pinned: false,
  mention_everyone: false,
  tts: false,
  timestamp: new Date(at).toISOString(),
  edited_timestamp: null,
  flags: 0,
  components: [],
})

/** `sender` null: nobody has looked at the body. */
export function refuseHook(
  reply: FastifyReply,
  sender: Sender | null,
  { code, detail = '', status = hookStatus(code) }: { code: ErrorCode; detail?: string; status?: number },
): FastifyReply {
  const message = errorText(code, detail)
  unstored(reply).code(status)
  if (status === 503) reply.header('Retry-After', '1')
  if (sender === 'slack')
    return reply.type('text/plain; charset=utf-8').send(`${SLACK_CODES[code] ?? code}: ${message}\n`)
  const wait = Number(reply.getHeader('Retry-After') ?? 0)
  switch (sender) {
    case 'discord':
      return reply.send({
        code: DISCORD_CODES[code] ?? 0,
        message,
        ...(status === 429 && { retry_after: wait, global: false }),
      })
    case 'ntfy':
      return reply.send({ code: status * 100 + 1, http: status, error: message })
    default:
      return reply.send({ code, message, retry: ERRORS[code].retry, error: message })
  }
}

/** An unknown token isn't asked for again with another one: the address is wrong for good. */
const hookStatus = (code: ErrorCode): number => (code === 'token-unknown' ? 404 : statusOf(code))

const SLACK_CODES: Partial<Record<ErrorCode, string>> = {
  'token-unknown': 'no_service',
  'hook-empty': 'no_text',
  'hook-body': 'invalid_payload',
  'not-utf8': 'invalid_payload',
  'not-granted': 'action_prohibited',
  banned: 'action_prohibited',
  'slow-down': 'rate_limited',
}

const DISCORD_CODES: Partial<Record<ErrorCode, number>> = {
  'token-unknown': 10_015,
  'hook-empty': 50_006,
  'hook-body': 50_109,
  'not-granted': 50_013,
}

const unstored = (reply: FastifyReply): FastifyReply => reply.header('Cache-Control', 'no-store')
