/**
 * Passwords that wait to be hashed: HASHES_AT_ONCE at a time, of one network at most one, the networks in turn. So
 * neither a flood of logins nor one network with many keeps the others waiting for long.
 */
import { HASHES_AT_ONCE, HASHES_WAITING_MAX, HASHES_WAITING_PER_ADDRESS } from '../../../model/limits.ts'

type Job = () => Promise<void>

export class HashQueue {
  /** The jobs that wait, by network. The network whose turn it is stands first. */
  readonly #waiting = new Map<string, Job[]>()
  readonly #running = new Set<string>()
  #count = 0

  /** Null: too many jobs wait. Otherwise the outcome of the job, after its turn. */
  run<T>(network: string, job: () => Promise<T>): Promise<T> | null {
    const own = this.#waiting.get(network) ?? []
    if (this.#count >= HASHES_WAITING_MAX || own.length >= HASHES_WAITING_PER_ADDRESS) return null
    return new Promise<T>((resolve, reject) => {
      own.push(() => job().then(resolve, reject))
      this.#waiting.set(network, own)
      this.#count++
      this.#next()
    })
  }

  #next(): void {
    if (this.#running.size >= HASHES_AT_ONCE) return
    for (const [network, jobs] of this.#waiting) {
      if (this.#running.has(network)) continue
      const job = jobs.shift()
      this.#waiting.delete(network)
      if (jobs.length > 0) this.#waiting.set(network, jobs)
      if (job) this.#begin(network, job)
      return
    }
  }

  #begin(network: string, job: Job): void {
    this.#count--
    this.#running.add(network)
    void job().then(() => {
      this.#running.delete(network)
      this.#next()
    })
  }
}
