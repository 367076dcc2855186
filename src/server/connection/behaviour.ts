/**
 * The state machine of one connection, as a behaviour: from its first bytes to a name, a session, and the end. Pure;
 * the connection's actor carries out the effects.
 */
import type { Codec } from '../../codec/codec.ts'
import { join, NO_BYTES } from '../../codec/lines.ts'
import type { SessionId } from '../../model/input.ts'
import { SNIFF_PATIENCE_MS } from '../../model/limits.ts'
import type { Signal } from '../../port/transport.ts'
import { readProxyHeader } from '../../transport/proxy.ts'
import { type SniffedProtocol, sniff } from '../../transport/sniff.ts'
import type { Notice } from '../delivery/link.ts'
import { type Bucket, fullBucket } from '../ingress/token-bucket.ts'
import { NOISE, proceed, prompt, refusedName } from './asks.ts'
import { FIRST_BEAT_MS, onBeat } from './liveness.ts'
import type { ConnectionMessage, ConnectionPolicy, ConnectionState, Effect, Next, Talking } from './state.ts'

/** `vouched`: it comes from a trusted proxy. */
export const firstWords = (vouched: boolean): Sniffing => ({ ...UNHEARD, vouched })

const UNHEARD: Sniffing = { phase: 'sniffing', bytes: NO_BYTES, ended: false, secure: false, vouched: false }

export const conversing =
  (policy: ConnectionPolicy) =>
  (talk: ConnectionState, heard: ConnectionMessage): Next => {
    if (talk.phase === 'over') return [talk, []]
    if (talk.phase === 'gone') return heard.type === 'notice' ? onceGone(talk, heard.notice) : [talk, []]
    switch (heard.type) {
      case 'signal':
        return onSignal(policy, talk, heard.signal, heard.now)
      case 'silence':
        return talk.phase === 'sniffing' ? listen(policy, talk, heard.ms, heard.now) : [talk, []]
      case 'late':
        return onLate(talk)
      case 'beat':
        return isTalking(talk) ? onBeat(talk, heard.now, heard.keepsMuch) : [talk, []]
      case 'farewell':
        if (!isTalking(talk)) return [talk, [{ type: 'give-up', code: 'shutdown' }]]
        return [{ ...talk, phase: 'closing' }, [{ type: 'farewell' }]]
      case 'notice':
        return isTalking(talk) ? onNotice(policy, talk, heard.notice, heard.now) : [talk, []]
    }
  }

const isTalking = (talk: ConnectionState): talk is Talking => 'codec' in talk

/** A client that has sent a name in time is not late, whatever the answer. */
function onLate(talk: ConnectionState): Next {
  const late: Effect = { type: 'give-up', code: 'handshake-timeout' }
  if (talk.phase === 'sniffing' || talk.phase === 'handed-on') return [talk, [late]]
  return talk.phase === 'greeting' ? [{ ...talk, phase: 'closing' }, [late]] : [talk, []]
}

function onSignal(policy: ConnectionPolicy, talk: ConnectionState, signal: Signal, now: number): Next {
  switch (signal.type) {
    case 'writable':
      return [talk, [{ type: 'writable' }]]
    case 'closed':
      if (isTalking(talk) && talk.awaiting) return [{ phase: 'gone' }, []]
      return lost(isTalking(talk) ? talk.session : null)
    case 'bytes':
      if (talk.phase === 'sniffing') return listen(policy, { ...talk, bytes: join(talk.bytes, signal.bytes) }, 0, now)
      if (!isTalking(talk) || talk.phase === 'closing') return [talk, []]
      return proceed(policy, { ...talk, heardAt: now, carry: talk.codec.decoder.push(talk.carry, signal.bytes) }, now)
    case 'secured':
      return listen(policy, { ...UNHEARD, secure: true }, 0, now)
    case 'upgraded': {
      const codec = policy.codecs.websocket
      if (!codec) return [talk, [{ type: 'give-up', code: 'unsupported' }]]
      return begin(policy, codec, UNHEARD, now)
    }
    case 'broken':
      if (!isTalking(talk) || talk.phase === 'closing') return [talk, []]
      return [{ ...talk, phase: 'closing' }, [{ type: 'give-up', code: signal.code }]]
    case 'end':
      if (talk.phase === 'sniffing') return listen(policy, { ...talk, ended: true }, 0, now)
      if (!isTalking(talk)) return [talk, []]
      return proceed(policy, { ...talk, ended: true, carry: talk.codec.decoder.finish(talk.carry) }, now)
  }
}

type Sniffing = Extract<ConnectionState, { phase: 'sniffing' }>

function listen(policy: ConnectionPolicy, talk: Sniffing, silence: number, now: number): Next {
  // A trusted proxy opens connections ahead, and takes a greeting on them for a fault. No client is behind them yet.
  if (talk.vouched && talk.bytes.length === 0 && !talk.ended) return [talk, []]
  const verdict = sniff(talk.bytes, silence, talk.ended)
  if ('wait' in verdict) return [talk, [{ type: 'sniff-after', ms: verdict.wait }]]
  const { spoken } = verdict
  if (spoken === 'proxy') return hearProxy(policy, talk, silence, now)
  if (spoken === 'tls' && talk.secure) return away({ type: 'turn-away', spoken, why: 'unsupported' })
  const codec = policy.codecs[spoken]
  // HTTP gets its own answer, which redirects to TLS.
  if (policy.tlsOnly && !talk.secure && spoken !== 'tls' && spoken !== 'http') return insistOnTls(talk, spoken, codec)
  if (!codec) return away({ type: 'hand-on', spoken, bytes: talk.bytes })
  return begin(policy, codec, talk, now)
}

const away = (effect: Effect): Next => [{ phase: 'handed-on' }, [effect]]

/**
 * A trusted proxy reports the client's address, once and before all else. From other peers a PROXY header is refused.
 */
function hearProxy(policy: ConnectionPolicy, talk: Sniffing, silence: number, now: number): Next {
  if (!talk.vouched) return away({ type: 'give-up', code: 'proxy-refused' })
  const header = readProxyHeader(talk.bytes)
  switch (header.is) {
    case 'partial':
      if (!talk.ended && silence < SNIFF_PATIENCE_MS) return [talk, [{ type: 'sniff-after', ms: SNIFF_PATIENCE_MS }]]
      return away({ type: 'give-up', code: 'proxy-broken' })
    case 'broken':
      return away({ type: 'give-up', code: 'proxy-broken' })
    case 'whole': {
      const bytes = talk.bytes.subarray(header.length)
      const [after, effects] = listen(policy, { ...talk, bytes, vouched: false }, 0, now)
      return [after, header.address === null ? effects : [{ type: 'came-from', address: header.address }, ...effects]]
    }
  }
}

function insistOnTls(talk: Sniffing, spoken: SniffedProtocol, codec: Codec | undefined): Next {
  if (!codec) return away({ type: 'turn-away', spoken, why: 'tls-only' })
  const closing: Talking = { ...greeting(codec, talk, fullBucket(null, 0), 0), phase: 'closing' }
  return [
    closing,
    [
      { type: 'speak', codec },
      { type: 'give-up', code: 'tls-only' },
    ],
  ]
}

/** The first bytes of a protocol that is known now. */
function begin(policy: ConnectionPolicy, codec: Codec, talk: Sniffing, now: number): Next {
  const effects: Effect[] = [{ type: 'speak', codec }]
  if (talk.bytes.length === 0) effects.push(prompt('name'))
  if (codec.encoding.pings) effects.push({ type: 'beat-after', ms: FIRST_BEAT_MS })
  const [after, more] = proceed(policy, greeting(codec, talk, fullBucket(policy.rate, now), now), now)
  return [after, [...effects, ...more]]
}

function greeting(codec: Codec, { bytes, ended }: Sniffing, bucket: Bucket, now: number): Talking {
  const pushed = codec.decoder.push(codec.decoder.empty, bytes)
  return {
    phase: 'greeting',
    codec,
    carry: ended ? codec.decoder.finish(pushed) : pushed,
    session: null,
    awaiting: false,
    bucket,
    noise: fullBucket(NOISE, now),
    excess: 0,
    heardAt: now,
    pingedAt: null,
    ended,
  }
}

const lost = (session: SessionId | null): Next => [{ phase: 'over' }, [{ type: 'lost', session }]]

/** The answer to hello has yet to come. */
function onceGone(talk: ConnectionState, notice: Notice): Next {
  if (notice.type === 'fell-behind') return [talk, []]
  return lost(notice.type === 'entered' ? notice.session : null)
}

function onNotice(policy: ConnectionPolicy, talk: Talking, notice: Notice, now: number): Next {
  switch (notice.type) {
    case 'entered': {
      const entered: Talking = { ...talk, awaiting: false, session: notice.session }
      return talk.phase === 'closing' ? [entered, []] : proceed(policy, { ...entered, phase: 'live' }, now)
    }
    case 'refused': {
      if (talk.phase !== 'entering') return [{ ...talk, awaiting: false }, []]
      const [after, effects] = refusedName({ ...talk, awaiting: false }, [])
      if (after.phase !== 'greeting') return [after, effects]
      const [later, more] = proceed(policy, after, now)
      return [later, [...effects, ...more]]
    }
    case 'ended':
      return [{ ...talk, phase: 'closing', session: null }, []]
    // Nothing else would end the connection after a goodbye that could not be stored. The session is lost with it.
    case 'stayed':
      return [{ ...talk, phase: 'closing' }, [{ type: 'conclude' }]]
    case 'fell-behind': {
      const { awaiting, session } = talk
      if (awaiting) return [{ phase: 'gone' }, []]
      return [{ ...talk, phase: 'closing', session: null }, session === null ? [] : [{ type: 'detach', session }]]
    }
  }
}
