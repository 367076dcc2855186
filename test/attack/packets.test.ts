/** Any first packets: no crash, no hang, and nothing is left of them. */
import { expect, test } from 'vitest'
import { GRACE_MS, HANDSHAKE_MS } from '../../src/model/limits.ts'
import type { Options } from '../../src/server/server.ts'
import { readTrusted } from '../../src/transport/trust.ts'
import { object, say, textsOf } from '../helpers/actors.ts'
import { runs, seedOf } from '../helpers/seeds.ts'
import { createWorld, type Wire } from '../helpers/world.ts'
import { dial, emptied, frugally, host, newcomerIsAnswered } from './helpers.ts'
import { packet, random } from './packets.ts'

const WORLDS = runs(30)
const PACKETS_PER_WORLD = 500
const BATCH = 100

/** A peer's acts after its first packet; some say more, some go, some just wait. */
const PARTINGS: readonly ((wire: Wire) => void)[] = [
  ({ peer }) => peer.end(),
  ({ peer }) => peer.vanish(),
  ({ peer }) => peer.stall(),
  () => {},
]

const trusts = readTrusted(['192.0.2.0/31'])
if (!trusts) throw new Error('no network')

test.each<readonly [string, (wire: Wire) => void, Options]>([
  ['in plain text', () => {}, {}],
  ['inside of TLS, at a server that takes nothing else', ({ peer }) => peer.secure(), { tlsOnly: true }],
])(
  `${WORLDS * PACKETS_PER_WORLD} random and mutated first packets %s leave nothing behind [W3]`,
  async (_, wrap, more) => {
    const draw = random(seedOf(1))
    const spoken = new Set<string>()
    for (let k = 0; k < WORLDS; k++) {
      const world = await createWorld({ perAddress: null, trusts, ...more })
      const alice = world.dial()
      wrap(alice)
      await alice.send(object({ type: 'hello', name: 'witness' }))
      const wires: Wire[] = []
      for (let sent = 0; sent < PACKETS_PER_WORLD; sent += BATCH) {
        for (let one = 0; one < BATCH; one++) {
          const wire = world.dial(`192.0.2.${draw.below(4)}`)
          wires.push(wire)
          wrap(wire)
          wire.peer.send(packet(draw))
          if (draw.below(3) === 0) wire.peer.send(packet(draw))
          draw.of(PARTINGS)(wire)
        }
        await world.clock.advance(draw.below(400))
        for (const { protocol } of world.server.connections()) spoken.add(String(protocol))
      }
      await alice.send(say('still here'))
      expect(textsOf(alice)).toContain('still here')
      await alice.send(object({ type: 'bye' }))
      await world.clock.advance(HANDSHAKE_MS + GRACE_MS)
      // A peer that gave a name in time may stay.
      for (const { peer } of wires) peer.vanish()
      await world.clock.advance(GRACE_MS)
      expect(world.server.connections()).toEqual([])
      expect(world.state().members.size).toBe(0)
      expect(world.server.held()).toEqual({ rings: 0, bytes: 0 })
      expect(world.clock.pending(), 'alarms').toBe(0)
      expect(world.troubles).toEqual([])
      await world.close()
    }
    expect(spoken).toEqual(new Set(['native', 'line', 'classic', 'null']))
  },
)

const MEBIBYTE = 1_048_576
const REAL_PACKETS = 2000
const REAL_BATCH = 500

/** Sends first packets over sockets; each peer half-closes, resets or goes, at the latest when it has been answered. */
async function bombard(port: number, count: number, seed: number): Promise<void> {
  const draw = random(seedOf(seed))
  for (let sent = 0; sent < count; sent += REAL_BATCH) {
    const wires = await Promise.all(Array.from({ length: REAL_BATCH }, () => dial(port)))
    const answered = wires.map(async ({ socket, send, until, over }) => {
      send(packet(draw))
      if (draw.below(3) === 0) send(packet(draw))
      draw.of([() => socket.end(), () => socket.resetAndDestroy(), () => socket.destroySoon()])()
      await Promise.race([until(/./s).catch(() => null), over])
      socket.destroy()
    })
    await Promise.all(answered)
  }
}

test(`${REAL_PACKETS} over real sockets, too, and the memory stays as it is [W3]`, async () => {
  await using server = await host(['--grace', '0', '--per-address', 'off'], frugally)
  const settled = async (): Promise<number> => {
    await emptied(server)
    return server.memory() / MEBIBYTE
  }
  await bombard(server.port, REAL_PACKETS / 2, 2)
  const before = await settled()
  await bombard(server.port, REAL_PACKETS, 3)
  const after = await settled()
  console.info(`memory before ${before.toFixed(1)} MiB, after ${after.toFixed(1)} MiB`)
  expect(after - before).toBeLessThan(32)
  await newcomerIsAnswered(server.port)
  expect(server.complaints.text).toBe('')
})
