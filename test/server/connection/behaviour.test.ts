/** A connection as a behaviour: the effects of each message, with every order of ends and answers. */
import { describe, expect, test } from 'vitest'
import { nativeCodec } from '../../../src/codec/native/codec.ts'
import { BEAT_MS } from '../../../src/model/limits.ts'
import { behaviourOf, initialState } from '../../../src/server/connection/behaviour.ts'
import type { ConnectionMessage, ConnectionState, Effect } from '../../../src/server/connection/state.ts'
import type { Notice } from '../../../src/server/delivery/link.ts'

const behave = behaviourOf({ codecs: { native: nativeCodec }, rate: null, tlsOnly: false })
const HELLO: ConnectionMessage = {
  type: 'signal',
  signal: { type: 'bytes', bytes: Buffer.from('{"type":"hello","name":"alice"}\n') },
  now: 0,
}
const CLOSED: ConnectionMessage = { type: 'signal', signal: { type: 'closed' }, now: 0 }
const notice = (said: Notice): ConnectionMessage => ({ type: 'notice', notice: said, now: 0 })
const ENTERED = notice({ type: 'entered', session: 's' })
const FELL_BEHIND = notice({ type: 'fell-behind' })

/** The effects of the last message, and the state after it. */
function following(...messages: readonly ConnectionMessage[]): {
  readonly state: ConnectionState
  readonly effects: readonly Effect[]
} {
  let [state, effects]: readonly [ConnectionState, readonly Effect[]] = [initialState(false), []]
  for (const one of messages) [state, effects] = behave(state, one)
  return { state, effects }
}

test('[D4] the time of a pong counts from the first ping that it answers', () => {
  const beat = (now: number): ConnectionMessage => ({ type: 'beat', now })
  const pong: ConnectionMessage = {
    type: 'signal',
    signal: { type: 'bytes', bytes: Buffer.from('{"type":"pong"}\n') },
    now: 2 * BEAT_MS + 5,
  }
  const { effects } = following(HELLO, ENTERED, beat(BEAT_MS), beat(2 * BEAT_MS), pong)
  expect(effects).toEqual([{ type: 'measured', roundTrip: BEAT_MS + 5 }])
})

test('[V1] a peer that talks is pinged only where much is kept for it, and once until it answers', () => {
  const beat = (now: number, keepsMuch: boolean): ConnectionMessage => ({ type: 'beat', now, keepsMuch })
  const next = { type: 'beat-after', ms: BEAT_MS }
  expect(following(HELLO, ENTERED, beat(1, false)).effects).toEqual([next])
  expect(following(HELLO, ENTERED, beat(1, true)).effects).toEqual([{ type: 'ping' }, next])
  expect(following(HELLO, ENTERED, beat(1, true), beat(2, true)).effects).toEqual([next])
})

describe('a connection that has fallen behind', () => {
  test('leaves its session at once, and says nothing more of it when it ends [F3]', () => {
    expect(following(HELLO, ENTERED, FELL_BEHIND)).toMatchObject({
      state: { phase: 'closing', session: null },
      effects: [{ type: 'detach', session: 's' }],
    })
    expect(following(HELLO, ENTERED, FELL_BEHIND, CLOSED)).toEqual({
      state: { phase: 'over' },
      effects: [{ type: 'lost', session: null }],
    })
  })

  test('before its hello is answered leaves the session that comes of it', () => {
    expect(following(HELLO, FELL_BEHIND).effects).toEqual([])
    expect(following(HELLO, FELL_BEHIND, ENTERED)).toEqual({
      state: { phase: 'over' },
      effects: [{ type: 'lost', session: 's' }],
    })
  })

  test('and is gone before its hello is answered leaves it all the same', () => {
    expect(following(HELLO, CLOSED, FELL_BEHIND).effects).toEqual([])
    expect(following(HELLO, CLOSED, FELL_BEHIND, ENTERED).effects).toEqual([{ type: 'lost', session: 's' }])
  })

  test('is messages no more', () => {
    const more: ConnectionMessage = {
      type: 'signal',
      signal: { type: 'bytes', bytes: Buffer.from('{"type":"ping"}\n') },
      now: 0,
    }
    expect(following(HELLO, ENTERED, FELL_BEHIND, more).effects).toEqual([])
  })
})
