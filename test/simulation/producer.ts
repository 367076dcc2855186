/**
 * A program whose output goes into the chat: the real sender of `rxchat --live` (src/program/client/live), over a client of the
 * simulation. It writes now and then, waits when it's told to, and ends; or it's killed with its client.
 */
import type { Subscription } from 'rxjs'
import { LiveOutput } from '../../src/program/client/live/live-output.ts'
import type { ProgramClient } from './actors/native.ts'
import type { Outputs } from './outputs.ts'
import type { Random } from './random.ts'
import type { Story } from './story.ts'

/** Milliseconds between two writes, and what is written. */
const PAUSES = [0, 0, 30, 300, 3000, 15_000]
const LINES = [1, 1, 1, 5, 100]
/** More than one piece. */
const MANY_LINES = 2500
const WRITES_MAX = 12

type Deps = {
  readonly mark: string
  readonly room: string
  readonly client: ProgramClient
  readonly byToken: boolean
  readonly chance: Random
  readonly outputs: Outputs
  readonly story: Story
}

export class Producer {
  readonly #deps: Deps
  readonly #output: LiveOutput
  readonly #watching: Subscription
  readonly #isText: boolean
  #written = Buffer.of()
  #lines = 0
  #left: number
  #goOn: (() => void) | null = null
  #seq: number | null = null
  #isOver = false

  constructor(deps: Deps) {
    const { mark, room, client, byToken, chance, outputs, story } = deps
    this.#deps = deps
    this.#isText = chance.chance(0.8)
    this.#left = 1 + chance.below(WRITES_MAX)
    outputs.writes(mark, { bytes: () => this.#written, isText: this.#isText })
    story.tell(`a program begins to write to #${room}, under ${mark}`)
    story.count('programs')
    this.#output = new LiveOutput(
      client,
      client.clock,
      { room, title: `${mark} hi`, byToken },
      {
        begun: seq => {
          this.#seq = seq
        },
        drained: () => this.#drained(),
        over: why => this.#over(why),
      },
    )
    this.#watching = client.status$.subscribe(({ state }) => {
      if (state === 'ended') this.#kill()
    })
    // It's closed without an end when its page is loaded anew.
    client.outcome$.subscribe({ complete: () => this.#kill() })
    this.#output.begin()
    this.#write()
  }

  /** Null: it hasn't ended. */
  get running(): string | null {
    return this.#isOver ? null : this.#deps.mark
  }

  #write(): void {
    const { chance, client } = this.#deps
    if (this.#isOver) return
    if (this.#left === 0) {
      return this.#output.finish({ status: chance.pick([0, 0, 2]), ms: Math.round(client.clock.elapsed()) })
    }
    this.#left--
    const more = this.#more()
    this.#written = Buffer.concat([this.#written, more])
    const later = (): void => void client.clock.alarm(chance.pick(PAUSES), () => this.#write())
    if (this.#output.write(more)) later()
    else this.#goOn = later
  }

  #more(): Buffer {
    const { mark, chance } = this.#deps
    const count = chance.chance(0.02) ? MANY_LINES : chance.pick(LINES)
    if (!this.#isText) return Buffer.from(Uint8Array.from({ length: 20 * count }, () => chance.below(256)))
    return Buffer.from(Array.from({ length: count }, () => `line ${++this.#lines} of ${mark}\n`).join(''))
  }

  #drained(): void {
    const goOn = this.#goOn
    this.#goOn = null
    goOn?.()
  }

  #over(why: string | null): void {
    const { story, mark, outputs } = this.#deps
    story.tell(`the program of ${mark} ${why === null ? 'has sent all' : `has not sent all: ${why}`}`)
    story.count(why === null ? 'programs: whole' : 'programs: broken off')
    this.#end()
    if (why === null && this.#seq !== null) outputs.whole(this.#seq, this.#written)
  }

  /** The client is gone, and the program that sent by it. */
  #kill(): void {
    if (this.#isOver) return
    this.#end()
    this.#output.close('killed')
  }

  #end(): void {
    this.#isOver = true
    this.#watching?.unsubscribe()
  }
}
