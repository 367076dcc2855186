/** Which message a notice shows. */
import type { Chat } from '../../client/chat-state.ts'
import type { Said } from '../../client/timeline.ts'

/** What rang the bell is the last of its place. */
export function latestMention({ conversations }: Pick<Chat, 'conversations'>): Said | null {
  const last = conversations.valueSeq().map(({ timeline }) => timeline.entries.last())
  const said = last.filter((entry): entry is Said => entry?.kind === 'said' && entry.mention)
  return said.maxBy(({ seq }) => seq) ?? null
}
