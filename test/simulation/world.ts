/** A run without its people: time, a disk, the server (or none), cables, and the truth. */

import { Observable } from 'rxjs'
import type { Entry } from '../../src/model/input.ts'
import type { Dialled, Dialling } from '../../src/port/dialer.ts'
import type { Options } from '../../src/server/server.ts'
import { type VirtualClock, virtualClock } from '../helpers/virtual-clock.ts'
import { Accounts } from './accounts.ts'
import { abandon, type Disk, DiskFull, Lost, newDisk } from './disk.ts'
import { Cable } from './network.ts'
import { Presence } from './presence.ts'
import { Process, type Running, startServer } from './process.ts'
import { random } from './random.ts'
import { newStory, type Story } from './story.ts'
import { Truth } from './truth.ts'

export class World {
  readonly seed: string
  readonly clock: VirtualClock
  readonly disk: Disk
  readonly story: Story
  readonly truth: Truth
  readonly accounts = new Accounts()
  readonly options: Options
  /** The server's process; null: there is none. */
  process: Process | null = null
  /** Null: it is down, or still reads its journal. */
  running: Running | null = null
  /** Until when the network lets nobody through, in elapsed milliseconds. */
  offlineUntil = 0
  /** Nothing more is started. */
  over = false
  /** When the last commit was stored, in elapsed milliseconds. */
  storedAt = 0
  readonly #cables = new Map<Cable, Process>()
  #starts = 0
  #stopping: Running | null = null

  constructor(seed: string, options: Options & { readonly grace: number }) {
    this.seed = seed
    this.options = options
    this.clock = virtualClock()
    this.disk = newDisk()
    this.story = newStory(() => this.clock.elapsed())
    const isErased = (seq: number): boolean => (this.disk.entries[seq - 1]?.texts.text ?? null) === null
    this.truth = new Truth(this.story, new Presence(this.story, options.grace, () => this.clock.elapsed()), isErased)
  }

  /** Whether presence has been written, however long it waits for more. */
  get hasGathered(): boolean {
    return this.clock.elapsed() - this.storedAt > (this.options.gathering?.ms ?? 0)
  }

  start(): void {
    if (this.process || this.over) return
    const process = new Process(`p${++this.#starts}`, this.clock)
    this.process = process
    startServer(process, this.disk, this.options, (...commit) => this.#stored(process, ...commit)).then(
      running => this.#started(running),
      error => this.story.check('the server starts', false, () => String(error)),
    )
  }

  #started(running: Running): void {
    if (this.process !== running.process) return
    this.running = running
    this.story.tell(`the server starts, with input ${running.state().seq}`)
    this.story.count('starts')
    running.server.trouble$.subscribe(trouble => {
      const what = trouble.type === 'internal' ? `internal: ${describe(trouble.error)}` : trouble.type
      this.story.tell(`trouble: ${what}`)
      const isExpected =
        trouble.type !== 'internal' || trouble.error instanceof DiskFull || trouble.error instanceof Lost
      this.story.check('nothing throws', isExpected, () => what)
    })
  }

  /** Ends the process at once, wherever it is. `silent`: its peers are not told, as when the machine fails. */
  crash(silent: boolean): void {
    const { process } = this
    if (!process) return
    process.end()
    this.#gone(process, silent)
  }

  crashAfter(steps: number, silent: boolean): void {
    const { process } = this
    process?.light(steps, () => this.#gone(process, silent))
  }

  #gone(process: Process, silent: boolean): void {
    if (this.process !== process) return
    this.process = null
    this.running = null
    abandon(this.disk, process)
    if (this.disk.writes.size > 0) this.story.count('fault: crash with an append on its way')
    this.story.tell(`the server is gone${silent ? ', without a word' : ''}`)
    this.story.count('fault: crash')
    for (const [cable, other] of this.#cables) if (other === process) cable.break(silent)
  }

  /** Says goodbye; the process ends a little later. */
  async stop(): Promise<void> {
    const running = this.running
    if (!running || this.#stopping === running) return
    this.#stopping = running
    this.story.tell('the server stops')
    await running.server.close()
    if (this.running !== running) return
    this.story.check('a closed server leaves no alarm', running.process.alarms === 0, () => `${running.process.alarms}`)
    running.process.end()
    this.process = null
    this.running = null
    this.story.tell('the server has stopped')
    for (const [cable, process] of this.#cables) if (process === running.process) cable.break(false)
  }

  /** Dials; `cable` gets the cable, once there is one. */
  dial(id: string, cable: (cable: Cable) => void, whole = false): Dialling {
    const running = this.running
    if (!running || this.clock.elapsed() < this.offlineUntil) return this.#refused()
    const made = new Cable(id, this.clock, random(`${this.seed} cable ${id}`), whole)
    for (const [old] of this.#cables) if (old.broken) this.#cables.delete(old)
    this.#cables.set(made, running.process)
    running.accept(made.connection)
    cable(made)
    return made.dialling()
  }

  #refused(): Dialling {
    return {
      signals$: new Observable<Dialled>(signals =>
        this.clock.alarm(5, () => {
          signals.next({ type: 'failed', reason: 'nobody is there' })
          signals.complete()
        }),
      ),
      write: () => {},
      destroy: () => {},
    }
  }

  get cables(): Iterable<Cable> {
    return this.#cables.keys()
  }

  #stored(by: Process, entries: readonly Entry[], since: number): void {
    if (this.process !== by) this.story.count('stored after a crash', entries.length)
    const told = entries.map(
      ({ seq, input, texts: { text } }) => `${seq} ${input.type}${text === undefined ? '' : ` "${brief(text)}"`}`,
    )
    this.story.tell(`stored ${told.join(', ')}`)
    this.story.count('inputs', entries.length)
    this.storedAt = this.clock.elapsed()
    this.truth.commit(entries, since)
  }
}

export const brief = (text: string): string => (text.length > 24 ? `${text.slice(0, 24)}… ${text.length}` : text)

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))
