/** Servers compare their states: the ones that find a difference (docs/spec.md, R14). */
import { describe, expect, test } from 'vitest'
import { DIGEST_EVERY } from '../../../src/model/limits.ts'
import { initialState, type State } from '../../../src/model/state.ts'
import type { Step } from '../../../src/model/step.ts'
import type { Beat } from '../../../src/port/peers.ts'
import { Digests } from '../../../src/server/nodes/digests.ts'
import { virtualClock } from '../../helpers/virtual-clock.ts'

const beat = (node: string, hash: string, seq = DIGEST_EVERY): Beat => ({
  ...{ node, run: `run of ${node}`, address: null, version: '1', reads: 6, seq, digest: { seq, hash } },
})

const stepTo = (state: State): Step => ({
  ...{ seq: state.seq, at: 0, id: 'r.1', session: 'host', origin: 'north', text: null, events: [] },
  before: state,
  after: state,
})

const digestsOf = (own: string, clock = virtualClock()) => new Digests(own, clock, DIGEST_EVERY)

/** The verdicts of server `north` among three, as these beats come. */
function verdicts(...said: readonly (readonly [string, string])[]) {
  const digests = digestsOf('north')
  return said.map(([node, hash]) => digests.hear(beat(node, hash), 3))
}

describe('[R14] of three servers', () => {
  test('those that agree have nothing to say', () => {
    expect(verdicts(['north', 'a'], ['south', 'a'], ['east', 'a'])).toEqual(['same', 'same', 'same'])
  })

  test('the one that differs from the two others finds out, and only when both have spoken', () => {
    expect(verdicts(['north', 'a'], ['south', 'b'], ['east', 'b'])).toEqual(['same', 'same', 'alone'])
  })

  test('the two others do not take themselves for wrong', () => {
    expect(verdicts(['south', 'a'], ['north', 'b'], ['east', 'b'])).toEqual(['same', 'same', 'same'])
  })

  test('three that all differ say so, since nobody knows who is right', () => {
    expect(verdicts(['north', 'a'], ['south', 'b'], ['east', 'c'])).toEqual(['same', 'same', 'split'])
  })

  test('the last one does not stop for what one that is gone had come to', () => {
    const digests = digestsOf('north')
    digests.hear(beat('south', 'b'), 1)
    expect(digests.hear(beat('north', 'a'), 1)).toBe('split')
  })

  test('one that differs from two of which one is gone finds out', () => {
    const digests = digestsOf('north')
    for (const node of ['south', 'east']) digests.hear(beat(node, 'b'), 3)
    expect(digests.hear(beat('north', 'a'), 2)).toBe('alone')
  })

  test('say so once, until they have agreed again', () => {
    const digests = digestsOf('north')
    const hear = (hashes: readonly string[], seq: number) =>
      ['north', 'south', 'east'].map((node, at) => digests.hear(beat(node, hashes[at] ?? '', seq), 3))
    const [differing, agreed] = [
      ['a', 'b', 'c'],
      ['d', 'd', 'd'],
    ]
    expect([hear(differing, 1000), hear(differing, 1000), hear(differing, 2000)].flat()).toEqual([
      ...['same', 'same', 'split'],
      ...Array(6).fill('same'),
    ])
    expect([hear(agreed, 3000), hear(differing, 4000)].flat()).toEqual([...Array(5).fill('same'), 'split'])
  })
})

test('[R14] equal states have equal digests, each after so many inputs', async () => {
  const clock = virtualClock()
  const [one, other] = [digestsOf('north', clock), digestsOf('south', clock)]
  const at = { ...initialState, seq: DIGEST_EVERY }
  one.follow([stepTo({ ...initialState, seq: 1 }), stepTo(at)])
  other.follow([stepTo({ ...at, at: 1 })])
  await clock.settle()
  expect(one.latest?.seq).toBe(DIGEST_EVERY)
  expect(other.latest?.hash).not.toBe(one.latest?.hash)
  other.follow([stepTo({ ...at, at: 0 })])
  await clock.settle()
  expect(other.latest).toEqual(one.latest)
})

test('[R14] a server’s state is compared also if no beat of it reports it', async () => {
  const clock = virtualClock()
  const north = digestsOf('north', clock)
  const at = (seq: number) => stepTo({ ...initialState, seq })
  north.follow([at(DIGEST_EVERY)])
  await clock.settle()
  north.follow([at(2 * DIGEST_EVERY)])
  await clock.settle()
  expect(north.latest?.seq).toBe(2 * DIGEST_EVERY)
  const heard = ['south', 'east'].map(node => north.hear(beat(node, 'another', DIGEST_EVERY), 3))
  expect(heard).toEqual(['same', 'alone'])
})
