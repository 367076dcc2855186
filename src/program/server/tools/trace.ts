/** Folds a recording input by input, and gives lines of JSON. */
import type { Recording } from '../../../journal/recording.ts'
import type { Entry } from '../../../model/input.ts'
import { Replay } from '../../../replay/replay.ts'
import { endLine, eventsOf, RunningHash, traceLine } from '../../../replay/trace.ts'

/** The batches of a recording, up to input `until`. */
export async function* upTo({ batches }: Recording, until: number): AsyncGenerator<readonly Entry[]> {
  for await (const batch of batches) {
    const end = batch.findIndex(({ seq }) => seq > until)
    yield end < 0 ? batch : batch.slice(0, end)
    if (end >= 0 || batch.at(-1)?.seq === until) return
  }
}

/** A line for each input. With `hashed`, each has the hash so far, and a final line follows. */
export async function* traceLines(recording: Recording, until: number, hashed: boolean): AsyncGenerator<string> {
  const replay = new Replay(recording.base)
  const hash = new RunningHash()
  let last = recording.base.seq
  for await (const batch of upTo(recording, until)) {
    for (const entry of batch) {
      const outcome = replay.fold(entry)
      const events = eventsOf(outcome)
      last = entry.seq
      yield traceLine(entry, outcome, events, hashed ? hash.add(entry.seq, events) : null)
    }
  }
  if (hashed) yield endLine(replay, last, hash.value)
}
