/** The reactions to a message as they're drawn: with own ones that are still on their way. Pure. */
import type { Reactor } from '../../../model/message/evolve-message.ts'
import type { Said } from '../conversation/timeline.ts'
import type { Chat } from '../state.ts'

export type Chip = {
  readonly emoji: string
  readonly count: number
  readonly mine: boolean
  /** In the order in which they reacted. A name that isn't known is empty (`ChatStore.reactors`). */
  readonly people: readonly Reactor[]
}

type Seen = Pick<Chat, 'pending'> & { readonly view: Pick<Chat['view'], 'member' | 'name'> }

export function reactionsOf({ pending, view }: Seen, said: Pick<Said, 'seq' | 'reactions' | 'text'>): readonly Chip[] {
  let all = said.reactions ?? []
  const me = { id: view.member, name: view.name }
  for (const { asked } of said.text === null ? [] : pending) {
    if (asked.type !== 'react' || asked.seq !== said.seq) continue
    const { emoji, off = false } = asked
    const known = all.find(one => one.emoji === emoji)
    const others = known?.people.filter(({ id }) => id !== me.id) ?? []
    const isHere = known !== undefined && others.length < known.people.length
    if (isHere !== off) continue
    const people = off ? others : [...others, me]
    all = known
      ? all.flatMap(one => (one !== known ? one : people.length === 0 ? [] : { emoji, people }))
      : [...all, { emoji, people }]
  }
  return all.map(({ emoji, people }) => ({
    ...{ emoji, people, count: people.length },
    mine: people.some(({ id }) => id === me.id),
  }))
}
