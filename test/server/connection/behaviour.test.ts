/** A conversation as a behaviour: what follows from what is heard, in whatever order connections and answers end. */
import { describe, expect, test } from 'vitest'
import { nativeCodec } from '../../../src/codec/native/codec.ts'
import { BEAT_MS } from '../../../src/model/limits.ts'
import { conversing, firstWords } from '../../../src/server/connection/behaviour.ts'
import type { Conversation, Deed, Heard } from '../../../src/server/connection/state.ts'
import type { Notice } from '../../../src/server/delivery/link.ts'

const behave = conversing({ codecs: { native: nativeCodec }, rate: null, tlsOnly: false })
const HELLO: Heard = {
  type: 'signal',
  signal: { type: 'bytes', bytes: Buffer.from('{"type":"hello","name":"alice"}\n') },
  now: 0,
}
const CLOSED: Heard = { type: 'signal', signal: { type: 'closed' }, now: 0 }
const notice = (said: Notice): Heard => ({ type: 'notice', notice: said, now: 0 })
const ENTERED = notice({ type: 'entered', session: 's' })
const FELL_BEHIND = notice({ type: 'fell-behind' })

/** What is done about the last of what is heard, and where that leads. */
function following(...heard: readonly Heard[]): { readonly talk: Conversation; readonly deeds: readonly Deed[] } {
  let [talk, deeds]: readonly [Conversation, readonly Deed[]] = [firstWords(false), []]
  for (const one of heard) [talk, deeds] = behave(talk, one)
  return { talk, deeds }
}

test('[D4] the time of a pong counts from the first ping that it answers', () => {
  const beat = (now: number): Heard => ({ type: 'beat', now })
  const pong: Heard = {
    type: 'signal',
    signal: { type: 'bytes', bytes: Buffer.from('{"type":"pong"}\n') },
    now: 2 * BEAT_MS + 5,
  }
  const { deeds } = following(HELLO, ENTERED, beat(BEAT_MS), beat(2 * BEAT_MS), pong)
  expect(deeds).toEqual([{ do: 'measured', roundTrip: BEAT_MS + 5 }])
})

test('[V1] a peer that talks is pinged only where much is kept for it, and once until it answers', () => {
  const beat = (now: number, keepsMuch: boolean): Heard => ({ type: 'beat', now, keepsMuch })
  const next = { do: 'beat-after', ms: BEAT_MS }
  expect(following(HELLO, ENTERED, beat(1, false)).deeds).toEqual([next])
  expect(following(HELLO, ENTERED, beat(1, true)).deeds).toEqual([{ do: 'ping' }, next])
  expect(following(HELLO, ENTERED, beat(1, true), beat(2, true)).deeds).toEqual([next])
})

describe('a connection that has fallen behind', () => {
  test('leaves its session at once, and says nothing more of it when it ends [F3]', () => {
    expect(following(HELLO, ENTERED, FELL_BEHIND)).toMatchObject({
      talk: { phase: 'closing', session: null },
      deeds: [{ do: 'detach', session: 's' }],
    })
    expect(following(HELLO, ENTERED, FELL_BEHIND, CLOSED)).toEqual({
      talk: { phase: 'over' },
      deeds: [{ do: 'lost', session: null }],
    })
  })

  test('before its hello is answered leaves the session that comes of it', () => {
    expect(following(HELLO, FELL_BEHIND).deeds).toEqual([])
    expect(following(HELLO, FELL_BEHIND, ENTERED)).toEqual({
      talk: { phase: 'over' },
      deeds: [{ do: 'lost', session: 's' }],
    })
  })

  test('and is gone before its hello is answered leaves it all the same', () => {
    expect(following(HELLO, CLOSED, FELL_BEHIND).deeds).toEqual([])
    expect(following(HELLO, CLOSED, FELL_BEHIND, ENTERED).deeds).toEqual([{ do: 'lost', session: 's' }])
  })

  test('is heard no more', () => {
    const more: Heard = { type: 'signal', signal: { type: 'bytes', bytes: Buffer.from('{"type":"ping"}\n') }, now: 0 }
    expect(following(HELLO, ENTERED, FELL_BEHIND, more).deeds).toEqual([])
  })
})
