/**
 * The output of each live message: from the inputs and what they led to, apart from the code that is tried, and compared with
 * what the programs wrote (docs/spec.md, LV).
 */
import type { Event, EventOf } from '../../src/model/event.ts'
import type { Entry, Input, MemberId, SessionId } from '../../src/model/input.ts'
import { LIVE_MAX_BYTES, LIVES_MAX, LIVES_PER_MEMBER, LIVES_PER_ROOM } from '../../src/model/limits.ts'
import type { LiveEnd } from '../../src/model/message/live.ts'
import type { State } from '../../src/model/state.ts'
import type { Step } from '../../src/model/step.ts'
import type { History } from '../../src/port/history.ts'
import { memberOf } from '../../src/reducer/rules/lookup.ts'
import { sanctionsOn } from '../helpers/sanctioned.ts'
import { keyIn } from './keys.ts'
import type { Presence } from './presence.ts'
import type { Story } from './story.ts'

/** A place of a text: the input beside which it is. */
type Piece = { readonly place: number; readonly begin: number; readonly size: number }

export type Output = {
  readonly seq: number
  readonly room: string
  readonly author: MemberId
  readonly session: SessionId
  bytes: Buffer
  readonly pieces: Piece[]
  /** Its last lines. */
  tail: number | null
  end: LiveEnd | null
  isDeleted: boolean
}

/** What a program wrote. `isText`: lines of printable characters. */
export type Written = { readonly bytes: () => Buffer; readonly isText: boolean }

export class Outputs {
  readonly #story: Story
  readonly #presence: Presence
  readonly #isErased: (seq: number) => boolean
  readonly #known = new Map<number, Output>()
  /** By the mark in the title. */
  readonly #written = new Map<string, Written>()
  readonly #byTitle = new Map<number, Written>()
  /** Inputs whose texts nobody needs any more. In the end they are erased. */
  readonly #unneeded = new Set<number>()
  /** The same of deletions that knew of them, each with the input that deleted its message. */
  readonly erased: (readonly [deleted: number, place: number])[] = []

  constructor(story: Story, presence: Presence, isErased: (seq: number) => boolean) {
    this.#story = story
    this.#presence = presence
    this.#isErased = isErased
  }

  /** Texts of pieces that should be erased and are not. In the end there are none. */
  get left(): readonly number[] {
    return [...this.#unneeded].filter(place => !this.#isErased(place))
  }

  /** Every place whose text has to be off each disk in the end. */
  get unneeded(): readonly number[] {
    return [...this.#unneeded]
  }

  /** The latest ones. */
  get latest(): readonly Output[] {
    return [...this.#known.values()].slice(-5)
  }

  get(seq: number): Output | undefined {
    return this.#known.get(seq)
  }

  /** A program is going to send this under a title with that mark. */
  writes(mark: string, written: Written): void {
    this.#written.set(mark, written)
  }

  /** Within a step, before the next one. */
  note({ seq, events, before, after }: Step, { input, texts }: Entry): void {
    for (const { event } of events) this.#hear(event, seq, input, texts.text ?? '', before, after)
    if (texts.text !== undefined && isFutile(input, events)) this.#unneeded.add(seq)
    this.#checkOpen(after)
  }

  #hear(event: Event, seq: number, input: Input, text: string, before: State, after: State): void {
    switch (event.type) {
      case 'said':
        return this.#begin(event, seq, text)
      case 'grew':
        return this.#grow(event, input, text, before)
      case 'finished':
        return this.#end(event, seq, input, text, after)
      case 'deleted':
        return this.#delete(event, seq, input)
      default:
        return
    }
  }

  #begin({ live, session, room, author }: EventOf<'said'>, seq: number, title: string): void {
    if (!live || session === undefined) return
    this.#story.count('outputs begun')
    const written = this.#written.get(keyIn(title) ?? '')
    if (written) this.#byTitle.set(seq, written)
    const begun = { seq, room, author, session, bytes: Buffer.of(), pieces: [], tail: null, end: null }
    this.#known.set(seq, { ...begun, isDeleted: false })
    const open = [...this.#known.values()].filter(isOpen)
    const [own, near] = [open.filter(one => one.author === author), open.filter(one => one.room === room)]
    const isBounded = own.length <= LIVES_PER_MEMBER && near.length <= LIVES_PER_ROOM && open.length <= LIVES_MAX
    this.#story.check('live messages are bounded', isBounded, () => `${own.length}, ${near.length}, ${open.length}`)
  }

  #grow({ target, piece }: EventOf<'grew'>, input: Input, text: string, before: State): void {
    const output = this.#known.get(target)
    if (!output) return
    const { bytes: had, author } = output
    const bytes = Buffer.from(text, 'base64')
    this.#story.count('pieces')
    this.#story.check('an output that is over grows no more', isOpen(output), () => `${target}, by ${input.id}`)
    const by = memberOf(before, input)?.id ?? input.session
    this.#story.check('an output grows by its author', by === author, () => `${target} of ${author} by ${by}`)
    const isNext = piece.offset === had.length && piece.size === bytes.length
    this.#story.check('a piece goes on where the output ended', isNext, () => `${piece.offset}, not ${had.length}`)
    output.bytes = Buffer.concat([had, bytes])
    if (piece.size > 0) output.pieces.push({ place: piece.seq, begin: piece.offset, size: piece.size })
    const { length } = output.bytes
    this.#story.check('an output is bounded', length <= LIVE_MAX_BYTES, () => `${target} has ${length} bytes`)
    const written = this.#byTitle.get(target)?.bytes()
    if (written) this.#checkWritten(output, written)
  }

  #checkWritten({ seq, bytes }: Output, written: Buffer): void {
    const isRight = written.subarray(0, bytes.length).equals(bytes)
    this.#story.check('an output is what was written, to the byte', isRight, () => `${seq}, ${bytes.length} bytes`)
  }

  #end(event: EventOf<'finished'>, seq: number, input: Input, text: string, after: State): void {
    const output = this.#known.get(event.target)
    if (!output) return
    const { size, total, status, ms, interrupted, target, tail } = event
    this.#story.check('an output ends once', isOpen(output), () => `${target}, by ${input.id}`)
    const { length } = output.bytes
    this.#story.check('an end says the size', size === length, () => `${target}: ${size}, not ${length}`)
    output.end = { size, status, ms, ...(total !== undefined && { total }), ...(interrupted && { interrupted }) }
    if (tail) {
      output.tail = seq
      this.#checkTail(output, length, text)
    }
    if (input.type === 'finish') return this.#story.count('outputs ended')
    this.#story.count('outputs interrupted')
    // Its message is forgotten, or nothing came from a token for long.
    const isOver = input.type === 'files-forgotten' || (input.type === 'tick' && after.grants.has(output.session))
    const isRight = isOver || this.#isSilenced(output, after)
    this.#story.check('an output is interrupted with its author', isRight, () => `${target}, by ${input.type}`)
  }

  /** The author can't write there: it's gone, it isn't there, or it's silenced. */
  #isSilenced({ room, author, session }: Output, state: State): boolean {
    if (isAway(state, session, author, room)) return true
    const isUnder = (['mute', 'ban'] as const).some(kind => sanctionsOn(state, kind, room, author).length > 0)
    const modes = [state.rooms.get(room)?.modes ?? {}, state.rules.get('*')?.modes ?? {}]
    return isUnder || modes.some(({ moderated, lockdown }) => moderated || lockdown)
  }

  #checkOpen(state: State): void {
    for (const output of this.#known.values()) {
      if (!isOpen(output)) continue
      const { seq, room, author, session } = output
      const isHere = !isAway(state, session, author, room)
      this.#story.check('an output ends with its author', isHere, () => `${seq} of ${author}, by ${session} in ${room}`)
      const muted = sanctionsOn(state, 'mute', room, author)
      this.#story.check('an output of somebody who is muted ends', muted.length === 0, () => `${seq} of ${author}`)
    }
  }

  #delete({ target }: EventOf<'deleted'>, seq: number, input: Input): void {
    const output = this.#known.get(target)
    if (!output) return
    this.#story.count('outputs deleted')
    output.isDeleted = true
    const places = [...output.pieces.map(({ place }) => place), ...(output.tail === null ? [] : [output.tail])]
    for (const place of places) this.#unneeded.add(place)
    const known = new Set(input.type === 'delete' ? input.texts : [])
    this.erased.push(...places.filter(place => known.has(place)).map(place => [seq, place] as const))
  }

  #checkTail({ seq, bytes }: Pick<Output, 'seq' | 'bytes'>, size: number, tail: string): void {
    if (this.#byTitle.get(seq)?.isText !== true) return
    const text = bytes.subarray(0, size).toString('utf8').replace(/\n+$/, '')
    this.#story.check(
      'the last lines are those of the output',
      // A line that is cut begins with a sign of its own.
      text.endsWith(tail.replace(/^…/, '')),
      () => `${seq}: ${tail.slice(-200)}`,
    )
  }

  /** A client was told how far it has grown. */
  growing(member: MemberId, { target, size, tail }: Shown): void {
    const output = this.#known.get(target)
    this.#story.count('tails shown')
    this.#story.check('what is shown of an output is committed', output !== undefined, () => `${target}`)
    if (!output) return
    const at = size === 0 ? output.seq : output.pieces.find(({ begin, size: more }) => begin + more === size)?.place
    this.#story.check('what is shown of an output is committed', at !== undefined, () => `${target}, ${size} bytes`)
    const isTheirs = this.#presence.wasIn(member, output.room, at ?? 0)
    this.#story.check('nobody sees the output of others', isTheirs, () => `${member} was shown ${target}`)
    this.#checkTail(output, size, tail)
  }

  /** A client was told of its end. */
  finished({ target, size, tail }: { readonly target: number; readonly size: number; readonly tail?: string }): void {
    const output = this.#known.get(target)
    const isRight = output?.end?.size === size
    this.#story.check('the end that is shown is that of the output', isRight, () => `${target}: ${size}`)
    if (output && tail !== undefined) this.#checkTail(output, size, tail)
  }

  /** A client has read a part of it. */
  read(member: MemberId, { target, offset, data, size }: Part): void {
    const output = this.#known.get(target)
    this.#story.count('outputs read')
    if (!output) return
    const bytes = Buffer.from(data, 'base64')
    const isPart = output.bytes.subarray(offset, offset + bytes.length).equals(bytes) && size <= output.bytes.length
    this.#story.check(
      'what is read of an output is committed',
      isPart,
      () => `${target} from ${offset}: ${bytes.length}`,
    )
    const isTheirs = this.#presence.wasIn(member, output.room, output.seq)
    this.#story.check('nobody sees the output of others', isTheirs, () => `${member} has read ${target}`)
  }

  /** A client was told that the output is there up to this byte. */
  acknowledged(target: number, size: number): void {
    const output = this.#known.get(target)
    const isThere = output !== undefined && output.bytes.length >= size
    this.#story.check('what is acknowledged of an output is stored', isThere, () => `${target} up to ${size}`)
  }

  /** The same of all that a program wrote. `total`: so many bytes, if not all of them fit. */
  whole(target: number, written: Buffer): void {
    const output = this.#known.get(target)
    this.#story.count('outputs whole')
    const isOver = output?.end != null
    this.#story.check('an output that is acknowledged as whole is over', isOver, () => `${target}`)
    if (!output) return
    const { length } = output.bytes
    const isWhole = output.end?.interrupted || length === written.length || output.end?.total === written.length
    this.#story.check('an output is whole', isWhole, () => `${target} has ${length} of ${written.length} bytes`)
    this.#checkWritten(output, written)
  }

  /** What a server that has heard all has in its history. Pieces that are forgotten are not compared. */
  compare(history: Pick<History, 'find' | 'output'>): void {
    for (const { seq, bytes, pieces, end, isDeleted } of this.latest) {
      const found = history.find(seq)
      if (!found) continue
      const { bytes: kept } = history.output(seq, 0, Number.MAX_SAFE_INTEGER)
      if (isDeleted) {
        this.#story.check(
          'of a deleted output nothing is shown',
          kept.length === 0,
          () => `${seq}: ${kept.length} bytes`,
        )
        continue
      }
      if (found.text === null) continue
      this.#story.count('outputs compared')
      const isForgotten = pieces.some(({ place }) => this.#isErased(place))
      const isSame = bytes.subarray(0, kept.length).equals(kept) && (isForgotten || kept.length === bytes.length)
      this.#story.check(
        'a server keeps the output to the byte',
        isSame,
        () => `${seq}: ${kept.length} of ${bytes.length}`,
      )
      const isEnd = JSON.stringify(sorted(found.live?.end)) === JSON.stringify(sorted(end ?? undefined))
      this.#story.check('a server keeps how an output ended', isEnd, () => `${seq}: ${JSON.stringify(found.live)}`)
    }
  }
}

type Shown = { readonly target: number; readonly size: number; readonly tail: string }
type Part = { readonly target: number; readonly offset: number; readonly data: string; readonly size: number }

export const isOpen = ({ end, isDeleted }: Output): boolean => end === null && !isDeleted

/** Gone for good, or not in the room. */
const isAway = ({ sessions, grants, members }: State, session: SessionId, author: MemberId, room: string): boolean =>
  !grants.has(session) && !(sessions.has(session) && members.get(author)?.rooms.has(room))

/** A piece or an end that was refused, or repeated. */
const isFutile = ({ type }: Input, events: Step['events']): boolean =>
  (type === 'grow' && events.every(({ event }) => event.type !== 'grew')) ||
  (type === 'finish' && events.every(({ event }) => event.type !== 'finished'))

const sorted = (end: LiveEnd | undefined) =>
  end && [end.size, end.total ?? null, end.status, end.ms, end.interrupted ?? false]
