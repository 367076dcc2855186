/**
 * HTTP requests to URLs that people gave the server: webhooks, and the push services of browsers. They follow no redirects
 * and go to no private address. The check is on the very address that is connected to, so a name that changes its address
 * between check and connect gains nothing.
 */
import { lookup } from 'node:dns'
import { type OutgoingHttpHeaders, request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { HOOK_ANSWER_BYTES, HOOK_MS } from '../../model/limits.ts'
import type { Failure } from '../../port/webhook-sender.ts'
import { isPrivate } from './private-address.ts'

export type Guard = {
  readonly allowPrivate: boolean
  /** The DNS lookup. */
  readonly resolve?: typeof lookup
}

/** `retryAfter`: that header of the answer. */
export type Posted =
  | { readonly type: 'answered'; readonly status: number; readonly retryAfter: string | null }
  | { readonly type: 'failed'; readonly failure: Failure }

export type GuardedPosts = {
  /** Reports why nothing may be sent to `url`, or null, as far as known now. Calls `done` at once without a lookup. */
  readonly forbids: (url: string, done: (why: Failure | null) => void) => void
  /** Never rejects. */
  readonly post: (url: string, headers: OutgoingHttpHeaders, body: string | Uint8Array) => Promise<Posted>
  /** Aborts requests in flight. */
  readonly close: () => void
}

const FORBIDDEN: Failure = {
  why: 'its address is private: start the server with --allow-private-hooks to allow that',
  final: true,
}

export function guardedPosts({ allowPrivate, resolve = lookup }: Guard): GuardedPosts {
  const underWay = new Set<AbortController>()

  /** Replaces Node's lookup: fails if the name has a private address. */
  const guarded: LookupFunction = (name, options, done) => {
    resolve(name, { ...options, all: true }, (error, found) => {
      if (error) return done(error, [])
      if (!allowPrivate && found.some(({ address }) => isPrivate(address))) return done(new Forbidden(), [])
      if (options.all) return done(null, found)
      const [first] = found
      done(null, first?.address ?? '', first?.family)
    })
  }

  return {
    forbids(url, done) {
      const host = hostOf(new URL(url))
      if (allowPrivate) return done(null)
      if (isIP(host) !== 0) return done(isPrivate(host) ? FORBIDDEN : null)
      // A name without an address now may have one by the time of a delivery.
      resolve(host, { all: true }, (error, found) =>
        done(!error && found.some(({ address }) => isPrivate(address)) ? FORBIDDEN : null),
      )
    },
    post(url, headers, body) {
      const target = new URL(url)
      const host = hostOf(target)
      // Node doesn't look up a host that is an address already.
      if (!allowPrivate && isIP(host) !== 0 && isPrivate(host)) return Promise.resolve(failed(FORBIDDEN))
      const abort = new AbortController()
      const giveUp = (): void => abort.abort(new Error(`no answer within ${HOOK_MS / 1000} s`))
      // If this process stood still, an answer that has arrived is read before the request is aborted.
      const late = setTimeout(() => setImmediate(giveUp), HOOK_MS)
      underWay.add(abort)
      return new Promise<Posted>(settle => {
        const request = (target.protocol === 'https:' ? overHttps : overHttp)(target, {
          method: 'POST',
          agent: false,
          lookup: guarded,
          signal: abort.signal,
          headers: { 'Content-Length': Buffer.byteLength(body), 'User-Agent': 'rxchat', ...headers },
        })
        let answered = false
        request.on('response', response => {
          answered = true
          const { statusCode: status = 0, headers: got } = response
          // The body is ignored, but read: many receivers take it for an error if the connection is cut while they
          // answer.
          let left = HOOK_ANSWER_BYTES
          response.on('data', (bytes: Buffer) => {
            left -= bytes.length
            if (left < 0) request.destroy()
          })
          response.on('error', () => {})
          // The status alone counts, even if the rest of the answer doesn't come in time.
          response.on('close', () => settle({ type: 'answered', status, retryAfter: got['retry-after'] ?? null }))
        })
        request.on('error', error => {
          if (answered) return
          if (error instanceof Forbidden) return settle(failed(FORBIDDEN))
          const { reason } = abort.signal
          settle(failed({ why: reason instanceof Error ? reason.message : error.message, final: false }))
        })
        request.end(body)
      }).finally(() => {
        clearTimeout(late)
        underWay.delete(abort)
      })
    },
    close() {
      for (const abort of underWay) abort.abort(new Error('the server stops'))
    },
  }
}

const failed = (failure: Failure): Posted => ({ type: 'failed', failure })

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '')

class Forbidden extends Error {}
