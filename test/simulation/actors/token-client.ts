/**
 * A client that uses a token: one request after another, each made again under its key until it's answered, as over HTTP
 * (src/program/client/token). It finds any server that is there.
 */
import { BehaviorSubject, Subject } from 'rxjs'
import type { Asked } from '../../../src/client/session/outbox/outbox.ts'
import type { AskOutcome, Status } from '../../../src/client/session/status.ts'
import type { ErrorCode } from '../../../src/model/error.ts'
import type { Grant } from '../../../src/model/state/grant.ts'
import { statusOf } from '../../../src/server/http/api/refusals.ts'
import type { Running } from '../process.ts'
import { type Random, random } from '../random.ts'
import type { World } from '../world.ts'
import type { ProgramClient } from './native.ts'

/** Milliseconds until a request is given up, and until it's made again: later each time. */
const PATIENCE_MS = 10_000
const AGAIN_MS = 400
const AGAIN_MAX_MS = 40_000

type Answer =
  | { readonly ok: true; readonly seq: number }
  | { readonly ok: false; readonly code: ErrorCode; readonly detail: string }
type Item = { readonly id: number; readonly asked: Asked }

export class TokenClient implements ProgramClient {
  readonly outcome$ = new Subject<AskOutcome>()
  readonly status$ = new BehaviorSubject<Status>({ state: 'online', name: '', roundTrip: null })
  readonly clock: World['clock']
  readonly #world: World
  readonly #token: string
  readonly #room: string
  readonly #run: string
  readonly #chance: Random
  #queue: readonly Item[] = []
  #lastId = 0
  #tries = 0
  /** Those in a row that came to nothing. */
  #failures = 0

  constructor(world: World, token: string, room: string, run: string) {
    this.#world = world
    this.#token = token
    this.#room = room
    this.#run = run
    this.#chance = random(`${world.seed} token client ${run}`)
    this.clock = world.clock
  }

  ask(asked: Asked): number {
    this.#lastId += 1
    this.#queue = [...this.#queue, { id: this.#lastId, asked }]
    if (this.#queue.length === 1) this.#try()
    return this.#lastId
  }

  /** The token may be unknown yet to a server that is behind. */
  #try(): void {
    const [item] = this.#queue
    if (!item || this.status$.value.state === 'ended') return
    const here = this.#world.allRunning
    const running = here.length === 0 ? null : this.#chance.pick(here)
    const grant = running?.server.api.grantOf(this.#token)
    if (!running || !grant) return this.#isRevoked ? this.#end() : this.#again()
    const attempt = ++this.#tries
    const isOut = this.clock.alarm(PATIENCE_MS, () => {
      if (attempt === this.#tries) this.#again()
    })
    void this.#request(running, grant, item).then(answer => {
      if (attempt !== this.#tries) return
      isOut()
      this.#hear(item, answer)
    })
  }

  get #isRevoked(): boolean {
    return this.#world.truth.state.grants.every(({ secret }) => secret !== `digest of ${this.#token}`)
  }

  async #request({ server }: Running, grant: Grant, { id, asked }: Item): Promise<Answer> {
    const { api } = server
    switch (asked.type) {
      case 'say': {
        const { room, text, action, live } = asked
        return api.post(grant, { room, text, action, live, key: `${this.#run}-${id}` })
      }
      case 'grow': {
        const { seq, offset, data } = asked
        const grown = await api.lives.grow(grant, this.#room, seq, offset, Buffer.from(data, 'base64'))
        return grown.ok ? { ok: true, seq } : grown
      }
      case 'finish':
        return api.lives.finish(grant, this.#room, asked)
      default:
        throw new Error(`${asked.type} is nothing that a program asks`)
    }
  }

  #hear(item: Item, answer: Answer): void {
    const { id } = item
    if (!answer.ok) {
      const status = statusOf(answer.code)
      if (status === 503 || status === 429) return this.#again()
      if (status === 401) return this.#end()
    }
    this.#queue = this.#queue.slice(1)
    this.#tries++
    this.#failures = 0
    if (answer.ok) {
      const { seq } = answer
      this.#learn(item.asked)
      this.outcome$.next({ id, is: 'done', seq, reply: { type: 'ok', n: id, seq } })
    } else this.outcome$.next({ id, is: 'refused', code: answer.code, message: `${answer.code} ${answer.detail}` })
    this.#try()
  }

  #learn(asked: Asked): void {
    if (asked.type !== 'grow') return
    this.#world.truth.outputs.acknowledged(asked.seq, asked.offset + Buffer.from(asked.data, 'base64').length)
  }

  #again(): void {
    const attempt = ++this.#tries
    this.clock.alarm(Math.min(AGAIN_MAX_MS, AGAIN_MS * 2 ** this.#failures++), () => {
      if (attempt === this.#tries) this.#try()
    })
  }

  #end(): void {
    this.#queue = []
    this.#tries++
    this.status$.next({ state: 'ended', end: { by: 'network', message: 'the token is not valid', exit: 4 } })
  }
}
