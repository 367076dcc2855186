/**
 * The fates of messages, from the events in their order and apart from the code that is tried: the text of each, its
 * reactions, and the texts that have to be erased by then.
 */
import type { Event, EventOf } from '../../src/model/event.ts'
import type { Entry, MemberId } from '../../src/model/input.ts'
import { REACTION_KINDS_MAX, REACTIONS_MAX } from '../../src/model/limits.ts'
import type { Message } from '../../src/model/message/message.ts'
import { keyIn } from './keys.ts'
import type { Story } from './story.ts'

type Fate = {
  /** The input of its text now; null: deleted. */
  place: number | null
  /** The mark of this text, and all that it has had. */
  key: string
  readonly keys: Set<string>
  /** The members that have reacted, by emoji, in the order of both. */
  readonly reactions: Map<string, Set<MemberId>>
}

export class Living {
  readonly #story: Story
  readonly #isErased: (seq: number) => boolean
  readonly #fates = new Map<number, Fate>()
  /** The inputs whose texts edits have replaced, each with the input that showed the edit. */
  readonly replaced: (readonly [shown: number, place: number])[] = []
  readonly #deleted = new Set<number>()
  readonly #goneAt = new Map<string, number>()
  /** Marks of the texts beside edits. */
  readonly #edits = new Map<number, string>()

  constructor(story: Story, isErased: (seq: number) => boolean) {
    this.#story = story
    this.#isErased = isErased
  }

  /** The mark of an edit's text. */
  editKey = (edit: number): string => this.#edits.get(edit) ?? ''

  /** Whether the message has, or had, a text with this mark. */
  hasSaid = (seq: number, key: string): boolean => this.#fates.get(seq)?.keys.has(key) ?? false

  /** The latest ones. */
  get latest(): readonly number[] {
    return [...this.#fates.keys()].slice(-8)
  }

  /** Texts of deleted messages that are not erased. In the end there are none. */
  get left(): readonly number[] {
    return [...this.#deleted].filter(place => !this.#isErased(place))
  }

  /** Whether its text is gone. */
  isGone = (seq: number): boolean => this.#fates.get(seq)?.place === null

  /** Whether it's deleted, or about to be: its texts are erased. */
  isGoing = (seq: number): boolean => {
    const place = this.#fates.get(seq)?.place ?? null
    return place === null || this.#isErased(place)
  }

  /** When a text with this mark was replaced or deleted, as far as it was. */
  goneAt = (key: string): number => this.#goneAt.get(key) ?? Number.POSITIVE_INFINITY

  note(event: Event, { seq, texts }: Entry): void {
    switch (event.type) {
      case 'said':
      case 'told': {
        const key = keyIn(texts.text ?? '') ?? ''
        this.#fates.set(seq, { place: seq, key, keys: new Set([key]), reactions: new Map() })
        return
      }
      case 'editing':
        this.#edits.set(seq, keyIn(texts.text ?? '') ?? '')
        return
      case 'edited':
        return this.#edit(event, seq)
      case 'deleted':
        return this.#delete(event, seq)
      case 'reacted':
        return this.#react(event)
      default:
        return
    }
  }

  #edit({ target, edit }: EventOf<'edited'>, shown: number): void {
    this.#story.count('edits')
    const fate = this.#fates.get(target)
    if (!fate || fate.place === null) return
    const { place } = fate
    this.#story.check('the text before is erased before an edit is shown', this.#isErased(place), () => `${place}`)
    this.replaced.push([shown, place])
    this.#goneAt.set(fate.key, shown)
    fate.place = edit
    fate.key = this.editKey(edit)
    fate.keys.add(fate.key)
  }

  #delete({ target }: EventOf<'deleted'>, seq: number): void {
    const fate = this.#fates.get(target)
    const place = fate?.place ?? null
    if (!fate || place === null) return
    fate.place = null
    this.#goneAt.set(fate.key, seq)
    // At once, or soon after, if an edit was shown while the deletion was under way.
    this.#deleted.add(place)
    fate.reactions.clear()
  }

  #react({ target, emoji, off, member }: EventOf<'reacted'>): void {
    this.#story.count('reactions')
    const fate = this.#fates.get(target)
    if (!fate || fate.place === null) return
    const all = fate.reactions.get(emoji)
    if (off) {
      all?.delete(member)
      if (all?.size === 0) fate.reactions.delete(emoji)
      return
    }
    const count = [...fate.reactions.values()].reduce((sum, { size }) => sum + size, 0)
    if (all?.has(member) || (!all && fate.reactions.size >= REACTION_KINDS_MAX) || count >= REACTIONS_MAX) return
    fate.reactions.set(emoji, new Set([...(all ?? []), member]))
  }

  /** Compares with a message in the history of a server that has heard all. A forgotten one isn't compared. */
  compare(found: Message): void {
    const fate = this.#fates.get(found.seq)
    if (!fate) return
    this.#story.count('messages compared')
    const mine = reactionsOf([...fate.reactions].map(([emoji, ids]) => [emoji, [...ids]]))
    const theirs = reactionsOf((found.reactions ?? []).map(({ emoji, people }) => [emoji, people.map(({ id }) => id)]))
    this.#story.check('reactions count once', mine === theirs, () => `${found.seq} has ${theirs}, and it is ${mine}`)
    if (found.text === null) return
    const key = keyIn(found.text) ?? ''
    this.#story.check(
      'a message has its latest text',
      key === fate.key,
      () => `${found.seq} says ${key}, not ${fate.key}`,
    )
  }
}

const reactionsOf = (all: readonly (readonly [string, readonly MemberId[]])[]): string =>
  all
    .map(([emoji, ids]) => `${emoji} ${[...ids].sort().join()}`)
    .sort()
    .join('; ')
