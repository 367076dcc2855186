/** The places of inputs' texts in the log, so that they can be erased there. They are read from the log itself. */
import { REPLICATED_PAGE } from '../../../model/limits.ts'
import { DataError } from '../../data-error.ts'
import { inputsIn } from '../stream/messages.ts'
import type { BatchPlace, Places } from '../stream/places.ts'
import type { LogPlace, Stream, StreamMessage } from '../stream/stream.ts'

/** The places of the texts of these inputs, of those that the log has. Rejects if the log can't be read. */
export async function textPlaces(
  stream: Pick<Stream, 'read'>,
  places: Places,
  seqs: readonly number[],
): Promise<readonly LogPlace[]> {
  const found: LogPlace[] = []
  for (const [batch, wanted] of byBatch(places, seqs)) {
    const message = await messageAt(stream, batch.place)
    if (!message) continue
    const { inputs, texted } = inputsIn(message.data)
    const first = batch.seq - inputs.length + 1
    for (const [number, at] of texted.entries()) {
      if (wanted.has(first + at)) found.push(batch.place - texted.length + number)
    }
  }
  return found
}

/**
 * The places of the texts up to input `until` that the log still has, from place `from` on, a page at a time. Ends early if
 * the replica lacks some. Rejects if the log can't be read.
 */
export async function* textsUpTo(
  stream: Pick<Stream, 'read'>,
  places: Places,
  from: LogPlace,
  until: number,
): AsyncGenerator<{ readonly texts: readonly LogPlace[]; readonly upTo: LogPlace }> {
  const batch = places.ending(until)
  const end = batch && batch.place > from ? await textsEnd(stream, batch, until) : from
  for (let at = from; at < end; ) {
    const { messages, upTo } = await stream.read(at, REPLICATED_PAGE)
    if (upTo === at) return
    at = Math.min(upTo, end)
    yield {
      texts: messages.filter(({ kind, place }) => kind === 'text' && place <= end).map(({ place }) => place),
      upTo: at,
    }
  }
}

/** The place up to which all texts belong to inputs up to `until`, which is in this batch. */
async function textsEnd(stream: Pick<Stream, 'read'>, { place, seq }: BatchPlace, until: number): Promise<LogPlace> {
  const message = await messageAt(stream, place)
  if (!message) return 0
  const { inputs, texted } = inputsIn(message.data)
  const first = seq - inputs.length + 1
  return place - texted.filter(at => first + at > until).length - 1
}

function byBatch(places: Places, seqs: readonly number[]): ReadonlyMap<BatchPlace, ReadonlySet<number>> {
  const batches = new Map<LogPlace, { readonly batch: BatchPlace; readonly wanted: Set<number> }>()
  for (const seq of seqs) {
    const batch = places.ending(seq)
    if (!batch) continue
    const known = batches.get(batch.place) ?? { batch, wanted: new Set() }
    known.wanted.add(seq)
    batches.set(batch.place, known)
  }
  return new Map([...batches.values()].map(({ batch, wanted }) => [batch, wanted]))
}

/** Null: it was purged. */
async function messageAt(stream: Pick<Stream, 'read'>, place: LogPlace): Promise<StreamMessage | null> {
  const { messages } = await stream.read(place - 1, 1)
  const [message] = messages
  // This node has folded it, so it was there.
  if (!message) throw new DataError('the log has not all of its messages here at the moment. Try again.')
  return message.place === place ? message : null
}
