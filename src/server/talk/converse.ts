/**
 * The protocol state of one connection, as a behaviour: from its first bytes to a name, a session, and the end. Pure;
 * what is to be done about it are deeds, which the connection's actor carries out.
 */
import type { Codec } from '../../codec/codec.ts'
import { join, NO_BYTES } from '../../codec/lines.ts'
import type { SessionId } from '../../model/input.ts'
import type { Signal } from '../../port/transport.ts'
import { sniff } from '../../transport/sniff.ts'
import { fullBucket } from '../bucket.ts'
import type { Notice } from '../link.ts'
import type { Conversation, Deed, Heard, Manners, Next, Talking } from './conversation.ts'
import { FIRST_BEAT_MS, onBeat } from './liveness.ts'
import { proceed, refusedName } from './proceed.ts'

export const firstWords: Sniffing = { phase: 'sniffing', bytes: NO_BYTES, ended: false }

export const conversing =
  (manners: Manners) =>
  (talk: Conversation, heard: Heard): Next => {
    if (talk.phase === 'over') return [talk, []]
    if (talk.phase === 'gone') return heard.type === 'notice' ? onceGone(talk, heard.notice) : [talk, []]
    switch (heard.type) {
      case 'signal':
        return onSignal(manners, talk, heard.signal, heard.now)
      case 'silence':
        return talk.phase === 'sniffing' ? listen(manners, talk, heard.ms, heard.now) : [talk, []]
      case 'late':
        return onLate(talk)
      case 'beat':
        return isTalking(talk) ? onBeat(talk, heard.now) : [talk, []]
      case 'farewell':
        if (!isTalking(talk)) return [talk, [{ do: 'give-up', code: 'shutdown' }]]
        return [{ ...talk, phase: 'closing' }, [{ do: 'farewell' }]]
      case 'notice':
        return isTalking(talk) ? onNotice(manners, talk, heard.notice, heard.now) : [talk, []]
    }
  }

const isTalking = (talk: Conversation): talk is Talking => 'codec' in talk

/** Whoever has said a name in time is not late, whatever the answer. */
function onLate(talk: Conversation): Next {
  const late: Deed = { do: 'give-up', code: 'handshake-timeout' }
  if (talk.phase === 'sniffing') return [talk, [late]]
  return talk.phase === 'greeting' ? [{ ...talk, phase: 'closing' }, [late]] : [talk, []]
}

function onSignal(manners: Manners, talk: Conversation, signal: Signal, now: number): Next {
  switch (signal.type) {
    case 'writable':
      return [talk, [{ do: 'writable' }]]
    case 'closed':
      if (isTalking(talk) && talk.awaiting) return [{ phase: 'gone' }, []]
      return lost(isTalking(talk) ? talk.session : null)
    case 'bytes':
      if (talk.phase === 'sniffing') return listen(manners, { ...talk, bytes: join(talk.bytes, signal.bytes) }, 0, now)
      if (!isTalking(talk) || talk.phase === 'closing') return [talk, []]
      return proceed(manners, { ...talk, heardAt: now, carry: talk.codec.decoder.push(talk.carry, signal.bytes) }, now)
    case 'upgraded': {
      const codec = manners.codecs.websocket
      if (!codec) return [talk, [{ do: 'give-up', code: 'unsupported' }]]
      return begin(manners, codec, firstWords, now)
    }
    case 'broken':
      if (!isTalking(talk) || talk.phase === 'closing') return [talk, []]
      return [{ ...talk, phase: 'closing' }, [{ do: 'give-up', code: signal.code }]]
    case 'end':
      if (talk.phase === 'sniffing') return listen(manners, { ...talk, ended: true }, 0, now)
      if (!isTalking(talk)) return [talk, []]
      return proceed(manners, { ...talk, ended: true, carry: talk.codec.decoder.finish(talk.carry) }, now)
  }
}

type Sniffing = Extract<Conversation, { phase: 'sniffing' }>

function listen(manners: Manners, talk: Sniffing, silence: number, now: number): Next {
  const verdict = sniff(talk.bytes, silence, talk.ended)
  if ('wait' in verdict) return [talk, [{ do: 'sniff-after', ms: verdict.wait }]]
  const codec = manners.codecs[verdict.spoken]
  if (!codec) return [{ phase: 'handed-on' }, [{ do: 'hand-on', spoken: verdict.spoken, bytes: talk.bytes }]]
  return begin(manners, codec, talk, now)
}

/** The first words in a protocol that is known now. */
function begin(manners: Manners, codec: Codec, talk: Sniffing, now: number): Next {
  const pushed = codec.decoder.push(codec.decoder.empty, talk.bytes)
  const greeting: Talking = {
    phase: 'greeting',
    codec,
    carry: talk.ended ? codec.decoder.finish(pushed) : pushed,
    session: null,
    awaiting: false,
    bucket: fullBucket(manners.rate, now),
    excess: 0,
    heardAt: now,
    pingedAt: null,
    ended: talk.ended,
  }
  const deeds: Deed[] = [{ do: 'speak', codec }]
  if (talk.bytes.length === 0) deeds.push({ do: 'answer', outgoing: { type: 'prompt' } })
  if (codec.encoding.pings) deeds.push({ do: 'beat-after', ms: FIRST_BEAT_MS })
  const [after, more] = proceed(manners, greeting, now)
  return [after, [...deeds, ...more]]
}

const lost = (session: SessionId | null): Next => [{ phase: 'over' }, [{ do: 'lost', session }]]

/** The answer to hello is awaited. */
function onceGone(talk: Conversation, notice: Notice): Next {
  if (notice.type === 'fell-behind') return [talk, []]
  return lost(notice.type === 'entered' ? notice.session : null)
}

function onNotice(manners: Manners, talk: Talking, notice: Notice, now: number): Next {
  switch (notice.type) {
    case 'entered': {
      const entered: Talking = { ...talk, awaiting: false, session: notice.session }
      return talk.phase === 'closing' ? [entered, []] : proceed(manners, { ...entered, phase: 'live' }, now)
    }
    case 'refused': {
      if (talk.phase !== 'entering') return [{ ...talk, awaiting: false }, []]
      const [after, deeds] = refusedName({ ...talk, awaiting: false }, [])
      if (after.phase !== 'greeting') return [after, deeds]
      const [later, more] = proceed(manners, after, now)
      return [later, [...deeds, ...more]]
    }
    case 'ended':
      return [{ ...talk, phase: 'closing', session: null }, []]
    case 'fell-behind': {
      const { awaiting, session } = talk
      if (awaiting) return [{ phase: 'gone' }, []]
      return [{ ...talk, phase: 'closing', session: null }, session === null ? [] : [{ do: 'detach', session }]]
    }
  }
}
