/** Handles requests one after another, before the session has a name and after. */
import type { Ask, Pulled } from '../../codec/codec.ts'
import {
  FILTER_COST,
  FLOOD_MAX,
  LIVE_PIECE_COST,
  NATIVE_LINE_MAX_BYTES,
  NOISE_BURST,
  NOISE_PER_SECOND,
} from '../../model/limits.ts'
import { type Bucket, costOf, type Rate, take } from '../ingress/bounds/token-bucket.ts'
import { onGreeting } from './greeting.ts'
import { onLive } from './live.ts'
import { onPong } from './liveness.ts'
import type { CodecNext, CodecState, ConnectionPolicy, Effect } from './state.ts'

/** Bytes that may wait for the answer to hello. */
const HELD_MAX_BYTES = 2 * NATIVE_LINE_MAX_BYTES

/**
 * Handles all requests that are complete, up to one whose answer decides how the next is to be read. `carry` is that of
 * the state, or the same with the new bytes.
 */
export function proceed(policy: ConnectionPolicy, state: CodecState, now: number, carry = state.carry): CodecNext {
  const effects: Effect[] = []
  let at = state
  let left = carry
  while (at.phase === 'greeting' || at.phase === 'live') {
    const pulled = at.codec.decoder.pull(left, at.phase === 'live', at.asked !== null)
    const noise = quieter(at, pulled, now)
    if (!noise) return flooded(at, effects)
    left = pulled.carry
    // Mostly a chunk is one whole line: then nothing is left, as before.
    at = at.carry === left && at.noise === noise ? at : { ...at, carry: left, noise }
    if (!pulled.ask) break
    const [after, more] = onAsk(policy, at, pulled.ask, now)
    at = after
    for (const effect of more) effects.push(effect)
  }
  if (at.carry !== left) at = { ...at, carry: left }
  if (at.phase === 'entering' && at.codec.decoder.size(left) > HELD_MAX_BYTES) return flooded(at, effects)
  if (!at.ended || at.phase === 'entering' || at.phase === 'closing') return [at, effects]
  return [{ ...at, phase: 'closing' }, [...effects, { type: 'conclude' }]]
}

const flooded = (state: CodecState, effects: readonly Effect[]): CodecNext => [
  { ...state, phase: 'closing' },
  [...effects, { type: 'give-up', code: 'flooding' }],
]

/** Input that asks nothing is not refused, since nobody waits for an answer. Null: there is too much of it. */
function quieter({ noise, pingedAt }: CodecState, { ask, blank }: Pulled<unknown>, now: number): Bucket | null {
  const count = blank + (ask?.type === 'pong' && pingedAt === null ? 1 : 0)
  if (count === 0) return noise
  return count > NOISE.burst ? null : take(noise, NOISE, now, count)
}

export const NOISE: Rate = { perSecond: NOISE_PER_SECOND, burst: NOISE_BURST }

/** A client that asks too fast is refused. A client that goes on all the same is disconnected. */
function onAsk(policy: ConnectionPolicy, state: CodecState, ask: Ask, now: number): CodecNext {
  if (ask.type === 'pong') return onPong(state, now)
  const bucket = policy.rate === null ? state.bucket : take(state.bucket, policy.rate, now, costOfAsk(ask))
  if (bucket) {
    const at = bucket === state.bucket && state.excess === 0 ? state : { ...state, bucket, excess: 0 }
    return at.phase === 'live' ? onLive(at, ask) : onGreeting(at, ask)
  }
  if (state.excess >= FLOOD_MAX) return [{ ...state, phase: 'closing' }, [{ type: 'give-up', code: 'flooding' }]]
  const n = 'n' in ask ? ask.n : null
  const refuse: Effect = { type: 'refuse', n, code: 'slow-down', detail: `${policy.rate?.perSecond}` }
  return [{ ...state, excess: state.excess + 1 }, [refuse]]
}

function costOfAsk(ask: Ask): number {
  if (ask.type === 'query') return ask.query.type === 'try' ? FILTER_COST : 1
  if (ask.type !== 'command') return 1
  const { command } = ask
  if (command.type === 'grow') return LIVE_PIECE_COST
  // Reading an expression takes milliseconds, and every founder of a room may add some.
  if (command.type === 'filter') return command.is === 'expression' ? FILTER_COST : 1
  return 'text' in command ? costOf(command.text) : 1
}
