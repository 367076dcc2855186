/**
 * Makes the tables durable, off the event loop. The database itself never waits for the disk (`synchronous=OFF`): rows
 * that are not durable in the tables are in the commit log. So the order of writes to the disk is kept here. First the
 * write-ahead log, then its pages in the file, and only then the write-ahead log is emptied. Meanwhile nothing is
 * written.
 */
import { closeSync, fdatasyncSync, fstatSync, openSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { SETTLED_BYTES } from '../../../model/limits.ts'
import { breath, oneByOne, type Piece } from '../../pieces.ts'
import type { Disk } from './disk.ts'
import type { Database } from './sqlite.ts'

/** How often, and how far apart in milliseconds, a reader that is in the way is waited for. */
const TRIES = 6
const PAUSE_MS = 20

export class Checkpoints {
  readonly #db: Database
  readonly #sync: Disk['sync']
  readonly #file: number
  readonly #log: number
  readonly #inTurn = oneByOne()
  #paused: Promise<void> | null = null
  /** The size of SQLite's log when it was last made durable: not empty if a reader was in the way. */
  #settledBytes = 0

  /** `file` has its write-ahead log beside it. */
  constructor(db: Database, file: string, { sync }: Pick<Disk, 'sync'>) {
    this.#db = db
    this.#sync = sync
    this.#file = openSync(file, 'r+')
    this.#log = openSync(`${file}-wal`, 'r+')
    // The log of a server that was killed is read now, and may not be on the disk yet.
    fdatasyncSync(this.#log)
    db.exec('PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = OFF')
  }

  /** Nothing may be written now. */
  get isPaused(): boolean {
    return this.#paused !== null
  }

  /** Performs `work`, which writes, as soon as something may be written. */
  async write<T>(work: () => T): Promise<T> {
    while (this.#paused) await this.#paused
    return work()
  }

  /** Bytes of SQLite's log since it was last made durable. */
  get grown(): number {
    return fstatSync(this.#log).size - this.#settledBytes
  }

  /** Performs long work that writes, a piece at a time. The tables are made durable again and again meanwhile. */
  async writeInPieces<T>(work: Generator<Piece, T>): Promise<T> {
    for (;;) {
      while (this.#paused) await this.#paused
      const piece = work.next()
      if (piece.done) return piece.value
      // If it fails, the next one reports it.
      if (this.grown >= SETTLED_BYTES) await this.settle().catch(() => {})
      else await breath()
    }
  }

  /** Resolves when all writes survive a loss of power. A reader may keep the log from being emptied. */
  async settle(): Promise<void> {
    await this.#settled(1)
  }

  /** The same, and no byte is left in the log. Throws if a reader is in the way. */
  async empty(): Promise<void> {
    if (await this.#settled(TRIES)) return
    throw new Error('another program reads it now. Wait until that is done, and try again.')
  }

  /** At once, for when nobody is served yet. False: a reader keeps the log from being emptied. */
  settleNow(): boolean {
    if (this.#paused) return false
    let isEmpty = false
    this.#db.exec('PRAGMA synchronous = FULL')
    try {
      isEmpty = this.#copied('TRUNCATE')
    } finally {
      this.#restart(isEmpty ? 'OFF' : 'NORMAL')
    }
    return isEmpty
  }

  /** Not before the database is closed: to close a file releases the locks that the process has on it. */
  close(): void {
    closeSync(this.#file)
    closeSync(this.#log)
  }

  #settled(tries: number): Promise<boolean> {
    return this.#inTurn(async () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#paused = promise
      try {
        await this.#sync(this.#log)
        return await this.#emptied(tries)
      } finally {
        this.#settledBytes = fstatSync(this.#log).size
        this.#paused = null
        resolve()
      }
    })
  }

  async #emptied(tries: number): Promise<boolean> {
    for (let left = tries; this.#db.isOpen; left--) {
      if (this.#checkpoint('PASSIVE')) {
        await this.#sync(this.#file)
        if (this.#db.isOpen && this.#checkpoint('TRUNCATE')) {
          await this.#sync(this.#log)
          this.#restart('OFF')
          return true
        }
      }
      if (left === 1) break
      await setTimeout(PAUSE_MS)
    }
    // The next write may begin the log anew over its content. SQLite makes that safe, at the cost of waiting for it.
    this.#restart('NORMAL')
    return false
  }

  #restart(synchronous: 'OFF' | 'NORMAL'): void {
    if (this.#db.isOpen) this.#db.exec(`PRAGMA synchronous = ${synchronous}`)
  }

  /** True if all pages of the log are in the file. In the mode TRUNCATE, the log is then empty. */
  #checkpoint(mode: 'PASSIVE' | 'TRUNCATE'): boolean {
    this.#db.exec('PRAGMA synchronous = OFF')
    return this.#copied(mode)
  }

  #copied(mode: 'PASSIVE' | 'TRUNCATE'): boolean {
    const { busy, log, checkpointed } = this.#db.prepare(`PRAGMA wal_checkpoint(${mode})`).get() as Checkpointed
    return busy === 0 && log === checkpointed
  }
}

type Checkpointed = { readonly busy: number; readonly log: number; readonly checkpointed: number }
