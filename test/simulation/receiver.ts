/**
 * The receiver of webhooks, outside of all servers. It checks what it is sent: every message, in order, each at least
 * once, and from no server but one that was the warden by then (docs/spec.md, A8 and R14).
 */
import type { Failure, WebhookDelivery, WebhookSender } from '../../src/port/webhook-sender.ts'
import type { Process } from './process.ts'
import type { Story } from './story.ts'
import type { Truth } from './truth.ts'

/** Milliseconds until it answers. */
const ANSWER_MS = 30

export class Receiver {
  readonly #story: Story
  readonly #truth: Truth
  /** Whether one of several servers sends. */
  readonly #isShared: boolean
  /** By the number of the hook: the last message that came. */
  readonly #last = new Map<number, number>()
  /** So many requests more are not answered. */
  #failing = 0

  constructor(story: Story, truth: Truth, isShared: boolean) {
    this.#story = story
    this.#truth = truth
    this.#isShared = isShared
  }

  failNext(requests: number): void {
    this.#failing = requests
  }

  /** The hooks that have yet to get messages. */
  get waiting(): readonly string[] {
    return [...this.#truth.state.hooks.values()]
      .filter(({ paused }) => !paused)
      .flatMap(({ id }) => (this.#missing(id, Number.POSITIVE_INFINITY).length > 0 ? [`hook ${id}`] : []))
  }

  /** The way to it from one process. */
  sender(process: Process): WebhookSender {
    return {
      secret: ({ salt }) => `secret of ${salt}`,
      forbids: (_, done) => done(null),
      send: delivery =>
        new Promise(resolve => {
          if (!process.lives()) return
          const answer = this.#hear(delivery, process.id)
          process.later(ANSWER_MS, () => process.lives() && resolve(answer))
        }),
      close: () => {},
    }
  }

  #hear({ delivery, body }: WebhookDelivery, process: string): Failure | null {
    this.#checkSender(process)
    if (this.#failing > 0) {
      this.#failing--
      return { why: 'the receiver is away', final: false }
    }
    const { seq } = JSON.parse(body) as { readonly seq: number }
    const hook = Number(delivery.split('-')[0])
    this.#story.count('sent to a hook')
    const [missed] = this.#missing(hook, seq)
    this.#story.check(
      'a hook gets everything in order',
      missed === undefined,
      () => `hook ${hook} got ${seq}, and never ${missed}`,
    )
    this.#last.set(hook, Math.max(this.#lastOf(hook), seq))
    return null
  }

  #checkSender(process: string): void {
    if (!this.#isShared) return
    const wasWarden = [...this.#truth.wardens].some(run => run.startsWith(`${process}.`))
    this.#story.check('one server sends to hooks', wasWarden, () => `${process} was never the warden`)
  }

  /** A hook begins with its own number, which is that of the input that added it. */
  #lastOf = (hook: number): number => this.#last.get(hook) ?? hook

  /** The messages before input `seq` that this hook should have had, and has not. */
  #missing(hook: number, seq: number): readonly number[] {
    const last = this.#lastOf(hook)
    return this.#truth.items
      .filter(item => item.kind === 'said' && item.seq > last && item.seq < seq && !this.#truth.isDeleted(item))
      .map(item => item.seq)
  }
}
