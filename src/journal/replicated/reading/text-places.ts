/** Where in the log the texts of inputs are, so that they can be erased there. The log itself says so. */
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
