/**
 * The receiver of webhooks, outside of all servers. It checks its requests: every event of its hooks, in order, each at
 * least once, from no server but one that was the warden by then, and signed with a secret that it was told
 * (docs/spec.md, A8, HO and R14).
 */
import type { Hook } from '../../src/model/state/hook.ts'
import type { Failure, WebhookDelivery, WebhookSender } from '../../src/port/webhook-sender.ts'
import { isBefore, type Place } from './forwarding.ts'
import type { Process } from './process.ts'
import { Secrets } from './secrets.ts'
import type { Story } from './story.ts'
import type { Truth } from './truth.ts'

/** Milliseconds until it answers. */
const ANSWER_MS = 30

const END: Place = { seq: Number.POSITIVE_INFINITY, part: 0 }

export class Receiver {
  readonly #story: Story
  readonly #truth: Truth
  /** Whether one of several servers sends. */
  readonly #isShared: boolean
  readonly #secrets: Secrets
  /** By the number of the hook: the place that came last. */
  readonly #last = new Map<number, Place>()
  /** So many requests more are not answered. */
  #failing = 0

  constructor(story: Story, truth: Truth, isShared: boolean) {
    this.#story = story
    this.#truth = truth
    this.#isShared = isShared
    this.#secrets = new Secrets(story)
  }

  failNext(requests: number): void {
    this.#failing = requests
  }

  /** The hooks that have yet to get something. */
  get waiting(): readonly string[] {
    return [...this.#truth.state.hooks.values()]
      .filter(({ paused }) => !paused)
      .flatMap(hook => (this.#missing(hook, END).length > 0 ? [`hook ${hook.id}`] : []))
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

  #hear({ id, delivery, secrets }: WebhookDelivery, process: string): Failure | null {
    this.#checkSender(process)
    const [, number = '', seq = '', i] = /^(\d+)-(\d+)(?:\.(\d+))?$/.exec(delivery) ?? []
    const hook = this.#truth.state.hooks.get(Number(number))
    if (!hook) return null
    const isKnown = this.#secrets.hear(hook, secrets, this.#truth.forwarding.toldAtOnce)
    if (this.#failing > 0) {
      this.#failing--
      return { why: 'the receiver is away', final: false }
    }
    if (!isKnown) return { why: 'the signature is wrong', final: false }
    const place = { seq: Number(seq), part: i === undefined ? 0 : Number(i) + 1 }
    this.#story.count('sent to a hook')
    if (place.part > 0) this.#story.count('sent to a hook: no message')
    this.#story.check('an event has one id', id === `epoch-${seq}${i === undefined ? '' : `-${i}`}`, () => id)
    const [missed] = this.#missing(hook, place)
    this.#story.check(
      'a hook gets everything in order',
      missed === undefined,
      () => `hook ${hook.id} got ${seq}, and never ${missed?.seq}, part ${missed?.part}`,
    )
    if (isBefore(this.#lastOf(hook), place)) this.#last.set(hook.id, place)
    return null
  }

  #checkSender(process: string): void {
    if (!this.#isShared) return
    const wasWarden = [...this.#truth.wardens].some(run => run.startsWith(`${process}.`))
    this.#story.check('one server sends to hooks', wasWarden, () => `${process} was never the warden`)
  }

  /** A hook begins with its own number, which is that of the input that added it. */
  #lastOf = ({ id }: Hook): Place => this.#last.get(id) ?? { seq: id + 1, part: -1 }

  /** Places before that one that this hook should have had, and has not. */
  #missing(hook: Hook, before: Place): readonly Place[] {
    return this.#truth.forwarding.between(hook, this.#lastOf(hook), before, seq => this.#truth.isDeleted({ seq }))
  }
}
