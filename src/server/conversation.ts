/**
 * The protocol state of one connection, as a behaviour: from the first bytes to a name, a session, and its end. Pure;
 * what is to be done about it are effects, which converse.ts carries out.
 */
import type { Ask, Codec, Outgoing } from '../codec/codec.ts'
import { join, NO_BYTES } from '../codec/lines.ts'
import type { Query } from '../model/command.ts'
import type { CloseCode, ErrorCode } from '../model/error.ts'
import type { Body, SessionId } from '../model/input.ts'
import { NATIVE_LINE_MAX_BYTES } from '../model/limits.ts'
import type { Name } from '../model/name.ts'
import type { Signal } from '../port/transport.ts'
import { type Spoken, sniff } from '../transport/sniff.ts'
import { type Bucket, fullBucket, type Rate, take } from './bucket.ts'
import type { Notice, Resumption } from './link.ts'
import { vet, vetName, vetRoom } from './vet.ts'

export type Conversation =
  | { readonly phase: 'sniffing'; readonly bytes: Uint8Array; readonly ended: boolean }
  | Talking
  | { readonly phase: 'over' }

type Talking = {
  /** Without a name; with one that the reducer has yet to accept; in the room; or saying what is left to say. */
  readonly phase: 'greeting' | 'entering' | 'live' | 'closing'
  readonly codec: Codec
  readonly carry: unknown
  readonly session: SessionId | null
  readonly bucket: Bucket
  /** The peer will send no more. */
  readonly ended: boolean
}

/** `now` is monotonic time in milliseconds. */
export type Heard =
  | { readonly type: 'signal'; readonly signal: Signal; readonly now: number }
  | { readonly type: 'silence'; readonly ms: number; readonly now: number }
  | { readonly type: 'late' }
  | { readonly type: 'farewell' }
  | { readonly type: 'notice'; readonly notice: Notice; readonly now: number }

export type Deed =
  /** From now on this codec is spoken. */
  | { readonly do: 'speak'; readonly codec: Codec }
  | { readonly do: 'sniff-after'; readonly ms: number }
  | { readonly do: 'enter'; readonly name: Name; readonly room: string }
  | { readonly do: 'resume'; readonly resumption: Resumption }
  | {
      readonly do: 'submit'
      readonly session: SessionId
      readonly n: number | null
      readonly body: Body
      readonly text: string | null
    }
  | { readonly do: 'query'; readonly n: number | null; readonly query: Query }
  | { readonly do: 'refuse'; readonly n: number | null; readonly code: ErrorCode; readonly detail: string }
  | { readonly do: 'answer'; readonly outgoing: Outgoing }
  | { readonly do: 'pong'; readonly id: string | number | null }
  | { readonly do: 'help' }
  /** The protocol is known and not served: its own way to say so is written, and the connection ends. */
  | { readonly do: 'turn-away'; readonly spoken: Spoken }
  | { readonly do: 'give-up'; readonly code: CloseCode }
  /** Ends the connection when all that was asked has been answered. */
  | { readonly do: 'conclude' }
  | { readonly do: 'farewell' }
  | { readonly do: 'writable' }
  /** The connection is gone. */
  | { readonly do: 'lost'; readonly session: SessionId | null }

/** What a server decides about conversations. */
export type Manners = {
  readonly codecs: Partial<Record<Spoken, Codec>>
  readonly rate: Rate | null
}

export const firstWords: Conversation = { phase: 'sniffing', bytes: NO_BYTES, ended: false }
const OVER: Conversation = { phase: 'over' }

type Next = readonly [Conversation, readonly Deed[]]

/** Bytes that may wait for the answer to hello. */
const HELD_MAX_BYTES = 2 * NATIVE_LINE_MAX_BYTES

export const conversation =
  (manners: Manners) =>
  (talk: Conversation, heard: Heard): Next => {
    if (talk.phase === 'over') return [talk, []]
    switch (heard.type) {
      case 'signal':
        return onSignal(manners, talk, heard.signal, heard.now)
      case 'silence':
        return talk.phase === 'sniffing' ? listen(manners, talk, heard.ms, heard.now) : [talk, []]
      case 'late':
        return isIn(talk) ? [talk, []] : [talk, [{ do: 'give-up', code: 'handshake-timeout' }]]
      case 'farewell':
        return farewell(talk)
      case 'notice':
        return talk.phase === 'sniffing' ? [talk, []] : onNotice(manners, talk, heard.notice, heard.now)
    }
  }

function farewell(talk: Exclude<Conversation, { phase: 'over' }>): Next {
  if (talk.phase === 'sniffing') return [talk, [{ do: 'give-up', code: 'shutdown' }]]
  return [{ ...talk, phase: 'closing' }, [{ do: 'farewell' }]]
}

const isIn = (talk: Conversation): boolean => talk.phase === 'live' || talk.phase === 'closing'

function onSignal(manners: Manners, talk: Exclude<Conversation, { phase: 'over' }>, signal: Signal, now: number): Next {
  switch (signal.type) {
    case 'writable':
      return [talk, [{ do: 'writable' }]]
    case 'closed':
      return [OVER, [{ do: 'lost', session: talk.phase === 'sniffing' ? null : talk.session }]]
    case 'bytes':
      if (talk.phase === 'sniffing') return listen(manners, { ...talk, bytes: join(talk.bytes, signal.bytes) }, 0, now)
      if (talk.phase === 'closing') return [talk, []]
      return proceed(manners, { ...talk, carry: talk.codec.decoder.push(talk.carry, signal.bytes) }, now)
    case 'end':
      if (talk.phase === 'sniffing') return listen(manners, { ...talk, ended: true }, 0, now)
      return proceed(manners, { ...talk, ended: true, carry: talk.codec.decoder.finish(talk.carry) }, now)
  }
}

type Sniffing = Extract<Conversation, { phase: 'sniffing' }>

function listen(manners: Manners, talk: Sniffing, silence: number, now: number): Next {
  const verdict = sniff(talk.bytes, silence, talk.ended)
  if ('wait' in verdict) return [talk, [{ do: 'sniff-after', ms: verdict.wait }]]
  const codec = manners.codecs[verdict.spoken]
  if (!codec) return [OVER, [{ do: 'turn-away', spoken: verdict.spoken }]]
  const pushed = codec.decoder.push(codec.decoder.empty, talk.bytes)
  const carry = talk.ended ? codec.decoder.finish(pushed) : pushed
  const bucket = fullBucket(manners.rate, now)
  const greeting: Talking = { phase: 'greeting', codec, carry, session: null, bucket, ended: talk.ended }
  const prompt: readonly Deed[] = talk.bytes.length === 0 ? [{ do: 'answer', outgoing: { type: 'prompt' } }] : []
  return andThen([greeting, [{ do: 'speak', codec }, ...prompt]], talking => proceed(manners, talking, now))
}

/** Goes on after `first`, if the peer may still say a name. */
function andThen([talk, deeds]: Next, next: (talk: Talking) => Next): Next {
  if (talk.phase !== 'greeting') return [talk, deeds]
  const [after, more] = next(talk)
  return [after, [...deeds, ...more]]
}

/** Handles all asks that are whole, up to one whose answer decides how the next is to be read. */
function proceed(manners: Manners, talk: Talking, now: number): Next {
  const deeds: Deed[] = []
  let at = talk
  while (at.phase === 'greeting' || at.phase === 'live') {
    const { ask, carry } = at.codec.decoder.pull(at.carry, at.phase === 'live')
    at = { ...at, carry }
    if (!ask) break
    const [after, more] = at.phase === 'live' ? onLive(manners, at, ask, now) : onGreeting(at, ask)
    deeds.push(...more)
    if (after.phase === 'sniffing' || after.phase === 'over') return [after, deeds]
    at = after
  }
  if (at.phase === 'entering' && at.codec.decoder.size(at.carry) > HELD_MAX_BYTES) {
    return [{ ...at, phase: 'closing' }, [...deeds, { do: 'give-up', code: 'refused' }]]
  }
  if (!at.ended || at.phase === 'entering' || at.phase === 'closing') return [at, deeds]
  return [{ ...at, phase: 'closing' }, [...deeds, { do: 'conclude' }]]
}

function onGreeting(talk: Talking, ask: Ask): Next {
  switch (ask.type) {
    case 'hello': {
      const name = vetName(ask.name)
      if (!name.ok) return refusedName(talk, [{ do: 'refuse', n: null, code: name.code, detail: name.detail }])
      const room = vetRoom(ask.room ?? 'lobby')
      if (!room.ok) return refusedName(talk, [{ do: 'refuse', n: null, code: room.code, detail: room.detail }])
      return [{ ...talk, phase: 'entering' }, [{ do: 'enter', name: name.value, room: room.value }]]
    }
    case 'resume': {
      const { token, cursor, epoch } = ask
      return [{ ...talk, phase: 'entering' }, [{ do: 'resume', resumption: { token, cursor, epoch } }]]
    }
    case 'malformed':
      return refusedName(talk, [{ do: 'refuse', n: ask.n, code: ask.code, detail: ask.detail }])
    case 'command':
    case 'query':
      return [talk, [{ do: 'refuse', n: ask.n, code: 'not-entered', detail: '' }]]
    case 'help':
      return [talk, [{ do: 'help' }]]
    case 'ping':
      return [talk, [{ do: 'pong', id: ask.id }]]
    case 'pong':
      return [talk, []]
  }
}

/**
 * After a refused name a program may try again, a person is asked again, and the original's clients expect the end.
 * Lines that a pipe has already sent behind its name are not taken for further names.
 */
function refusedName(talk: Talking, deeds: readonly Deed[]): Next {
  const { onRefusal, decoder } = talk.codec
  const waiting = talk.ended || decoder.size(talk.carry) > 0
  if (onRefusal === 'close' || (onRefusal === 'prompt' && waiting)) {
    return [{ ...talk, phase: 'closing' }, [...deeds, { do: 'conclude' }]]
  }
  const prompt: readonly Deed[] = onRefusal === 'prompt' ? [{ do: 'answer', outgoing: { type: 'prompt' } }] : []
  return [{ ...talk, phase: 'greeting' }, [...deeds, ...prompt]]
}

function onLive(manners: Manners, talk: Talking, ask: Ask, now: number): Next {
  if (ask.type === 'pong') return [talk, []]
  const n = 'n' in ask ? ask.n : null
  const bucket = take(talk.bucket, manners.rate, now)
  if (!bucket) return [talk, [{ do: 'refuse', n, code: 'slow-down', detail: `${manners.rate?.perSecond}` }]]
  return [{ ...talk, bucket }, onAsk(talk, ask)]
}

function onAsk(talk: Talking, ask: Exclude<Ask, { type: 'pong' }>): readonly Deed[] {
  switch (ask.type) {
    case 'hello':
    case 'resume':
      return [{ do: 'refuse', n: null, code: 'already-entered', detail: '' }]
    case 'malformed':
      return [{ do: 'refuse', n: ask.n, code: ask.code, detail: ask.detail }]
    case 'query':
      return [{ do: 'query', n: ask.n, query: ask.query }]
    case 'ping':
      return [{ do: 'pong', id: ask.id }]
    case 'help':
      return [{ do: 'help' }]
    case 'command': {
      const vetted = vet(ask.command)
      if (!vetted.ok) return [{ do: 'refuse', n: ask.n, code: vetted.code, detail: vetted.detail }]
      const { body, text } = vetted
      return talk.session === null ? [] : [{ do: 'submit', session: talk.session, n: ask.n, body, text }]
    }
  }
}

function onNotice(manners: Manners, talk: Talking, notice: Notice, now: number): Next {
  switch (notice.type) {
    case 'entered':
      return proceed(manners, { ...talk, phase: 'live', session: notice.session }, now)
    case 'refused':
      if (talk.phase !== 'entering') return [talk, []]
      return andThen(refusedName(talk, []), again => proceed(manners, again, now))
    case 'ended':
      return [{ ...talk, phase: 'closing', session: null }, []]
  }
}
