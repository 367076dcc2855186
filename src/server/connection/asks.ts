/** Handles requests one after another, before the session has a name and after. */
import type { Ask, Outgoing } from '../../codec/codec.ts'
import type { Command } from '../../model/command.ts'
import { FLOOD_MAX, NATIVE_LINE_MAX_BYTES, NOISE_BURST, NOISE_PER_SECOND } from '../../model/limits.ts'
import { type Bucket, costOf, type Rate, take } from '../ingress/token-bucket.ts'
import { vet, vetEnter } from '../ingress/vet.ts'
import { onPong } from './liveness.ts'
import type { CodecNext, CodecState, ConnectionPolicy, Effect } from './state.ts'

/** Bytes that may wait for the answer to hello. */
const HELD_MAX_BYTES = 2 * NATIVE_LINE_MAX_BYTES

/** Handles all requests that are complete, up to one whose answer decides how the next is to be read. */
export function proceed(policy: ConnectionPolicy, state: CodecState, now: number): CodecNext {
  const effects: Effect[] = []
  let at = state
  while (at.phase === 'greeting' || at.phase === 'live') {
    const { ask, carry, blank } = at.codec.decoder.pull(at.carry, at.phase === 'live')
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
    return at.phase === 'live' ? [at, onLive(at, ask)] : onGreeting(at, ask)
  }
  if (state.excess >= FLOOD_MAX) return [{ ...state, phase: 'closing' }, [{ type: 'give-up', code: 'flooding' }]]
  const n = 'n' in ask ? ask.n : null
  const refuse: Effect = { type: 'refuse', n, code: 'slow-down', detail: `${policy.rate?.perSecond}` }
  return [{ ...state, excess: state.excess + 1 }, [refuse]]
}

const costOfCommand = (command: Command): number => ('text' in command ? costOf(command.text) : 1)

type PeerAsk = Exclude<Ask, { type: 'pong' }>

function onGreeting(state: CodecState, ask: PeerAsk): CodecNext {
  switch (ask.type) {
    case 'hello': {
      const shown = ask.hidden ? [prompt('shown')] : []
      const enter = vetEnter(ask)
      if (!enter.ok) {
        return refusedName(state, [...shown, { type: 'refuse', n: null, code: enter.code, detail: enter.detail }])
      }
      const { history, password = null } = ask
      return [
        { ...state, phase: 'entering', awaiting: true },
        [...shown, { type: 'enter', ...enter.value, history, password }],
      ]
    }
    case 'password': {
      // A client that sent the password along with the name is not asked for it.
      if (state.codec.decoder.size(state.carry) > 0) return [state, []]
      return [state, [prompt(ask.hidden ? 'secret' : 'password')]]
    }
    case 'resume': {
      const { token, cursor, epoch, history, password = null } = ask
      const enter = ask.enter && vetEnter(ask.enter)
      if (enter?.ok === false) {
        return refusedName(state, [{ type: 'refuse', n: null, code: enter.code, detail: enter.detail }])
      }
      const resumption = { token, cursor, epoch }
      const effect: Effect = { type: 'resume', resumption, history, enter: enter?.value ?? null, password }
      return [{ ...state, phase: 'entering', awaiting: true }, [effect]]
    }
    case 'prove':
      return [state, [{ type: 'refuse', n: null, code: 'not-entered', detail: '' }]]
    case 'malformed':
      return refusedName(state, [{ type: 'refuse', n: ask.n, code: ask.code, detail: ask.detail }])
    case 'command':
    case 'query':
      return [state, [{ type: 'refuse', n: ask.n, code: 'not-entered', detail: '' }]]
    case 'help':
      return [state, [{ type: 'help' }]]
    case 'ping':
      return [state, [{ type: 'pong', id: ask.id }]]
    case 'answered':
      return [state, [{ type: 'reply', text: ask.text }]]
    case 'negotiated': {
      const { encoding } = ask
      return [{ ...state, codec: { ...state.codec, encoding } }, [{ type: 'write-in', encoding }]]
    }
  }
}

/**
 * After a refused name a program may try again, a person is asked again, and the original's clients expect the end.
 * Lines that a pipe has already sent behind its name are not taken as further names.
 */
export function refusedName(state: CodecState, effects: readonly Effect[]): CodecNext {
  const { onRefusal, decoder } = state.codec
  const waiting = state.ended || decoder.size(state.carry) > 0
  if (onRefusal === 'close' || (onRefusal === 'prompt' && waiting)) {
    return [{ ...state, phase: 'closing' }, [...effects, { type: 'conclude' }]]
  }
  return [{ ...state, phase: 'greeting' }, [...effects, ...(onRefusal === 'prompt' ? [prompt('name')] : [])]]
}

export const prompt = (what: Extract<Outgoing, { type: 'prompt' }>['what']): Effect => ({
  type: 'answer',
  outgoing: { type: 'prompt', what },
})

function onLive(state: CodecState, ask: PeerAsk): readonly Effect[] {
  switch (ask.type) {
    case 'hello':
    case 'resume':
      return [{ type: 'refuse', n: null, code: 'already-entered', detail: '' }]
    case 'prove':
      return [{ type: 'refuse', n: null, code: 'already-entered', detail: '' }]
    case 'malformed':
      return [{ type: 'refuse', n: ask.n, code: ask.code, detail: ask.detail }]
    case 'query':
      return state.session === null ? [] : [{ type: 'query', session: state.session, n: ask.n, query: ask.query }]
    case 'ping':
      return [{ type: 'pong', id: ask.id }]
    case 'help':
      return [{ type: 'help' }]
    case 'answered':
      return [{ type: 'reply', text: ask.text }]
    // Rings are of one encoding, so a session keeps the one that it began in.
    case 'negotiated':
      return []
    // The password is asked for only before there is a name.
    case 'password':
      return []
    case 'command': {
      const { session } = state
      if (session === null) return []
      if (ask.command.type === 'delete') {
        return [{ type: 'delete', session, n: ask.n, seq: ask.command.seq, room: ask.command.room }]
      }
      const vetted = vet(ask.command)
      if (!vetted.ok) return [{ type: 'refuse', n: ask.n, code: vetted.code, detail: vetted.detail }]
      const { body, text } = vetted
      return [{ type: 'submit', session, n: ask.n, body, text }]
    }
  }
}
