/**
 * A node's connection to the log that ends with its process: messages on their way may still arrive, and nobody hears.
 */
import { filter } from 'rxjs'
import type { Stream } from '../../../src/journal/replicated/stream/stream.ts'
import type { Process } from '../process.ts'

export function mortalStream(stream: Stream, process: Process): Stream {
  /** Never settles once the process is dead. */
  const asked = <T>(ask: () => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      if (!process.lives()) return
      ask().then(
        value => process.lives() && resolve(value),
        (error: unknown) => process.lives() && reject(error),
      )
    })
  const { states } = stream
  return {
    epoch: stream.epoch,
    heard$: stream.heard$.pipe(filter(() => process.lives())),
    signals$: stream.signals$.pipe(filter(() => process.lives())),
    append: (batch, after) => asked(() => stream.append(batch, after)),
    read: (after, most) => asked(() => stream.read(after, most)),
    last: node => asked(() => stream.last(node)),
    end: () => asked(() => stream.end()),
    erase: places => asked(() => stream.erase(places)),
    purge: place => asked(() => stream.purge(place)),
    beat: data => asked(() => stream.beat(data)),
    signal: data => {
      if (process.lives()) stream.signal(data)
    },
    marks: () => asked(() => stream.marks()),
    mark: (seq, reason) => asked(() => stream.mark(seq, reason)),
    states: {
      list: () => asked(() => states.list()),
      put: (name, content) => asked(() => states.put(name, content)),
      get: name => asked(() => states.get(name)),
      delete: name => asked(() => states.delete(name)),
    },
    close: () => asked(() => stream.close()),
  }
}
