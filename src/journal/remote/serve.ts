/**
 * Serves a journal to the workers of this server, one socket each. A commit is written to all of them as the same bytes.
 * Everything for one worker goes through its socket in order, so a page that it reads never has an entry that it hasn't
 * been told of before.
 */
import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import type { Subscription } from 'rxjs'
import { PIECE_BYTES, REMOTE_PAGE_ENTRIES, WORKER_BEHIND_BYTES } from '../../model/limits.ts'
import type { Journal } from '../../port/journal.ts'
import { DataError } from '../data-error.ts'
import { FrameReader, frameOf } from './frames.ts'
import type { Answer, Request } from './messages.ts'

export class JournalServer {
  readonly #journal: Journal
  readonly #sockets = new Set<Duplex>()
  readonly #following: Subscription

  constructor(journal: Journal) {
    this.#journal = journal
    this.#following = journal.committed$.subscribe(entries => {
      if (this.#sockets.size === 0) return
      const frame = frameOf({ is: 'committed', entries } satisfies Answer)
      for (const socket of this.#sockets) this.#write(socket, frame)
    })
  }

  /** `gone` is called when the worker has closed its end or died, and all its requests were given to the journal. */
  serve(socket: Duplex, gone: () => void): void {
    const session = new WorkerSession(this.#journal, answer => this.#write(socket, frameOf(answer)), socket)
    const frames = new FrameReader()
    socket.on('data', (piece: Buffer) => {
      try {
        for (const request of frames.push(piece)) this.#take(socket, session, request as Request)
      } catch {
        socket.destroy()
      }
    })
    socket.on('error', () => {})
    socket.on('end', () => socket.destroy())
    socket.on('close', () => {
      this.#sockets.delete(socket)
      gone()
    })
    this.#sockets.add(socket)
    const { epoch, base } = this.#journal
    this.#write(socket, frameOf({ is: 'open', epoch, base } satisfies Answer))
  }

  /** A signal is for the other workers. One that is behind does without it. */
  #take(socket: Duplex, session: WorkerSession, request: Request): void {
    if (request.do !== 'signal') return session.take(request)
    const { node, signal } = request
    const frame = frameOf({ is: 'signal', node, signal } satisfies Answer)
    for (const other of this.#sockets) {
      if (other !== socket && !other.destroyed && other.writableLength === 0) other.write(frame)
    }
  }

  close(): void {
    this.#following.unsubscribe()
    for (const socket of this.#sockets) socket.destroy()
  }

  /** A worker that reads nothing for so long is given up: it would cost more and more memory. */
  #write(socket: Duplex, frame: Buffer): void {
    if (socket.destroyed) return
    socket.write(frame)
    if (socket.writableLength > WORKER_BEHIND_BYTES) socket.destroy()
  }
}

class WorkerSession {
  readonly #journal: Journal
  readonly #say: (answer: Answer) => void
  readonly #socket: Duplex
  /** The states that are on their way to be kept. */
  readonly #pieces = new Map<number, string[]>()

  constructor(journal: Journal, say: (answer: Answer) => void, socket: Duplex) {
    this.#journal = journal
    this.#say = say
    this.#socket = socket
  }

  take(request: Exclude<Request, { do: 'signal' }>): void {
    const { k } = request
    if (request.do === 'piece') {
      this.#pieces.set(k, [...(this.#pieces.get(k) ?? []), request.text])
      return
    }
    this.#perform(request).then(
      seq => this.#say({ is: 'done', k, base: this.#journal.base, seq }),
      error => {
        const message = error instanceof Error ? error.message : String(error)
        this.#say({ is: 'failed', k, message, damaged: error instanceof DataError })
      },
    )
  }

  /** Calls the journal at once, so that the order of the requests is that of the calls. */
  async #perform(request: Exclude<Request, { do: 'piece' | 'signal' }>): Promise<number | null> {
    const journal = this.#journal
    switch (request.do) {
      case 'append':
        await journal.append(request.drafts)
        return null
      case 'read':
        await this.#read(request)
        return null
      case 'texts':
        this.#say({ is: 'texts', k: request.k, texts: [...(await journal.texts(request.seqs))] })
        return null
      case 'quarantine':
        await journal.quarantine(request.seq, request.reason)
        return null
      case 'snapshot':
        return this.#snapshot(request)
      case 'keep': {
        const state = this.#pieces.get(request.k) ?? []
        this.#pieces.delete(request.k)
        await journal.keep({ seq: request.seq, state })
        return null
      }
      case 'erase':
        await journal.erase(request.seqs)
        return null
      case 'forget':
        await journal.forget(request.seq, true, request.later)
        return null
    }
  }

  async #read({ k, seq }: Extract<Request, { do: 'read' }>): Promise<void> {
    for await (const entries of this.#journal.read(seq)) {
      for (let at = 0; at < entries.length; at += REMOTE_PAGE_ENTRIES) {
        this.#say({ is: 'page', k, entries: entries.slice(at, at + REMOTE_PAGE_ENTRIES) })
        await this.#drained()
      }
    }
  }

  async #snapshot({ k, upTo }: Extract<Request, { do: 'snapshot' }>): Promise<number | null> {
    const found = await this.#journal.snapshot(upTo ?? undefined)
    if (!found) return null
    for (let at = 0; at < found.state.length; at += PIECE_BYTES) {
      this.#say({ is: 'piece', k, text: found.state.slice(at, at + PIECE_BYTES) })
      await this.#drained()
    }
    return found.seq
  }

  /** Long answers go no faster than the worker reads. */
  async #drained(): Promise<void> {
    if (this.#socket.writableNeedDrain) await Promise.race([once(this.#socket, 'drain'), once(this.#socket, 'close')])
  }
}
