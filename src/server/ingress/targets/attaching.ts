/** A message that answers another one, or that has files: what it names has to be there. Throws if the history is damaged. */
import type { Command, SentFile } from '../../../model/command.ts'
import type { Body } from '../../../model/input.ts'
import type { FileRef } from '../../../model/message/file.ts'
import type { Message } from '../../../model/message/message.ts'
import { storedText } from '../../../model/message/stored-text.ts'
import type { StoredFile } from '../../../model/state/files.ts'
import type { State } from '../../../model/state.ts'
import { vet } from '../vetting/vet.ts'
import { fileName, type Refused, refused, type Vetted } from '../vetting/vetted.ts'
import type { ChangeContext } from './changing.ts'
import { actorIdOf, messageFor } from './message.ts'
import { idOfName } from './naming.ts'

/** Commands that say something. */
export type Saying = Extract<Command, { type: 'say' | 'tell' }>

export const isAttached = ({ reply, files }: Saying): boolean => reply !== undefined || (files?.length ?? 0) > 0

export function attaching(
  command: Saying,
  asking: Pick<ChangeContext, 'history' | 'state' | 'session'>,
): Vetted | Refused {
  const vetted = vet(command)
  return vetted.ok ? attached(vetted, command, asking) : vetted
}

/** `vetted`: the message without what is attached to it. */
export function attached(
  vetted: Vetted,
  { reply, files = [] }: { readonly reply?: number | undefined; readonly files?: readonly SentFile[] | undefined },
  asking: Pick<ChangeContext, 'history' | 'state' | 'session'>,
): Vetted | Refused {
  const named = referred(asking.state, files)
  if ('code' in named) return named
  const text = storedText(
    vetted.text ?? '',
    files.map(({ name }) => fileName(name)),
  )
  const body = named.length === 0 ? vetted.body : ({ ...vetted.body, files: named } as Body)
  if (reply === undefined) return { ok: true, body, text }
  const found = messageFor(asking.history, asking.state, asking.session, reply)
  if ('code' in found) return found
  if (!isThere(asking, body, found)) return refused('reply-elsewhere', `${reply}`)
  return { ok: true, body: { ...body, reply, ...told(asking, body, found) } as Body, text }
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

/** Whether the message is where the answer goes. */
function isThere({ state }: Pick<ChangeContext, 'state'>, body: Body, { room, author, other }: Message): boolean {
  if (body.type === 'say' || body.type === 'post') return body.room === room
  if (body.type !== 'tell' || room !== null) return false
  const id = body.to.id ?? idOfName(state, body.to.text)
  return id !== undefined && (author === id || other === id)
}

/** An answer mentions whom it answers. */
function told({ state, session }: Pick<ChangeContext, 'state' | 'session'>, body: Body, { author }: Message): object {
  const isOwn = author === actorIdOf(state, session)
  return body.type === 'tell' || isOwn ? {} : { mentions: [author] }
}
