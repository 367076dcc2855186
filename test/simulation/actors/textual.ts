/** A person whose protocol is text: the common part of line mode and the original's clients. They cannot resume. */
import type { Subscription } from 'rxjs'
import type { Dialled, Dialling } from '../../../src/port/dialer.ts'
import { type Item, UNMARKED } from '../item.ts'
import { deletionIn, isAboutMessage, keyIn, quotedIn } from '../keys.ts'
import type { Cable } from '../network.ts'
import { Observer } from '../observer.ts'
import { brief, type World } from '../world.ts'
import { Bed } from './bed.ts'
import type { Person, Wish } from './person.ts'

/** The differences of the two protocols. */
export type Tongue = {
  readonly protocol: 'line' | 'classic'
  /** The text that is sent to enter. */
  readonly greeting: (name: string) => string
  /** Null: the protocol has no command for it. */
  readonly phrase: (wish: Wish) => string | null
  readonly farewell: string | null
  /** Splits `rest` and `more` into complete pieces, and the rest. */
  readonly split: (rest: string, more: string) => { readonly whole: readonly string[]; readonly rest: string }
  /** The names in the lobby after this was read; null: unknown. */
  readonly list: (names: readonly string[] | null, text: string) => readonly string[] | null
  readonly isWelcome: (text: string) => boolean
  /** History, which is no news. */
  readonly isPast: (text: string) => boolean
  readonly misses: (item: Item) => boolean
  /** Whether the server writes each message apart. */
  readonly isPaced: boolean
}

/** What has sentences of its own here, or none. */
const UNREAD: ReadonlySet<Item['kind']> = new Set(['reacted', 'pinned', 'question', 'finished'])

/** Longer than the time between any two of those writes. */
const PACED_MS = 300

export class Textual implements Person {
  readonly id: string
  readonly #world: World
  readonly #tongue: Tongue
  readonly #bed: Bed
  #sittings = 0
  #wire: Dialling | null = null
  #reading: Subscription | null = null
  #cable: Cable | null = null
  #observer: Observer | null = null
  #rest = ''
  #hello = ''
  /** Its name, as far as it has read. */
  #own = ''
  #heardAt = 0
  #list: readonly string[] | null = null

  constructor(id: string, world: World, tongue: Tongue) {
    this.id = id
    this.#world = world
    this.#tongue = tongue
    this.#bed = new Bed(world.clock)
  }

  get cable(): Cable | null {
    return this.#cable
  }

  get isGone(): boolean {
    return this.#wire === null
  }

  get isSettled(): boolean {
    return this.#observer !== null && !this.#bed.asleep && this.#isQuiet
  }

  /** Paced writes may still be on their way as long as something comes. */
  get #isQuiet(): boolean {
    const { clock, foldedAt } = this.#world
    return !this.#tongue.isPaced || clock.elapsed() - Math.max(foldedAt, this.#heardAt) > PACED_MS
  }

  /** It greets with names of its own, so that the journal shows which member it became. */
  get name(): string {
    return this.#world.truth.presence.get(this.#observer?.watcher.member ?? '')?.name.text ?? ''
  }

  readonly member = ''
  readonly session = ''

  get rooms(): readonly string[] {
    return ['lobby']
  }

  enter(): void {
    if (this.#wire) return
    const sitting = `${this.id}v${++this.#sittings}`
    const { protocol, greeting } = this.#tongue
    this.#hello = sitting
    this.#rest = ''
    this.#list = null
    this.#world.story.tell(`${sitting} comes, in ${protocol}`)
    const hold = (cable: Cable): void => {
      this.#cable = cable
    }
    const wire = this.#world.dial(sitting, hold, this.#tongue.isPaced)
    this.#wire = wire
    this.#reading = wire.signals$.subscribe(what =>
      this.#bed.whenAwake(() => {
        if (this.#wire === wire) this.#hear(what)
      }),
    )
    wire.write(greeting(sitting))
  }

  ask(wish: Wish): void {
    const phrase = this.#tongue.phrase(wish)
    if (phrase === null || !this.#observer || this.#bed.asleep) return
    this.#world.story.tell(`${this.id} writes: ${brief(phrase.trim())}`)
    this.#wire?.write(phrase)
  }

  leave(): void {
    const { farewell } = this.#tongue
    if (!this.#observer || this.#bed.asleep) return
    if (farewell === null) this.#over()
    else this.#wire?.write(farewell)
  }

  sleep(): void {
    this.#bed.sleep()
    this.#cable?.stall()
  }

  wake(): void {
    this.#cable?.resume()
    this.#bed.wake()
  }

  close(): void {
    this.#over()
  }

  compare(): void {
    const { story, following: running } = this.#world
    this.#observer?.complete()
    const room = running?.state().rooms.get('lobby')
    if (!this.#list?.includes(this.name)) return
    const [mine, theirs] = [[...this.#list].sort().join(), [...(room?.members.keys() ?? [])].sort().join()]
    story.check(
      'what a client has folded is the room',
      mine === theirs,
      () => `${this.id} has ${mine} in the lobby, and it is ${theirs}`,
    )
  }

  #hear(what: Dialled): void {
    if (what.type === 'closed' || what.type === 'failed') {
      this.#world.story.tell(`${this.id} is cut off`)
      return this.#over()
    }
    if (what.type !== 'bytes') return
    this.#heardAt = this.#world.clock.elapsed()
    const { whole, rest } = this.#tongue.split(this.#rest, Buffer.from(what.bytes).toString('utf8'))
    this.#rest = rest
    for (const text of whole) this.#read(text)
  }

  #read(text: string): void {
    if (this.#tongue.isPast(text)) return
    if (!this.#observer && this.#tongue.isWelcome(text)) this.#entered()
    this.#follow(this.#tongue.list(this.#list, text))
    const key = keyIn(text) ?? deletionIn(text)
    if (key === null || isAboutMessage(text)) return
    this.#world.story.tell(`${this.id} reads ${brief(text)}`)
    this.#observer?.see(key, null)
    for (const quoted of quotedIn(text)) this.#checkQuoted(quoted, key)
  }

  /** A text that was erased before the answer was said isn't quoted in it. */
  #checkQuoted(quoted: string, key: string): void {
    const { truth, story } = this.#world
    const said = truth.itemsOf(key)[0]?.seq ?? 0
    story.count('quotations')
    story.check('an erased text is in no quotation', truth.living.goneAt(quoted) > said, () => `${quoted} in ${key}`)
  }

  /** A client that has left the lobby gets nothing more of it. */
  #follow(list: readonly string[] | null): void {
    const before = this.#list
    this.#list = list
    if (before === null) this.#own = this.name
    if (!before?.includes(this.#own) || !list || list.includes(this.#own)) return
    const renamed = list.find(name => !before.includes(name))
    if (renamed === undefined) this.#list = null
    else this.#own = renamed
  }

  #entered(): void {
    const { truth, story } = this.#world
    const person = truth.presence.comeAs(this.#hello)
    story.check('what is shown is committed', person !== undefined, () => `${this.#hello} is welcome`)
    if (!person) return
    const { member, since } = person
    const isOwn = ({ kind, author, released }: Item): boolean => kind !== 'deleted' && author === member && !released
    const isUnread = ({ kind }: Item): boolean => UNREAD.has(kind)
    const isUnmarked = ({ key }: Item): boolean => key.startsWith(UNMARKED)
    const misses = (item: Item): boolean =>
      isOwn(item) || isUnmarked(item) || isUnread(item) || this.#tongue.misses(item)
    this.#observer = new Observer({ who: this.#hello, member, from: since, misses }, truth, story)
  }

  #over(): void {
    this.#wire?.destroy()
    this.#reading?.unsubscribe()
    this.#wire = null
    this.#reading = null
    this.#cable = null
    this.#observer = null
  }
}
