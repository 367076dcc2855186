/**
 * The history of a process that doesn't write the journal: it reads the tables of the one that does, and keeps newer
 * messages in memory. It writes nothing and waits for nothing.
 */
import type { Event } from '../../../model/event.ts'
import type { MemberId } from '../../../model/input.ts'
import type { Piece as LivePiece } from '../../../model/message/live.ts'
import type { Message } from '../../../model/message/message.ts'
import type { Place } from '../../../model/state/reads.ts'
import type { Step } from '../../../model/step.ts'
import type {
  After,
  Correspondence,
  History,
  HistoryPage,
  HistoryRange,
  Output,
  Part,
  Sight,
  Unread,
  Written,
} from '../../../port/history.ts'
import { type MemoryHistory, memoryHistory } from '../../memory-history.ts'
import { PendingChanges } from '../../pending-changes.ts'
import { oneByOne } from '../../pieces.ts'
import { changesOf, type Recorded, recordedOf, textOfStep } from '../../recorded.ts'
import { type Database, explained, explainedLater, loadSqlite } from '../file/sqlite.ts'
import { horizonIn } from './history.ts'
import { textAt } from './past.ts'
import { piecesOf } from './pieces.ts'
import { recordedIn } from './progress.ts'
import { storedIn } from './stored.ts'
import { followedBy, type HistoryQueries } from './unstored.ts'

/** Messages and changes in memory after which it's checked which of them are stored by now. */
const CHECKED = 1000

export class FollowingHistory implements History {
  readonly #db: Database
  readonly #file: string
  readonly #stored: HistoryQueries
  readonly #inTurn = oneByOne()
  /** The messages as they were sent. */
  #messages: Recorded[] = []
  readonly #changes = new PendingChanges()
  /** The texts of these messages and edits, as stored, by their inputs; null: erased. */
  readonly #texts = new Map<number, string | null>()
  #unchecked = 0
  #seq: number
  #version = 0

  /** `file` is a journal.db that another process has opened. Throws DataError. */
  constructor(file: string) {
    const { DatabaseSync } = loadSqlite()
    this.#file = file
    this.#db = explained(file, () => new DatabaseSync(file, { readOnly: true, timeout: 0 }))
    this.#stored = storedIn(this.#db, file, { changes: this.#changes, textOf: seq => this.#textOf(seq) })
    this.#seq = explained(file, () => recordedIn(this.#db) ?? 0)
  }

  get seq(): number {
    return this.#seq
  }

  get version(): number {
    return this.#version
  }

  apply(step: Step): void {
    const { seq } = step
    const [messages, changes] = [recordedOf(step), changesOf(step)]
    this.#seq = seq
    // The text of an edit comes long before the edit is shown.
    const text = textOfStep(step)
    if (text && (messages.length > 0 || hasText(step))) this.#texts.set(text.at, text.text)
    if (messages.length === 0 && changes.length === 0) return
    this.#version += 1
    for (const message of messages) this.#messages.push(message)
    if (changes.length > 0) this.#changes.add({ seq, changes })
    this.#unchecked += messages.length + changes.length
    if (this.#unchecked >= CHECKED) this.#dropStored()
  }

  /** The inputs with texts of a message that may be in memory. */
  protected placesOf(seq: number): readonly number[] {
    return [seq, ...this.#changes.editsOf(seq), ...this.#changes.piecesOf(seq).map(piece => piece.seq)]
  }

  /** The texts of these inputs are gone from the tables. */
  erased(seqs: readonly number[]): void {
    for (const seq of seqs) if (this.#texts.has(seq)) this.#texts.set(seq, null)
    this.touch()
  }

  page(part: Part, range: HistoryRange, limit: number): HistoryPage {
    return this.#read(past => past.page(part, range, limit))
  }

  count(part: Part, since: After, most: number): number {
    return this.#read(past => past.count(part, since, most))
  }

  unread(reader: MemberId, place: Place, since: After, most: number, ignored?: readonly MemberId[]): Unread {
    return this.#read(past => past.unread(reader, place, since, most, ignored))
  }

  correspondence(member: MemberId, limit: number): readonly Correspondence[] {
    return this.#read(past => past.correspondence(member, limit))
  }

  search(words: string, sight: Sight, before: number, limit: number): Promise<HistoryPage> {
    return this.#inTurn(() => explainedLater(this.#file, () => this.#past().search(words, sight, before, limit)))
  }

  find(seq: number): Message | null {
    return this.#read(past => past.find(seq))
  }

  isDeleted(seq: number): boolean {
    return this.#read(past => past.isDeleted(seq))
  }

  textPlaces(seq: number): readonly number[] {
    return this.#read(past => past.textPlaces(seq))
  }

  output(seq: number, from: number, most: number): Output {
    return this.#read(past => past.output(seq, from, most))
  }

  latestBy(author: MemberId, room: string): Message | null {
    return this.#read(past => past.latestBy(author, room))
  }

  writtenBy(author: MemberId, after: Written | null, limit: number): Promise<readonly Written[]> {
    return explainedLater(this.#file, () => this.#past().writtenBy(author, after, limit))
  }

  editsBeyond(until: number): Promise<readonly number[]> {
    return explainedLater(this.#file, () => this.#past().editsBeyond(until))
  }

  /** The other process erases. */
  halfErased = async (): Promise<readonly number[]> => []

  horizon(keep: Parameters<History['horizon']>[0]): Promise<number> {
    return explainedLater(this.#file, async () => {
      const later = await this.#inMemory().horizon(keep)
      if ('at' in keep) return Math.max(later, await horizonIn(this.#db, keep))
      const count = keep.count - this.#messages.length
      return count < 0 ? later : horizonIn(this.#db, { count })
    })
  }

  touch(): void {
    this.#version += 1
  }

  /** The other process stores. */
  flush(): void {}

  /** Only the messages in memory: this process may not forget stored ones. */
  clear(): void {
    this.#messages = []
    this.#changes.clear()
    this.#seq = 0
    this.#texts.clear()
    this.touch()
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close()
  }

  /** In one transaction, so that a message is either stored or in memory. */
  #read<T>(work: (from: HistoryQueries) => T): T {
    return explained(this.#file, () => {
      this.#db.exec('BEGIN')
      try {
        return work(this.#past())
      } finally {
        this.#db.exec('COMMIT')
      }
    })
  }

  #past(): HistoryQueries {
    const inMemory = this.#inMemory()
    return followedBy(this.#stored, inMemory, this.#messages[0]?.seq ?? Number.POSITIVE_INFINITY)
  }

  #inMemory(): MemoryHistory {
    this.#dropStored()
    const messages = this.#messages.map(message => this.#changes.revised(message))
    const pieces = (seq: number): readonly LivePiece[] => piecesOf(this.#db, seq, this.#changes)
    return memoryHistory(seq => this.#textOf(seq), { messages, seq: this.#seq, piecesOf: pieces })
  }

  #textOf(seq: number): string | null {
    const text = this.#texts.get(seq)
    return text === undefined ? textAt(this.#db, this.#file, seq) : text
  }

  #dropStored(): void {
    this.#unchecked = 0
    const stored = recordedIn(this.#db) ?? 0
    const kept = this.#messages.findIndex(({ seq }) => seq > stored)
    this.#messages.splice(0, kept < 0 ? this.#messages.length : kept)
    this.#changes.drop(this.#changes.steps.filter(({ seq }) => seq <= stored).length)
    // A recorded message is stored with all inputs up to it.
    for (const seq of this.#texts.keys()) if (seq <= stored) this.#texts.delete(seq)
  }
}

const hasText = ({ events }: Step): boolean => events.some(({ event }) => WITH_TEXT.has(event.type))

const WITH_TEXT: ReadonlySet<Event['type']> = new Set(['editing', 'edited', 'grew', 'finished'])
