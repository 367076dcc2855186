/** Any bytes behind the handshake of a WebSocket: no crash, no hang, and nothing is left of it. */
import { expect, test } from 'vitest'
import { openHosting } from '../helpers/hosting.ts'
import { eventually } from '../helpers/patience.ts'
import { runs, seedOf } from '../helpers/seeds.ts'
import { call, closeOf, entered, frame, handshake, OPCODE, text } from '../helpers/websocket.ts'
import { type Random, random } from './packets.ts'

const CONVERSATIONS = runs(600)
const BATCH = 50
const OBJECTS = [
  { type: 'hello', name: 'alice' },
  { type: 'say', text: 'hi', n: 1 },
  { type: 'who' },
  { type: 'ping', id: 1 },
  { type: 'bye' },
]

/** Those that there are, and one that there is not. */
const OPCODES = [...Object.values(OPCODE), 3]

/** Frames that are right, or bent in one of the ways in which frames can be. */
function someFrames(draw: Random): Buffer {
  const frames = Array.from({ length: 1 + draw.below(5) }, () =>
    draw.below(3) === 0
      ? frame(draw.of(OPCODES), draw.bytes(draw.below(140)), {
          fin: draw.below(4) > 0,
          masked: draw.below(8) > 0,
          reserved: draw.below(4) === 0 ? draw.below(8) : 0,
          ...(draw.below(8) === 0 ? { length: draw.below(70_000) } : {}),
        })
      : text(draw.of(OBJECTS)),
  )
  const bytes = Buffer.concat(frames)
  for (let flips = draw.below(3); flips > 0; flips--) {
    const at = draw.below(bytes.length)
    bytes[at] = (bytes[at] as number) ^ (1 << draw.below(8))
  }
  return bytes
}

test(`${CONVERSATIONS} random and bent conversations leave nothing behind [W3] [W5]`, async () => {
  const { port, server, host } = await openHosting({ grace: 0, perAddress: null })
  const witness = await entered(port, 'witness')
  const draw = random(seedOf(7))
  const codes = new Set<number | undefined>()
  for (let done = 0; done < CONVERSATIONS; done += BATCH) {
    const batch = Array.from({ length: BATCH }, async () => {
      const caller = await call(port)
      const all = Buffer.concat([Buffer.from(handshake(host)), someFrames(draw)])
      const cut = draw.below(all.length)
      caller.send(all.subarray(0, cut))
      await new Promise(setImmediate)
      caller.send(all.subarray(cut))
      // A last word: a peer that is still being heard gets an answer.
      caller.send(frame(OPCODE.close, ''))
      if (draw.below(4) === 0) caller.socket.resetAndDestroy()
      else caller.socket.end()
      await caller.over
      if (caller.received().includes('\r\n\r\n')) codes.add(closeOf(caller.frames())?.code)
      caller.socket.destroy()
    })
    await Promise.all(batch)
    // It does not answer pings. On a busy machine all this takes longer than a silent client may stay.
    witness.send(text({ type: 'ping', id: done }))
  }
  expect([...codes]).toEqual(expect.arrayContaining([1000, 1002, 1003, 1007]))
  witness.send(text({ type: 'ping', id: 'still here' }))
  await witness.until(({ objects }) => objects().some(({ type }) => type === 'pong'))
  await eventually(
    'the witness alone',
    () => server.connections(),
    ({ length }) => length <= 1,
  )
  expect(server.connections()).toMatchObject([{ name: 'witness', state: 'here' }])
  expect(server.held().rings).toBe(1)
})
