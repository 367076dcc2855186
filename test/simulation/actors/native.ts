/** A person at a native client: the real connection actor and the real view, over a cable of the simulation. */
import { Observable } from 'rxjs'
import { type Client, connect } from '../../../src/client/session/connection.ts'
import type { Incoming } from '../../../src/client/session/incoming.ts'
import type { Asked } from '../../../src/client/session/outbox/outbox.ts'
import type { Remembered } from '../../../src/client/session/state.ts'
import type { AskOutcome, Status } from '../../../src/client/session/status.ts'
import { emptyView, evolveView, type View } from '../../../src/client/session/view.ts'
import type { Reply, ReplyOf } from '../../../src/codec/native/reply.ts'
import type { Place } from '../../../src/model/state/reads.ts'
import type { Clock } from '../../../src/port/clock.ts'
import type { Dialled, Dialling } from '../../../src/port/dialer.ts'
import { signInWith } from '../accounts.ts'
import { finishedKey, keyIn, pinnedKey } from '../keys.ts'
import type { Cable } from '../network.ts'
import { Observer } from '../observer.ts'
import { random } from '../random.ts'
import { brief, type World } from '../world.ts'
import { Bed } from './bed.ts'
import { asked } from './native-words.ts'
import type { Entry, LiveCommand, Person, Wish } from './person.ts'
import { roomText } from './room-text.ts'

/** What a program sends by. Its machine sleeps with the person. */
export type ProgramClient = Pick<Client, 'ask' | 'outcome$' | 'status$'> & { readonly clock: Clock }

export class Native implements Person {
  readonly id: string
  readonly #world: World
  readonly #bed: Bed
  #sittings = 0
  #dials = 0
  #client: Client | null = null
  #cable: Cable | null = null
  #view: View = emptyView
  #observer: Observer | null = null
  /** The last input of the latest gap. */
  #gapTo = 0
  /** Whether it has had no welcome since it was loaded. */
  #isBlank = false
  /** Whether it began a new session after an earlier one: unanswered commands then have an unknown outcome. */
  #isAnew = false
  #isLeaving = false
  /** Commands without an outcome yet, by the client's own id. */
  #asked = new Map<number, Wish>()
  /** It has asked to be another member, and has had no welcome since the answer. */
  #changesMember = false
  /** The latest input about questions that it was shown. */
  #question = 0
  /** The turns that it has been told of, by cursor. */
  readonly turns = new Map<string, { readonly turn: number; readonly place: number }>()
  /** How it came. */
  #by: Entry = {}

  constructor(id: string, world: World) {
    this.id = id
    this.#world = world
    this.#bed = new Bed(world.clock)
  }

  get cable(): Cable | null {
    return this.#cable
  }

  get isGone(): boolean {
    return this.#client === null
  }

  get isSettled(): boolean {
    const isAwake = this.#status?.state === 'online' && !this.#bed.asleep
    return isAwake && this.#client?.waiting$.value === 0 && this.#hasCaughtUp
  }

  get #hasCaughtUp(): boolean {
    return (this.#client?.remember()?.cursor ?? 0) >= this.#gapTo
  }

  get name(): string {
    return this.#status?.state === 'online' ? this.#status.name : ''
  }

  get rooms(): readonly string[] {
    return [...this.#view.rooms.keys()].sort()
  }

  get #status(): Status | undefined {
    return this.#client?.status$.value
  }

  get session(): string {
    return this.#client ? this.#view.session : ''
  }

  get member(): string {
    return this.#client ? this.#view.member : ''
  }

  enter(name: string, room: string, by: Entry = {}): void {
    if (this.#client) return
    this.#asked = new Map()
    this.#observer = null
    this.#isAnew = false
    this.#isLeaving = false
    this.#by = by
    this.#sit(name, room)
  }

  /** Like a page that is reloaded: it has kept its unanswered commands, and nothing that it was shown. */
  reload(): void {
    const known = this.#client?.remember()
    if (!this.#client || !known || this.#isLeaving) return
    this.#world.story.tell(`${this.id} loads its page anew`)
    this.#client.close()
    this.#sit(known.name, 'lobby', { ...known, epoch: '', cursor: 0 })
  }

  #sit(name: string, room: string, goingOn?: Remembered): void {
    const sitting = `${this.id}.${++this.#sittings}`
    const chance = random(`${this.#world.seed} client ${sitting}`)
    const catchUp = chance.chance(0.8)
    this.#world.story.tell(`${sitting} comes as ${name}, to ${room}${catchUp ? '' : ', and wants no past'}`)
    const ports = {
      dial: () => this.#dial(),
      probe: () => this.#reach(() => {}),
      clock: this.#bed.clock(),
      random: () => chance.next(),
      secret: () => `secret of ${sitting}`.padEnd(40, '-'),
      prove: (challenge: ReplyOf<'challenge'>, as: string) => this.#prove(challenge, as),
    }
    const { secret, invite = null } = this.#by
    const account = secret ? signInWith(secret) : null
    const client = connect(ports, { name, room, reconnect: true, catchUp, account, invite }, goingOn)
    this.#client = client
    this.#view = emptyView
    this.#gapTo = 0
    this.#isBlank = true
    client.incoming$.subscribe(spoken => this.#hear(spoken))
    client.outcome$.subscribe(outcome => this.#learn(outcome))
    client.status$.subscribe(status => this.#stand(status))
  }

  ask(wish: Wish): void {
    if (this.#client) this.#put(this.#client, wish)
  }

  /** The client as a program has it that this person runs: what that asks is checked like all else. Null: there is none. */
  programClient(): ProgramClient | null {
    const client = this.#client
    if (!client) return null
    const ask = (command: Asked): number => this.#put(client, { type: 'live', command: command as LiveCommand })
    return { ask, outcome$: client.outcome$, status$: client.status$, clock: this.#bed.clock() }
  }

  #put(client: Client, wish: Wish): number {
    this.#world.story.tell(`${this.id} asks: ${brief(JSON.stringify(wish))}`)
    if (wish.type === 'login') {
      this.#changesMember = true
      this.#by = { secret: wish.secret }
    }
    if (wish.type === 'tell' && wish.id !== undefined) this.#world.truth.meant(keyIn(wish.text) ?? '', wish.id)
    const id = client.ask(asked(wish))
    this.#asked.set(id, wish)
    return id
  }

  leave(): void {
    this.#isLeaving = this.#client !== null
    this.#client?.leave()
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
    this.#client?.close()
    this.#client = null
  }

  compare(): void {
    const { story, following: running, isOneClock } = this.#world
    this.#observer?.complete()
    const listed = (room: string) => (isOneClock ? undefined : this.#view.rooms.get(room))
    const member = running?.state().members.get(this.#observer?.watcher.member ?? '')
    const theirs = [...(member?.rooms ?? [])]
      .sort()
      .map(room => roomText(running?.state().rooms.get(room), listed(room)))
    const mine = [...this.#view.rooms.keys()].sort().map(room => roomText(this.#view.rooms.get(room)))
    story.check(
      'what a client has folded is the room',
      theirs.join('\n') === mine.join('\n'),
      () => `${this.id} has ${mine.join()}, and it is ${theirs.join()}`,
    )
    const name = member?.name.text
    story.check('a client knows its name', name === this.name, () => `${this.id} is ${name} and thinks ${this.name}`)
  }

  #dial(): Dialling {
    this.#cable = null
    return this.#reach(cable => {
      this.#cable = cable
    })
  }

  #reach(reached: (cable: Cable) => void): Dialling {
    const id = `${this.id}#${++this.#dials}`
    const dialling = this.#world.dial(id, reached)
    return {
      ...dialling,
      signals$: new Observable<Dialled>(signals => {
        let open = true
        const wire = dialling.signals$.subscribe(what => this.#bed.whenAwake(() => open && signals.next(what)))
        return () => {
          open = false
          wire.unsubscribe()
        }
      }),
    }
  }

  #stand(status: Status): void {
    const { story } = this.#world
    if (status.state === 'waiting') story.tell(`${this.id} is cut off: ${status.why}`)
    if (status.state !== 'ended') return
    const { end } = status
    story.tell(`${this.id} is through: ${end.by === 'server' ? end.code : end.by}`)
    this.#client = null
    this.#cable = null
    this.#observer = null
  }

  #hear({ reply, replayed }: Incoming): void {
    if (reply.type !== 'gap') this.#view = evolveView(this.#view, reply)
    switch (reply.type) {
      case 'welcome':
        return this.#welcome(reply)
      case 'said':
      case 'told':
        this.#world.story.tell(`${this.id} hears ${reply.seq} ${brief(reply.text)}${replayed ? ' (replayed)' : ''}`)
        // A node that was behind may get it when its text is forgotten already.
        return this.#observer?.see(
          keyIn(reply.text) ??
            this.#world.truth.unmarkedAt(reply.seq) ??
            this.#world.truth.forgottenAt(reply.seq) ??
            reply.text,
          reply.seq,
        )
      case 'room':
        return this.#count({ room: reply.room }, reply)
      case 'read':
        return this.#count(reply.room === undefined ? { with: reply.id ?? '' } : { room: reply.room }, {
          ...reply,
          read: reply.target,
        })
      case 'conversations':
        for (const one of reply.conversations) this.#count({ with: one.id }, { seq: reply.seq, ...one })
        return
      case 'deleted':
        return this.#observer?.see(`deleted ${reply.target}`, reply.seq)
      case 'edited':
        // Without its text, the client asks for the message.
        return this.#observer?.see(keyIn(reply.text ?? '') ?? this.#world.truth.keyAt(reply.seq), reply.seq)
      case 'reacted':
        return this.#observer?.see(`reacted ${reply.seq}`, reply.seq)
      case 'pinned':
        if (this.#world.truth.keyAt(reply.seq) !== pinnedKey(reply.seq)) return
        return this.#observer?.see(pinnedKey(reply.seq), reply.seq)
      case 'answered':
      case 'concluded':
      case 'hands':
        return this.#seeQuestion(reply.seq)
      case 'cursor':
        if (reply.is !== 'holding') return void this.turns.delete(reply.cursor)
        this.turns.set(reply.cursor, reply)
        return this.#world.truth.cursors.heard(this.#view.session, reply.turn, reply.place)
      case 'growing':
        return this.#world.truth.outputs.growing(this.#view.member, reply)
      case 'finished':
        this.#world.truth.outputs.finished(reply)
        if (this.#world.truth.keyAt(reply.seq) !== finishedKey(reply.seq)) return
        return this.#observer?.see(finishedKey(reply.seq), reply.seq)
      case 'held':
        return this.#world.truth.order.shownHeld(reply.seq, this.#view.member)
      case 'rejected':
        return this.#refused(reply)
      case 'gap':
        this.#world.story.tell(`${this.id} is told that ${reply.missed} are missing after ${reply.after}`)
        this.#world.story.count('gaps stated')
        return this.#observer?.stated(reply.room ?? null, reply.after, reply.seq, reply.missed)
      default:
        return
    }
  }

  /** An input may have several such events, and is seen once. */
  #seeQuestion(seq: number): void {
    const key = this.#world.truth.questionAt(seq)
    if (key === null || seq === this.#question) return
    this.#question = seq
    this.#observer?.see(key, seq)
  }

  #welcome({
    session,
    id: member = session,
    name,
    seq,
    resumed,
    gap,
    returned,
  }: Extract<Reply, { type: 'welcome' }>): void {
    const { story, truth } = this.#world
    story.tell(
      `${this.id} is in as ${name}, ${session} at ${seq}${resumed ? `, resumed${gap ? ' with a gap' : ''}` : ''}`,
    )
    if (resumed) story.count(gap ? 'resumed with a gap' : 'resumed')
    if (!resumed || this.#observer?.watcher.member !== member) {
      this.#isAnew = this.#observer !== null
      const before = truth.presence.get(this.#observer?.watcher.member ?? '')
      const isRight = !before || this.#changesMember || truth.presence.mayBeForgotten(before.member)
      this.#changesMember = [...this.#asked.values()].some(({ type }) => type === 'login')
      story.check('a session that was lost goes on', isRight, () => `${this.id} is anew, and had ${before?.left}`)
      if (before?.left === 'lost') story.count('forgotten')
      const watcher = { who: this.id, member, from: resumed ? 0 : seq, misses: () => false }
      this.#observer = new Observer(watcher, truth, story)
    }
    if (returned) story.count('returned late')
    const isBlank = this.#isBlank
    this.#isBlank = false
    if (!resumed || !gap) return
    this.#gapTo = seq
    this.#observer.gap(seq)
    // A session without a cursor cannot count missed messages.
    if (isBlank) this.#observer.excuse()
  }

  /** All its commands have numbers. Another server may be refused for its session, which is no business of the client. */
  #refused({ n, code }: ReplyOf<'rejected'>): void {
    const { story } = this.#world
    const isAsked = n !== null || this.#status?.state !== 'online' || this.#changesMember
    story.check('a client is refused only what it asked', isAsked, () => `${this.id} is refused, ${code}`)
  }

  /** The server's unread count must be that of a recount of the history. */
  #count(place: Place, said: { readonly seq: number; readonly read?: number; readonly unread?: number }): void {
    const { truth, story } = this.#world
    const { seq, read, unread } = said
    if (read === undefined || unread === undefined) return
    const [least, most] = truth.unread(this.#view.member, place, read, seq)
    story.count('unread counted')
    story.check(
      'what is unread is counted right',
      least <= unread && unread <= most,
      () => `${this.id} is told of ${unread} after ${read} up to ${seq}, and they are ${least} to ${most}`,
    )
  }

  #learnOutput(command: LiveCommand, reply: Reply): void {
    const { outputs } = this.#world.truth
    if (reply.type === 'output') return outputs.read(this.#view.member, reply)
    if (command.type !== 'grow') return
    outputs.acknowledged(command.seq, command.offset + Buffer.from(command.data, 'base64').length)
  }

  async #prove(challenge: ReplyOf<'challenge'>, name: string): Promise<object> {
    const { secret } = this.#by
    if (secret?.kind !== 'key') throw new Error('There is no key.')
    return this.#world.accounts.prove(secret, name, challenge)
  }

  /** A secret that signs in from now on, or one that is spent. */
  #learnSecret(wish: Wish | undefined): void {
    if (wish?.type !== 'register' && wish?.type !== 'add') return
    this.#world.accounts.learn(this.#view.member, this.name, wish.secret)
    if (wish.type === 'register') this.#by = { secret: wish.secret }
  }

  /** The outcome that the client reports must be true. */
  #learn(outcome: AskOutcome): void {
    const { story, truth, storage } = this.#world
    const wish = this.#asked.get(outcome.id)
    this.#asked.delete(outcome.id)
    story.tell(
      `${this.id} learns: ${wish?.type} is ${outcome.is}${outcome.is === 'refused' ? `, ${outcome.code}` : ''}`,
    )
    story.count(`outcome: ${outcome.is}`)
    if (!wish) return story.check('a command has one outcome', false, () => `${this.id} had ${outcome.id} before`)
    const key = keyIn(textOf(wish))
    story.check(
      'an outcome is known',
      outcome.is !== 'unknown' || this.#isAnew || [wish, ...this.#asked.values()].some(endsSession),
      () => `${this.id} does not know of ${wish.type}`,
    )
    if (outcome.is === 'refused' && key !== null) truth.refused(key)
    if (outcome.is !== 'done') return
    this.#learnSecret(wish)
    if (wish.type === 'live') this.#learnOutput(wish.command, outcome.reply)
    const isThere =
      key === null ||
      truth.itemsOf(key).some(({ seq }) => seq === outcome.seq) ||
      (outcome.seq !== null && truth.order.isHeld(outcome.seq))
    story.check('what is acknowledged is stored', isThere, () => `${key} is acknowledged as ${outcome.seq}`)
    if (wish.type !== 'delete' || wish.seq === null) return
    const text = storage.textOf(wish.seq)
    story.check('what was deleted is off the disk', text === null, () => `${wish.seq} still says ${text}`)
  }
}

/** With these a session ends, and its numbers with it: answers that were lost aren't given again, nor those of commands before. */
const endsSession = ({ type }: Wish): boolean => type === 'login' || type === 'logout' || type === 'revoke'

/** The text with which a wish is known by its mark. */
function textOf(wish: Wish): string {
  if (wish.type !== 'live') return 'text' in wish ? wish.text : ''
  return wish.command.type === 'say' ? wish.command.text : ''
}
