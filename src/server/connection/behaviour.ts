/**
 * The state machine of one connection, as a behaviour: from its first bytes to a name, a session, and the end. Pure;
 * the connection's actor carries out the effects.
 */
import type { Codec } from '../../codec/codec.ts'
import { join, NO_BYTES } from '../../codec/lines.ts'
import type { SessionId } from '../../model/input.ts'
import { SNIFF_PATIENCE_MS, SNIFF_SPARE_MS } from '../../model/limits.ts'
import type { Signal } from '../../port/transport.ts'
import { readProxyHeader } from '../../transport/proxy.ts'
import { type SniffedProtocol, sniff } from '../../transport/sniff.ts'
import type { Notice } from '../delivery/link.ts'
import { type Bucket, fullBucket } from '../ingress/bounds/token-bucket.ts'
import { NOISE, proceed } from './asks.ts'
import { refusedName } from './greeting.ts'
import { FIRST_BEAT_MS, onBeat } from './liveness.ts'
import { askSecret, prompt } from './prompts.ts'
import type {
  CodecNext,
  CodecState,
  ConnectionMessage,
  ConnectionPolicy,
  ConnectionState,
  Effect,
  Next,
} from './state.ts'

/** `vouched`: it comes from a trusted proxy. */
export const initialState = (vouched: boolean): Sniffing => ({ ...UNHEARD, vouched })

const UNHEARD: Sniffing = { phase: 'sniffing', bytes: NO_BYTES, ended: false, secure: false, vouched: false }

export const behaviourOf =
  (policy: ConnectionPolicy) =>
  (state: ConnectionState, message: ConnectionMessage): Next => {
    if (state.phase === 'over') return [state, []]
    if (state.phase === 'gone') return message.type === 'notice' ? onceGone(state, message.notice) : [state, []]
    switch (message.type) {
      case 'signal':
        return onSignal(policy, state, message.signal, message.now)
      case 'silence':
        return state.phase === 'sniffing' ? onSilence(policy, state, message) : [state, []]
      case 'late':
        return onLate(state)
      case 'beat':
        return hasCodec(state) ? onBeat(state, message.now, message.keepsMuch) : [state, []]
      case 'farewell':
        if (!hasCodec(state)) return [state, [{ type: 'give-up', code: message.code }]]
        return [{ ...state, phase: 'closing' }, [{ type: 'farewell', code: message.code }]]
      case 'notice':
        return hasCodec(state) ? onNotice(policy, state, message.notice, message.now) : [state, []]
    }
  }

const hasCodec = (state: ConnectionState): state is CodecState => 'codec' in state

/** A client that has sent a name in time is not late, unless it's refused. */
function onLate(state: ConnectionState): Next {
  const late: Effect = { type: 'give-up', code: 'handshake-timeout' }
  if (state.phase === 'sniffing' || state.phase === 'handed-on') return [state, [late]]
  if (state.phase === 'greeting') return [{ ...state, phase: 'closing' }, [late]]
  return hasCodec(state) && state.phase === 'entering' ? [{ ...state, isLate: true }, []] : [state, []]
}

function onSignal(policy: ConnectionPolicy, state: ConnectionState, signal: Signal, now: number): Next {
  switch (signal.type) {
    case 'writable':
      return [state, [{ type: 'writable' }]]
    case 'closed':
      if (hasCodec(state) && state.awaiting) return [{ phase: 'gone' }, detached(state)]
      return lost(hasCodec(state) ? state.session : null)
    case 'bytes':
      if (state.phase === 'sniffing')
        return listen(policy, { ...state, bytes: join(state.bytes, signal.bytes) }, 0, now)
      if (!hasCodec(state) || state.phase === 'closing') return [state, []]
      return proceed(policy, { ...state, heardAt: now }, now, state.codec.decoder.push(state.carry, signal.bytes))
    case 'secured':
      return listen(policy, { ...UNHEARD, secure: true }, 0, now)
    case 'upgraded': {
      const codec = policy.codecs.websocket
      if (!codec) return [state, [{ type: 'give-up', code: 'unsupported' }]]
      return begin(policy, codec, UNHEARD, now)
    }
    case 'broken':
      if (!hasCodec(state) || state.phase === 'closing') return [state, []]
      return [{ ...state, phase: 'closing' }, [{ type: 'give-up', code: signal.code }]]
    case 'end':
      if (state.phase === 'sniffing') return listen(policy, { ...state, ended: true }, 0, now)
      if (!hasCodec(state)) return [state, []]
      return proceed(policy, { ...state, ended: true, carry: state.codec.decoder.finish(state.carry) }, now)
  }
}

type Sniffing = Extract<ConnectionState, { phase: 'sniffing' }>

function onSilence(
  policy: ConnectionPolicy,
  state: Sniffing,
  { ms, now, mayBrowse }: Extract<ConnectionMessage, { type: 'silence' }>,
): Next {
  const isSpare = mayBrowse && state.bytes.length === 0 && !state.ended && ms < SNIFF_SPARE_MS
  return isSpare ? [state, [{ type: 'sniff-after', ms: SNIFF_SPARE_MS }]] : listen(policy, state, ms, now)
}

function listen(policy: ConnectionPolicy, state: Sniffing, silence: number, now: number): Next {
  // A trusted proxy opens connections ahead, and takes a greeting on them for a fault. No client is behind them yet.
  if (state.vouched && state.bytes.length === 0 && !state.ended) return [state, []]
  const verdict = sniff(state.bytes, silence, state.ended)
  if ('wait' in verdict) return [state, [{ type: 'sniff-after', ms: verdict.wait }]]
  const { spoken } = verdict
  if (spoken === 'proxy') return hearProxy(policy, state, silence, now)
  if (spoken === 'tls' && state.secure) return away({ type: 'turn-away', spoken, why: 'unsupported' })
  const codec = policy.codecs[spoken]
  // HTTP gets its own answer, which redirects to TLS.
  if (policy.tlsOnly && !state.secure && spoken !== 'tls' && spoken !== 'http') return insistOnTls(state, spoken, codec)
  if (!codec) return away({ type: 'hand-on', spoken, bytes: state.bytes })
  return begin(policy, codec, state, now)
}

const away = (effect: Effect): Next => [{ phase: 'handed-on' }, [effect]]

/**
 * A trusted proxy reports the client's address, once and before all else. From other peers a PROXY header is refused.
 */
function hearProxy(policy: ConnectionPolicy, state: Sniffing, silence: number, now: number): Next {
  if (!state.vouched) return away({ type: 'give-up', code: 'proxy-refused' })
  const header = readProxyHeader(state.bytes)
  switch (header.is) {
    case 'partial':
      if (!state.ended && silence < SNIFF_PATIENCE_MS) return [state, [{ type: 'sniff-after', ms: SNIFF_PATIENCE_MS }]]
      return away({ type: 'give-up', code: 'proxy-broken' })
    case 'broken':
      return away({ type: 'give-up', code: 'proxy-broken' })
    case 'whole': {
      const bytes = state.bytes.subarray(header.length)
      const [after, effects] = listen(policy, { ...state, bytes, vouched: false }, 0, now)
      return [after, header.address === null ? effects : [{ type: 'came-from', address: header.address }, ...effects]]
    }
  }
}

function insistOnTls(state: Sniffing, spoken: SniffedProtocol, codec: Codec | undefined): Next {
  if (!codec) return away({ type: 'turn-away', spoken, why: 'tls-only' })
  const closing: CodecState = { ...greeting(codec, state, fullBucket(null, 0), 0), phase: 'closing' }
  return [
    closing,
    [
      { type: 'speak', codec },
      { type: 'give-up', code: 'tls-only' },
    ],
  ]
}

/** The first bytes of a protocol that is known now. */
function begin(policy: ConnectionPolicy, codec: Codec, state: Sniffing, now: number): Next {
  const effects: Effect[] = [{ type: 'speak', codec }]
  if (state.bytes.length === 0) effects.push(prompt('name'))
  if (codec.encoding.pings) effects.push({ type: 'beat-after', ms: FIRST_BEAT_MS })
  const [after, more] = proceed(policy, greeting(codec, state, fullBucket(policy.rate, now), now), now)
  return [after, [...effects, ...more]]
}

function greeting(codec: Codec, { bytes, ended }: Sniffing, bucket: Bucket, now: number): CodecState {
  const pushed = codec.decoder.push(codec.decoder.empty, bytes)
  return {
    phase: 'greeting',
    codec,
    carry: ended ? codec.decoder.finish(pushed) : pushed,
    session: null,
    awaiting: false,
    isLate: false,
    asked: null,
    bucket,
    noise: fullBucket(NOISE, now),
    excess: 0,
    heardAt: now,
    pingedAt: null,
    ended,
  }
}

/** Detaches the session that the connection has had until now. */
const detached = ({ session }: CodecState): readonly Effect[] => (session === null ? [] : [{ type: 'detach', session }])

const lost = (session: SessionId | null): Next => [{ phase: 'over' }, [{ type: 'lost', session }]]

/** The answer to hello has yet to come. */
function onceGone(state: ConnectionState, notice: Notice): Next {
  if (notice.type === 'fell-behind') return [state, []]
  return lost(notice.type === 'entered' ? notice.session : null)
}

/** The state of the peer before it asked to enter: without a session, or with the one that it still has. */
const back = (state: CodecState): CodecState => ({ ...state, phase: state.session === null ? 'greeting' : 'live' })

/** Nothing else would end the connection of a peer that sends no other name. */
function refusedAgain(state: CodecState): CodecNext {
  const [after, effects] = refusedName({ ...state, isLate: false }, [])
  return [after, state.isLate && after.phase === 'greeting' ? [...effects, { type: 'wait-again' }] : effects]
}

/** Then handles the requests that have come meanwhile. */
function onwards(policy: ConnectionPolicy, [state, effects]: CodecNext, now: number): Next {
  if (state.phase !== 'greeting' && state.phase !== 'live') return [state, effects]
  const [later, more] = proceed(policy, state, now)
  return [later, [...effects, ...more]]
}

function onNotice(policy: ConnectionPolicy, state: CodecState, notice: Notice, now: number): Next {
  switch (notice.type) {
    case 'entered': {
      const entered: CodecState = { ...state, awaiting: false, session: notice.session }
      const left = state.session
      const effects: readonly Effect[] = left === null ? [] : [{ type: 'switched', from: left, to: notice.session }]
      if (state.phase === 'closing') return [entered, effects]
      return onwards(policy, [{ ...entered, phase: 'live' }, effects], now)
    }
    case 'refused': {
      const answered: CodecState = { ...state, awaiting: false }
      if (state.phase !== 'entering') return [answered, []]
      return onwards(policy, state.session === null ? refusedAgain(answered) : [back(answered), []], now)
    }
    case 'challenged':
      if (state.phase !== 'entering') return [{ ...state, awaiting: false }, []]
      return onwards(policy, [back({ ...state, awaiting: false, isLate: false }), []], now)
    case 'registered': {
      const { name, room } = notice
      if (state.phase !== 'entering') return [{ ...state, awaiting: false }, []]
      const greeting: CodecState = { ...state, phase: 'greeting', awaiting: false, isLate: false }
      return onwards(policy, askSecret(greeting, { for: 'hello', name, room }), now)
    }
    case 'ended':
      return [{ ...state, phase: 'closing', session: null }, []]
    // Nothing else would end the connection after a goodbye that could not be stored. The session is lost with it.
    case 'stayed':
      return [{ ...state, phase: 'closing' }, [{ type: 'conclude' }]]
    case 'fell-behind': {
      const { awaiting } = state
      if (awaiting) return [{ phase: 'gone' }, detached(state)]
      return [{ ...state, phase: 'closing', session: null }, detached(state)]
    }
  }
}
