import { latestOf } from '../../client/chat/conversation/conversation.ts'
import { indexOf, type Said } from '../../client/chat/conversation/timeline.ts'
import type { Chat } from '../../client/chat/state.ts'

/** The message to notify about. A message that rang the bell is the last of its place. */
export function latestMention({ conversations }: Pick<Chat, 'conversations'>): Said | null {
  const last = conversations.valueSeq().map(at => latestOf(at).entries.last())
  const said = last.filter((entry): entry is Said => entry?.kind === 'said' && entry.mention)
  return said.maxBy(({ seq }) => seq) ?? null
}

export const isDeleted = ({ conversations }: Pick<Chat, 'conversations'>, seq: number): boolean =>
  conversations.some(at => {
    const { entries } = latestOf(at)
    const entry = entries.get(indexOf({ entries }, { seq, i: 0 }))
    return entry?.kind === 'said' && entry.seq === seq && entry.text === null
  })
