/**
 * Webhooks as HTTP: one request each, signed, no redirect followed, and no private address connected to. What is looked at
 * is the address that is connected to, so that a name that leads elsewhere a moment later leads nowhere.
 */
import { createHmac } from 'node:crypto'
import { lookup } from 'node:dns'
import { request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { HOOK_ANSWER_BYTES, HOOK_MS } from '../model/limits.ts'
import type { Courier, Delivery, Failure } from '../port/courier.ts'
import { isPrivate } from './private-address.ts'

type Options = {
  /** Read when it is needed first. */
  readonly key: () => Uint8Array
  readonly allowPrivate: boolean
  /** How names are looked up. */
  readonly resolve?: typeof lookup
}

const FORBIDDEN: Failure = {
  why: 'its address is a private one: start the server with --allow-private-hooks to allow that',
  final: true,
}

export function httpCourier({ key, allowPrivate, resolve = lookup }: Options): Courier {
  const underWay = new Set<AbortController>()
  const secret = (salt: string): string => `rxhook_${createHmac('sha256', key()).update(salt).digest('hex')}`

  /** In the place of Node's own: one that gives no private address away. */
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
      // A name that leads nowhere yet may do so by the time that something is sent.
      resolve(host, { all: true }, (error, found) =>
        done(!error && found.some(({ address }) => isPrivate(address)) ? FORBIDDEN : null),
      )
    },
    send({ url, salt, id, at, body }: Delivery): Promise<Failure | null> {
      const target = new URL(url)
      const host = hostOf(target)
      // Node looks up no name that is an address already.
      if (!allowPrivate && isIP(host) !== 0 && isPrivate(host)) return Promise.resolve(FORBIDDEN)
      const timestamp = `${Math.floor(at / 1000)}`
      const signature = createHmac('sha256', secret(salt)).update(`${timestamp}.${body}`).digest('hex')
      const abort = new AbortController()
      const giveUp = (): void => abort.abort(new Error(`no answer within ${HOOK_MS / 1000} s`))
      // After a stall of this process, not before an answer that has come is read.
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
          // What else it says is of no interest, but to be cut while it speaks is an error to many a receiver.
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

/** By the status alone, whether or not the rest of the answer came in time. */
const verdict = (status: number): Failure | null =>
  status >= 200 && status < 300 ? null : { why: `it answered ${status}`, final: status === 410 }

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '')

class Forbidden extends Error {}
