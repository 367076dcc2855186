/** The reactions to a message by member, one line for each emoji. */
import type { Reaction } from '../model/message/evolve-message.ts'

type Reacted = {
  readonly target: number
  readonly reactions: readonly {
    readonly emoji: Reaction['emoji']
    readonly people: readonly { readonly name: string }[]
  }[]
}

export const reactionLines = ({ target, reactions }: Reacted): readonly string[] =>
  reactions.length === 0
    ? [`Nobody has reacted to message ${target}.`]
    : reactions.map(({ emoji, people }) => `${emoji} ${people.map(({ name }) => name).join(', ')}`)
