/**
 * A message that answers another one, or that has files: its message and its files have to be there. Throws if the
 * history is damaged.
 */
import type { AskSpec, Command, SentFile } from '../../../model/command.ts'
import type { MemberId } from '../../../model/ids.ts'
import type { Body } from '../../../model/input.ts'
import type { FileRef } from '../../../model/message/file.ts'
import type { Message } from '../../../model/message/message.ts'
import { storedText } from '../../../model/message/stored-text.ts'
import { textAsked } from '../../../model/question.ts'
import type { StoredFile } from '../../../model/state/files.ts'
import type { State } from '../../../model/state.ts'
import { asking as askOf } from '../questions/asking.ts'
import { vet } from '../vetting/vet.ts'
import { fileName, type Refused, refused, type Vetted, vetText } from '../vetting/vetted.ts'
import type { ChangeContext } from './changing.ts'
import { actorIdOf, latestOfOthers, messageFor } from './message.ts'
import { idOfName } from './naming.ts'

/** Commands that say something. A command with more than a text waits for all earlier inputs. */
export type Saying = Extract<Command, { type: 'say' | 'tell' }>

type Asking = Pick<ChangeContext, 'history' | 'state' | 'session'>

export const isAttached = (command: Saying): boolean =>
  command.reply !== undefined ||
  (command.files?.length ?? 0) > 0 ||
  (command.type === 'say' && command.ask !== undefined)

export function attaching(command: Saying, asking: Asking): Vetted | Refused {
  const spec = command.type === 'say' ? command.ask : undefined
  const vetted = vet(command)
  const asked = vetted.ok && spec ? withAsk(vetted, spec, asking) : vetted
  return asked.ok ? attached(asked, command, asking) : asked
}

/** Protocols that show text alone show the choices in it. */
function withAsk(vetted: Vetted, spec: AskSpec, context: Asking): Vetted | Refused {
  const { body, text } = vetted
  if (body.type !== 'say' || text === null) return refused('internal')
  const ask = askOf(spec, { room: body.room, text }, context)
  if ('code' in ask) return ask
  const shown = vetText(textAsked(text, ask.kind, ask.choices))
  return shown.ok ? { ok: true, body: { ...body, ask }, text: shown.value } : shown
}

/** `vetted`: the message without its attachments. */
export function attached(
  vetted: Vetted,
  {
    reply,
    files = [],
  }: { readonly reply?: number | null | undefined; readonly files?: readonly SentFile[] | undefined },
  asking: Asking,
): Vetted | Refused {
  const named = referred(asking.state, files)
  if ('code' in named) return named
  const text = storedText(
    vetted.text ?? '',
    files.map(({ name }) => fileName(name)),
  )
  const body = named.length === 0 ? vetted.body : ({ ...vetted.body, files: named } as Body)
  if (reply === undefined) return { ok: true, body, text }
  const found =
    reply === null ? latestThere(asking, body) : messageFor(asking.history, asking.state, asking.session, reply)
  if ('code' in found) return found
  if (!isThere(asking, body, found)) return refused('reply-elsewhere', `${found.seq}`)
  return { ok: true, body: { ...body, reply: found.seq, ...told(asking, body, found) } as Body, text }
}

function referred(state: State, files: readonly SentFile[]): readonly FileRef[] | Refused {
  const refs: FileRef[] = []
  for (const { id } of files) {
    const stored = state.files.get(id)
    if (!stored || refs.some(one => one.id === id)) return refused('file-unknown', id)
    refs.push(refOf(stored))
  }
  return refs
}

export function refOf({ file: id, kind, size, width, height, thumb }: StoredFile): FileRef {
  const dimensions = width === undefined || height === undefined ? {} : { width, height }
  const small =
    thumb?.width === undefined || thumb.height === undefined
      ? {}
      : { thumb: { width: thumb.width, height: thumb.height } }
  return { id, kind, size, ...dimensions, ...small }
}

/** The latest message by another author, in the place of the answer. */
function latestThere({ history, state, session }: Asking, body: Body): Message | Refused {
  if (body.type === 'say' || body.type === 'post') return latestOfOthers(history, state, session, { room: body.room })
  const id = body.type === 'tell' ? recipientOf(state, body) : undefined
  if (id === undefined) return refused('nothing-to-answer')
  return latestOfOthers(history, state, session, { direct: actorIdOf(state, session), with: id })
}

/** Whether the message is in the place that the answer goes to. */
function isThere({ state }: Pick<ChangeContext, 'state'>, body: Body, { room, author, other }: Message): boolean {
  if (body.type === 'say' || body.type === 'post') return body.room === room
  if (body.type !== 'tell' || room !== null) return false
  const id = recipientOf(state, body)
  return id !== undefined && (author === id || other === id)
}

const recipientOf = (state: State, { to }: Extract<Body, { type: 'tell' }>): MemberId | undefined =>
  to.id ?? idOfName(state, to.text)

/** An answer mentions the author of the answered message. */
function told({ state, session }: Pick<ChangeContext, 'state' | 'session'>, body: Body, { author }: Message): object {
  const isOwn = author === actorIdOf(state, session)
  return body.type === 'tell' || isOwn ? {} : { mentions: [author] }
}
