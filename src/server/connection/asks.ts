/** Handles requests one after another, before the session has a name and after. */
import type { Ask } from '../../codec/codec.ts'
import type { Command } from '../../model/command.ts'
import { FLOOD_MAX, NATIVE_LINE_MAX_BYTES, NOISE_BURST, NOISE_PER_SECOND } from '../../model/limits.ts'
import { type Bucket, costOf, type Rate, take } from '../ingress/token-bucket.ts'
import { onGreeting } from './greeting.ts'
import { onLive } from './live.ts'
import { onPong } from './liveness.ts'
import type { CodecNext, CodecState, ConnectionPolicy, Effect } from './state.ts'

/** Bytes that may wait for the answer to hello. */
const HELD_MAX_BYTES = 2 * NATIVE_LINE_MAX_BYTES

/** Handles all requests that are complete, up to one whose answer decides how the next is to be read. */
export function proceed(policy: ConnectionPolicy, state: CodecState, now: number): CodecNext {
  const effects: Effect[] = []
  let at = state
  while (at.phase === 'greeting' || at.phase === 'live') {
    const { ask, carry, blank } = at.codec.decoder.pull(at.carry, at.phase === 'live', at.asked !== null)
    const noise = quieter(at, ask, blank, now)
    if (!noise) return [{ ...at, phase: 'closing' }, [...effects, { type: 'give-up', code: 'flooding' }]]
    at = { ...at, carry, noise }
    if (!ask) break
    const [after, more] = onAsk(policy, at, ask, now)
    at = after
    effects.push(...more)
  }
  if (at.phase === 'entering' && at.codec.decoder.size(at.carry) > HELD_MAX_BYTES) {
    return [{ ...at, phase: 'closing' }, [...effects, { type: 'give-up', code: 'flooding' }]]
  }
  if (!at.ended || at.phase === 'entering' || at.phase === 'closing') return [at, effects]
  return [{ ...at, phase: 'closing' }, [...effects, { type: 'conclude' }]]
}

/** Input that asks nothing is not refused, since nobody waits for an answer. Null: there is too much of it. */
function quieter({ noise, pingedAt }: CodecState, ask: Ask | null, blank: number, now: number): Bucket | null {
  const count = blank + (ask?.type === 'pong' && pingedAt === null ? 1 : 0)
  if (count === 0) return noise
  return count > NOISE.burst ? null : take(noise, NOISE, now, count)
}

export const NOISE: Rate = { perSecond: NOISE_PER_SECOND, burst: NOISE_BURST }

/** A client that asks too fast is told so. A client that goes on all the same is disconnected. */
function onAsk(policy: ConnectionPolicy, state: CodecState, ask: Ask, now: number): CodecNext {
  if (ask.type === 'pong') return onPong(state, now)
  const bucket = take(state.bucket, policy.rate, now, ask.type === 'command' ? costOfCommand(ask.command) : 1)
  if (bucket) {
    const at = { ...state, bucket, excess: 0 }
    return at.phase === 'live' ? onLive(at, ask) : onGreeting(at, ask)
  }
  if (state.excess >= FLOOD_MAX) return [{ ...state, phase: 'closing' }, [{ type: 'give-up', code: 'flooding' }]]
  const n = 'n' in ask ? ask.n : null
  const refuse: Effect = { type: 'refuse', n, code: 'slow-down', detail: `${policy.rate?.perSecond}` }
  return [{ ...state, excess: state.excess + 1 }, [refuse]]
}

const costOfCommand = (command: Command): number => ('text' in command ? costOf(command.text) : 1)
