/** The history of a server in this run: messages in memory, which survive on a disk as far as they were stored there. */
import { memoryHistory } from '../../src/journal/memory-history.ts'
import { pieceOf } from '../../src/journal/output.ts'
import { changed, changesOf, type Recorded, recordedOf } from '../../src/journal/recorded.ts'
import type { Piece } from '../../src/model/message/live.ts'
import type { Step } from '../../src/model/step.ts'
import type { History } from '../../src/port/history.ts'
import type { Journal } from '../../src/port/journal.ts'
import type { Process } from './process.ts'
import type { Random } from './random.ts'

/** The stored part of the history. */
export type StoredHistory = {
  past: { readonly messages: readonly Recorded[]; readonly pieces: Pieces; readonly seq: number }
  /** The places of messages that are not kept: a gap counts them. */
  readonly places: Map<number, Recorded>
}

/** Of live messages, by their `seq`. */
type Pieces = ReadonlyMap<number, readonly Piece[]>

export const NO_PAST: StoredHistory['past'] = { messages: [], pieces: new Map(), seq: 0 }

/** A history on top of the stored part; it is stored now and then. `textOf`: the text of an input, or null. */
export function mountHistory(
  disk: StoredHistory,
  textOf: (seq: number) => string | null,
  process: Process,
  chance: Random,
): History {
  let { pieces } = disk.past
  const inner = memoryHistory(textOf, { ...disk.past, piecesOf: seq => pieces.get(seq) ?? [] })
  let messages = [...disk.past.messages]
  const bySeq = new Map([...disk.places, ...messages.map(message => [message.seq, message] as const)])
  const places = memoryHistory(() => null, {
    messages: [...bySeq.values()].sort((a, b) => a.seq - b.seq),
    seq: disk.past.seq,
  })
  const flush = (): void => {
    if (process.lives() && inner.seq >= disk.past.seq) disk.past = { messages: [...messages], pieces, seq: inner.seq }
  }
  // Getters of `inner` are read anew each time.
  return Object.assign(Object.create(inner) as History, {
    apply(step: Step) {
      messages.push(...recordedOf(step))
      for (const change of changesOf(step)) {
        messages = messages.map(one => (one.seq === change.event.target ? changed(one, change) : one))
        const isKnown = messages.some(({ seq }) => seq === change.event.target)
        if (isKnown) pieces = withPiece(pieces, change.event.target, pieceOf(change))
      }
      inner.apply(step)
      places.apply(step)
      if (chance.chance(0.1)) flush()
    },
    flush,
    clear() {
      messages = []
      pieces = NO_PAST.pieces
      inner.clear()
      places.clear()
    },
    count: places.count,
  })
}

const withPiece = (all: Pieces, seq: number, piece: Piece | null): Pieces =>
  piece ? new Map(all).set(seq, [...(all.get(seq) ?? []), piece]) : all

/** A journal of files has stored the history before it forgets: the messages of inputs that are gone can't be recorded anew. */
export const storingFirst = <J extends Journal>(journal: J, history: History): J =>
  Object.assign(Object.create(journal) as J, {
    async forget(...what: Parameters<Journal['forget']>) {
      history.flush()
      await journal.forget(...what)
    },
  })
