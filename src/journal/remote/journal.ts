/**
 * The journal of another process of this server, over a socket (./serve.ts). When the socket closes, that process is
 * gone: nothing is answered any more, and `lost` is called. `node` is this worker's name in signals to the others.
 */
import type { Duplex } from 'node:stream'
import { Subject } from 'rxjs'
import type { Entry } from '../../model/input.ts'
import { PIECE_BYTES } from '../../model/limits.ts'
import type { Journal, Snapshot } from '../../port/journal.ts'
import type { Signals } from '../../port/signals.ts'
import { DataError } from '../data-error.ts'
import { FrameReader, frameOf } from './frames.ts'
import type { Answer, Request } from './messages.ts'

type Waiting = {
  readonly done: (seq: number | null) => void
  readonly failed: (error: Error) => void
  readonly page: (entries: readonly Entry[]) => void
  readonly piece: (text: string) => void
  readonly texts: (texts: readonly (readonly [seq: number, text: string])[]) => void
}

/** A request without its number. */
type Asked = Request extends infer R ? (R extends Request ? Omit<R, 'k'> : never) : never

export async function remoteJournal(
  socket: Duplex,
  lost: () => void = () => {},
  node = '',
): Promise<Journal & Signals> {
  const committed = new Subject<readonly Entry[]>()
  const signals = new Subject<{ readonly node: string; readonly signal: unknown }>()
  const waiting = new Map<number, Waiting>()
  const opened = Promise.withResolvers<{ readonly epoch: string }>()
  const frames = new FrameReader()
  let [count, base] = [0, 0]
  let closed = (): void => {}

  socket.on('data', (piece: Buffer) => {
    for (const answer of frames.push(piece)) hear(answer as Answer)
  })
  socket.on('error', () => {})
  socket.on('close', () => {
    committed.complete()
    signals.complete()
    opened.reject(new Error('the journal was closed'))
    closed()
    lost()
  })

  function hear(answer: Answer): void {
    switch (answer.is) {
      case 'open':
        base = answer.base
        return opened.resolve(answer)
      case 'committed':
        return committed.next(answer.entries)
      case 'signal':
        return signals.next(answer)
      case 'page':
        return waiting.get(answer.k)?.page(answer.entries)
      case 'piece':
        return waiting.get(answer.k)?.piece(answer.text)
      case 'texts':
        return waiting.get(answer.k)?.texts(answer.texts)
      case 'done': {
        base = answer.base
        const { k, seq } = answer
        const one = waiting.get(k)
        waiting.delete(k)
        return one?.done(seq)
      }
      case 'failed': {
        const { k, message, damaged } = answer
        const one = waiting.get(k)
        waiting.delete(k)
        return one?.failed(damaged ? new DataError(message) : new Error(message))
      }
    }
  }

  const say = (k: number, asked: Asked): void => {
    socket.write(frameOf({ k, ...asked }))
  }

  function ask(
    asked: Asked,
    how: Partial<Pick<Waiting, 'page' | 'piece' | 'texts'>> = {},
    k = ++count,
  ): Promise<number | null> {
    return new Promise((done, failed) => {
      waiting.set(k, { done, failed, page: () => {}, piece: () => {}, texts: () => {}, ...how })
      say(k, asked)
    })
  }

  /** The pages as they come. They are few, since the reader folds faster than they arrive. */
  async function* read(seq: number): AsyncGenerator<readonly Entry[]> {
    const pages: (readonly Entry[])[] = []
    let wake = (): void => {}
    let end: { readonly error: Error | null } | null = null
    const over = (error: Error | null): void => {
      end = { error }
      wake()
    }
    const page = (entries: readonly Entry[]): void => {
      pages.push(entries)
      wake()
    }
    ask({ do: 'read', seq }, { page }).then(
      () => over(null),
      (error: Error) => over(error),
    )
    for (;;) {
      const next = pages.shift()
      if (next) {
        yield next
        continue
      }
      const ended = end as { readonly error: Error | null } | null
      if (ended?.error) throw ended.error
      if (ended) return
      await new Promise<void>(resolve => {
        wake = resolve
      })
    }
  }

  async function snapshot(upTo?: number): Promise<Snapshot | null> {
    let state = ''
    const piece = (text: string): void => {
      state += text
    }
    const seq = await ask({ do: 'snapshot', upTo: upTo ?? null }, { piece })
    return seq === null ? null : { seq, state }
  }

  async function texts(seqs: readonly number[]): Promise<ReadonlyMap<number, string>> {
    let found: ReadonlyMap<number, string> = new Map()
    await ask(
      { do: 'texts', seqs },
      {
        texts: all => {
          found = new Map(all)
        },
      },
    )
    return found
  }

  const done = async (asked: Asked): Promise<void> => void (await ask(asked))
  const { epoch } = await opened.promise
  return {
    epoch,
    get base() {
      return base
    },
    committed$: committed.asObservable(),
    read,
    texts,
    append: drafts => done({ do: 'append', drafts }),
    quarantine: (seq, reason) => done({ do: 'quarantine', seq, reason }),
    snapshot,
    async keep({ seq, state }) {
      const k = ++count
      for (const part of state) {
        for (let at = 0; at < part.length; at += PIECE_BYTES)
          say(k, { do: 'piece', text: part.slice(at, at + PIECE_BYTES) })
      }
      await ask({ do: 'keep', seq }, {}, k)
    },
    erase: seqs => done({ do: 'erase', seqs }),
    forget: (seq, _, later = []) => done({ do: 'forget', seq, later }),
    signals$: signals.asObservable(),
    signal: signal => say(0, { do: 'signal', node, signal }),
    close() {
      if (socket.destroyed) return Promise.resolve()
      return new Promise(resolve => {
        closed = resolve
        socket.end()
      })
    },
  }
}
