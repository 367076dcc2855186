/** A list about moderation arrives as it was sent, and entries that aren't whole are left out. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Listing } from '../../src/codec/codec.ts'
import { nativeCodec } from '../../src/codec/native/codec.ts'
import { listingOf } from '../../src/codec/native/listing.ts'
import { readReply } from '../../src/codec/native/reply.ts'
import { LISTS } from '../../src/model/command.ts'
import { MODES, type Mode } from '../../src/model/keeping/modes.ts'
import { ACT_KINDS } from '../../src/model/state/keeping.ts'
import { anyName } from '../helpers/cast.ts'
import { seedOf } from '../helpers/seeds.ts'

const seq = fc.integer({ min: 1, max: 1_000_000 })
const time = fc.integer({ min: 0, max: 8.64e15 })
const mode = fc.constantFrom(...(Object.keys(MODES) as readonly Mode[]))
const value = fc.oneof(fc.constant(true as const), seq)
const text = fc.stringMatching(/^[a-zа-я田 ]{1,12}$/)
const orNull = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(one)

const sanction = fc.record({
  ...{ id: seq, who: orNull(anyName), net: orNull(fc.constant('10.1.0.0/16')), by: anyName, at: time },
  ...{ until: orNull(time), reason: orNull(text) },
})
const act = fc
  .record({
    ...{ seq, at: time, act: fc.constantFrom(...ACT_KINDS), room: orNull(fc.constant('ops')), by: orNull(anyName) },
    ...{ byId: orNull(text), who: orNull(anyName), whoId: orNull(text), rule: orNull(seq), value: orNull(text) },
    ...{ reason: orNull(text), until: orNull(time), set: fc.option(fc.record({ mode, set: orNull(value) })) },
  })
  .map(({ set, ...one }) => ({ ...one, ...(set ?? {}) }))
const entries = {
  ...{ bans: sanction, mutes: sanction, exceptions: sanction, log: act },
  filters: fc.record({
    ...{ id: seq, is: fc.constantFrom('words', 'expression'), pattern: text, by: anyName, at: time },
    action: fc.constantFrom('warn', 'hold', 'refuse'),
  }),
  held: fc.record({ seq, at: time, from: anyName, id: text, text: orNull(text), filter: seq }),
  roles: fc.record({ id: text, name: anyName, role: fc.constantFrom('administrator', 'founder', 'operator', 'voice') }),
  modes: fc.record({ mode, value, until: orNull(time) }),
  ignored: fc.record({ id: text, name: anyName }),
} as const
const anyListing = fc
  .constantFrom(...LISTS)
  .chain(what =>
    fc.array(entries[what] as fc.Arbitrary<object>, { maxLength: 5 }).map(all => ({ what, entries: all }) as Listing),
  )

const { encoding } = nativeCodec

function sent(listing: Listing): Listing {
  const [line = ''] = encoding.encode({ type: 'list', at: 0, n: 7, room: 'ops', ...listing }) as readonly string[]
  const reply = readReply(line)
  if (reply?.type !== 'list') throw new Error(`no list: ${line}`)
  return listingOf(reply)
}

test('every list that a server sends is read as it was', () => {
  fc.assert(
    fc.property(anyListing, listing => {
      expect(sent(listing)).toEqual(listing)
    }),
    { seed: seedOf(71) },
  )
})

test('the entries of a list are whole or absent, for any list of a server', () => {
  const anything = fc.dictionary(
    fc.constantFrom('id', 'who', 'by', 'at', 'until', 'seq', 'act', 'mode', 'value', 'set', 'name', 'role', 'from'),
    fc.oneof(fc.integer(), fc.double(), fc.string(), fc.constant(null), fc.constantFrom('ban', 'mode', 'slow', true)),
  )
  fc.assert(
    fc.property(fc.constantFrom(...LISTS), fc.array(anything, { maxLength: 5 }), (what, all) => {
      const listing = listingOf({ what, entries: all })
      expect(listing.entries.length).toBeLessThanOrEqual(all.length)
      expect(sent(listing)).toEqual(listing)
    }),
    { seed: seedOf(72) },
  )
})
