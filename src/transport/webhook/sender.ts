/**
 * Webhooks over HTTP: one signed request per delivery. It follows no redirects and connects to no private address. The
 * check is on the very address that is connected to, so a name that changes its address between check and connect gains
 * nothing.
 */
import { createHmac } from 'node:crypto'
import { lookup } from 'node:dns'
import { request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { HOOK_ANSWER_BYTES, HOOK_MS } from '../../model/limits.ts'
import type { Failure, WebhookDelivery, WebhookSender } from '../../port/webhook-sender.ts'
import { isPrivate } from './private-address.ts'

type Options = {
  /** Read only when first needed. */
  readonly key: () => Uint8Array
  readonly allowPrivate: boolean
  /** The DNS lookup. */
  readonly resolve?: typeof lookup
}

const FORBIDDEN: Failure = {
  why: 'its address is private: start the server with --allow-private-hooks to allow that',
  final: true,
}

export function httpWebhookSender({ key, allowPrivate, resolve = lookup }: Options): WebhookSender {
  const underWay = new Set<AbortController>()
  const secret = (salt: string): string => `rxhook_${createHmac('sha256', key()).update(salt).digest('hex')}`

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
    secret,
    forbids(url, done) {
      const host = hostOf(new URL(url))
      if (allowPrivate) return done(null)
      if (isIP(host) !== 0) return done(isPrivate(host) ? FORBIDDEN : null)
      // A name without an address now may have one by the time of a delivery.
      resolve(host, { all: true }, (error, found) =>
        done(!error && found.some(({ address }) => isPrivate(address)) ? FORBIDDEN : null),
      )
    },
    send({ url, salt, id, at, body }: WebhookDelivery): Promise<Failure | null> {
      const target = new URL(url)
      const host = hostOf(target)
      // Node doesn't look up a host that is an address already.
      if (!allowPrivate && isIP(host) !== 0 && isPrivate(host)) return Promise.resolve(FORBIDDEN)
      const timestamp = `${Math.floor(at / 1000)}`
      const signature = createHmac('sha256', secret(salt)).update(`${timestamp}.${body}`).digest('hex')
      const abort = new AbortController()
      const giveUp = (): void => abort.abort(new Error(`no answer within ${HOOK_MS / 1000} s`))
      // If this process stood still, an answer that has arrived is read before the request is aborted.
      const late = setTimeout(() => setImmediate(giveUp), HOOK_MS)
      underWay.add(abort)
      return new Promise<Failure | null>(settle => {
        const request = (target.protocol === 'https:' ? overHttps : overHttp)(target, {
          method: 'POST',
          agent: false,
          lookup: guarded,
          signal: abort.signal,
          headers: {
            'Content-Type': 'application/json; charset=utf-8',
            'Content-Length': Buffer.byteLength(body),
            'User-Agent': 'rxchat',
            'Rxchat-Delivery': id,
            'Rxchat-Timestamp': timestamp,
            'Rxchat-Signature': `sha256=${signature}`,
          },
        })
        let answered = false
        request.on('response', response => {
          answered = true
          const { statusCode = 0 } = response
          // The body is ignored, but read: many receivers take it for an error if the connection is cut while they
          // answer.
          let left = HOOK_ANSWER_BYTES
          response.on('data', (bytes: Buffer) => {
            left -= bytes.length
            if (left < 0) request.destroy()
          })
          response.on('error', () => {})
          response.on('close', () => settle(verdict(statusCode)))
        })
        request.on('error', error => {
          if (answered) return
          if (error instanceof Forbidden) return settle(FORBIDDEN)
          const { reason } = abort.signal
          settle({ why: reason instanceof Error ? reason.message : error.message, final: false })
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

/** Depends on the status alone, even if the rest of the answer didn't come in time. */
const verdict = (status: number): Failure | null =>
  status >= 200 && status < 300 ? null : { why: `it answered ${status}`, final: status === 410 }

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '')

class Forbidden extends Error {}
