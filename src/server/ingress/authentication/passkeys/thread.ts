/**
 * A thread that answers questions one after another, so that none of them holds up the event loop. It starts with the
 * first question. When it dies, the questions that it had fail, and the next one starts another.
 */
import { Worker } from 'node:worker_threads'

/** Messages to a thread, and its answers. */
export type Question<Q> = { readonly id: number; readonly question: Q }
export type Answer<A> = { readonly id: number; readonly answer: A }

export class Thread<Q, A> {
  readonly #entry: URL
  readonly #most: number
  #worker: Worker | null = null
  #waiting = new Map<number, PromiseWithResolvers<A>>()
  #asked = 0

  /** `most`: questions that may wait at once. */
  constructor(entry: URL, most: number) {
    this.#entry = entry
    this.#most = most
  }

  /** Null: too many questions wait. Rejects if the thread dies. */
  ask(question: Q): Promise<A> | null {
    if (this.#waiting.size >= this.#most) return null
    const id = ++this.#asked
    const answer = Promise.withResolvers<A>()
    this.#worker ??= this.#start()
    this.#waiting.set(id, answer)
    this.#worker.postMessage({ id, question } satisfies Question<Q>)
    return answer.promise
  }

  close(): void {
    this.#end(this.#worker, new Error('The server is closed.'))
  }

  #start(): Worker {
    const worker = new Worker(this.#entry, { env: {}, resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } })
    worker.on('message', ({ id, answer }: Answer<A>) => {
      this.#waiting.get(id)?.resolve(answer)
      this.#waiting.delete(id)
    })
    worker.on('error', error => this.#end(worker, error))
    worker.on('exit', code => this.#end(worker, new Error(`The thread has ended with code ${code}.`)))
    // It keeps no process alive.
    worker.unref()
    return worker
  }

  /** Does nothing for a thread that has ended already. */
  #end(worker: Worker | null, error: unknown): void {
    if (worker === null || worker !== this.#worker) return
    const waiting = this.#waiting
    this.#worker = null
    this.#waiting = new Map()
    void worker.terminate()
    for (const { reject } of waiting.values()) reject(error)
  }
}

const HEAP_MB = 128
