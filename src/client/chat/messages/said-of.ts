/** A message of the server, live or of the past, as an entry of a timeline. Pure. */
import type { PastMessage } from '../../../codec/native/reply.ts'
import { liveOf } from '../../../codec/native/reply-live.ts'
import type { Reaction } from '../../../model/message/evolve-message.ts'
import { namesOutsideCode } from '../../../model/prose/outside-code.ts'
import { neutralise } from '../../../model/text.ts'
import { isOwn, type View } from '../../session/view.ts'
import { isHiding, type Said } from '../conversation/timeline.ts'
import { namedIn } from '../people/name-index.ts'
import { inRoom } from '../place.ts'

type Past = Omit<PastMessage, 'room'> & { readonly room?: string | null }

type Viewed = { readonly view: View }

/** `asOf`: the input up to which its changes are applied. */
export function saidOf(chat: Viewed, past: Past, asOf: number, replayed = false): Said {
  const { seq, at, from, id: author, to = null, action = false, account, reply, edited, files } = past
  const mine = isOwn(chat.view, past)
  const hidden = isOfIgnored(chat, past)
  const text = past.text === undefined ? null : neutralise(past.text)
  const reactions = reactionsIn(past)
  return {
    ...{ kind: 'said', seq, i: 0, at, from, to, text, action, mine, replayed, asOf: Math.max(seq, asOf) },
    ...(author === undefined ? {} : { author }),
    ...(account ? { account } : {}),
    mention: !mine && !hidden && text !== null && (to !== null || speaksOfMe(chat, past, text)),
    ...(hidden ? { hidden } : {}),
    ...(reply === undefined ? {} : { reply }),
    ...(edited === undefined ? {} : { edited }),
    ...(text === null || past.live === undefined ? {} : { live: liveOf(past.live) }),
    ...(text === null || files === undefined || files.length === 0 ? {} : { files }),
    ...(reactions.length === 0 ? {} : { reactions }),
  }
}

/** A page of the history has no names of the members that reacted. */
export const reactionsIn = ({ reactions = [] }: Pick<PastMessage, 'reactions'>): readonly Reaction[] =>
  reactions.map(({ emoji, ids }) => ({ emoji, people: ids.map(id => ({ id, name: '' })) }))

export const isOfIgnored = ({ view }: Viewed, past: { readonly id?: string; readonly from: string }): boolean =>
  isHiding({ author: past.id ?? '', mine: isOwn(view, past) }, id => view.ignored.has(id))

/** The server says which members a text mentions. An older server doesn't, so the client looks for its name. */
function speaksOfMe({ view }: Viewed, { room, mentions }: Past, text: string): boolean {
  const { name, member, counted } = view
  if (counted || mentions) return mentions?.includes(member) ?? false
  return namesOutsideCode(text, namedIn({ view }, inRoom(room ?? ''))).some(({ who }) => who === name)
}
