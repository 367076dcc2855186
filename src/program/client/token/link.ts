/**
 * The HTTP requests of a token. Each is made again while the server is away or asks to wait. The link ends when the
 * server refuses the token, or when the client's patience is over.
 */
import { BehaviorSubject } from 'rxjs'
import type { ClientPorts } from '../../../client/session/connection.ts'
import { backoff } from '../../../client/session/reconnecting/backoff.ts'
import type { Ending, Status } from '../../../client/session/status.ts'
import { ERRORS, type ErrorCode } from '../../../model/error.ts'
import { type Answered, type HttpRequest, type Reach, request } from '../../../transport/webhook/http-request.ts'

export type LinkPorts = Pick<ClientPorts, 'clock' | 'random'> & { readonly reach: Reach; readonly host: string }

export type LinkWish = {
  readonly token: string
  /** How long to try without the server, in milliseconds; null: forever. */
  readonly patience: number | null
}

type HttpAnswer = Extract<Answered, { type: 'answer' }>

/** The server was too busy to read it, or can't store it now, or a proxy can't reach the server. */
const UNWELL: ReadonlySet<number> = new Set([408, 502, 503, 504])

/** `hasUnanswered`: whether commands are not answered. `ended` is called once, after the status. */
export function tokenLink(
  { clock, random, reach, host }: LinkPorts,
  { token, patience }: LinkWish,
  hasUnanswered: () => boolean,
  ended: () => void,
) {
  const status$ = new BehaviorSubject<Status>({ state: 'connecting', attempt: 0 })
  /** Gives up requests, timers and streams under way. */
  const under = new Set<() => void>()
  let entered = false
  let lostAt: number | null = null
  let attempt = 0

  const isOver = (): boolean => status$.value.state === 'ended'

  function end(ending: Ending): void {
    if (isOver()) return
    status$.next({ state: 'ended', end: ending })
    for (const giveUp of under) giveUp()
    under.clear()
    ended()
  }

  function online(): void {
    entered = true
    attempt = 0
    lostAt = null
    if (status$.value.state !== 'online') status$.next({ state: 'online', name: '', roundTrip: null })
  }

  function later(ms: number, run: () => void): void {
    const cancel = clock.alarm(ms, () => {
      under.delete(cancel)
      run()
    })
    under.add(cancel)
  }

  /** Calls `again` after a delay. If the first attempt fails, the link ends at once. */
  function lost(why: string, again: () => void): void {
    const now = clock.elapsed()
    lostAt ??= now
    const until = lostAt + (patience ?? Number.POSITIVE_INFINITY)
    if (!entered || now >= until) return end({ by: 'network', message: why, exit: entered && hasUnanswered() ? 6 : 3 })
    const ms = Math.min(backoff(attempt, random(), patience), until - now)
    attempt += 1
    status$.next({ state: 'waiting', ms, attempt, why })
    later(ms, again)
  }

  /** Ends with a refusal by the server. */
  function refused(code: string, message: string): void {
    const exit = entered && hasUnanswered() ? 6 : (ERRORS[code as ErrorCode]?.exit ?? 4)
    end({ by: 'server', code: code as ErrorCode, message, exit })
  }

  /** Calls `answered` if the server has answered the request itself, else `again`, later. */
  function send(asked: HttpRequest, again: () => void, answered: (answer: HttpAnswer) => void): void {
    const headers = { Authorization: `Bearer ${token}`, ...asked.headers }
    const giveUp = request(reach, host, { ...asked, headers }, answer => {
      under.delete(giveUp)
      if (isOver()) return
      if (answer.type !== 'answer') {
        const { type, reason } = answer
        return type === 'lost' ? lost(reason, again) : end({ by: 'network', message: reason, exit: 4 })
      }
      const { status, headers, body } = answer
      if (status === 429) {
        body.resume()
        online()
        // Other clients of this token wait too. The random part keeps them from returning at the same moment.
        later((Number(headers['retry-after']) || 1) * 1000 * (1 + random()), again)
      } else if (UNWELL.has(status)) {
        body.resume()
        entered = true
        lost('the server cannot do that now', again)
      } else answered(answer)
    })
    under.add(giveUp)
  }

  return { status$, under, isOver, hasEntered: () => entered, end, online, lost, refused, send }
}
