/** A network as a keeper types it: its normal form, or a clause with the remedy. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readNetwork } from '../../../src/matching/networks/read-network.ts'
import { addresses, bitsOf } from '../../helpers/networks.ts'
import { runs } from '../../helpers/seeds.ts'

/** Any text, with the characters of networks more often than not. */
const texts = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'0123456789abcdefF.:/%- []'), maxLength: 40 }),
  fc
    .tuple(addresses, fc.oneof(fc.nat({ max: 140 }).map(String), fc.string()))
    .map(([{ text }, length]) => `${text}/${length}`),
  fc.string({ unit: 'binary' }),
)

describe('a network', () => {
  test.each([
    ['10.1.0.0/16', '10.1.0.0/16'],
    ['10.1.2.3/16', '10.1.0.0/16'],
    ['10.1.2.3', '10.1.2.3/32'],
    ['255.255.255.255/8', '255.0.0.0/8'],
    [' 10.1.2.3\t', '10.1.2.3/32'],
    ['2001:db8::/48', '2001:db8::/48'],
    ['2001:DB8::1', '2001:db8::/64'],
    ['2001:db8::1/128', '2001:db8::1/128'],
    ['2001:0db8:0:0:ffff:ffff::1/65', '2001:db8:0:0:8000::/65'],
    ['1:2:3:4:5:6:7:8/128', '1:2:3:4:5:6:7:8/128'],
    ['2001:db8:0:1:2:3:4:0/128', '2001:db8:0:1:2:3:4:0/128'],
    ['1:0:0:2:0:0:0:3/128', '1:0:0:2::3/128'],
    ['1:0:0:2:3:0:0:4/128', '1::2:3:0:0:4/128'],
    ['2001:db8::192.0.2.1/128', '2001:db8::c000:201/128'],
    ['::1', '::/64'],
    ['::1/128', '::1/128'],
    ['2001::/16', '2001::/16'],
    ['fe80::1%eth0', 'fe80::/64'],
    ['fe80::%eth0.100', 'fe80::/64'],
    ['fe80::1%eth0/64', 'fe80::/64'],
    ['::ffff:10.0.0.1', '10.0.0.1/32'],
    ['::ffff:a00:1', '10.0.0.1/32'],
    ['::FFFF:10.1.2.3/112', '10.1.0.0/16'],
    ['::ffff:10.1.2.3/104', '10.0.0.0/8'],
  ])('%j is %j', (text, network) => expect(readNetwork(text)).toEqual({ ok: true, network }))

  test.each([
    '',
    ' ',
    '/',
    '/24',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '010.1.1.1',
    '10.1.1.01/24',
    '0x0a.1.1.1',
    '167837953',
    '10.1.2.3:4711',
    '10.1.2.3 /24',
    '10.1.2.3, 10.1.2.4',
    '10.1.2.3%eth0',
    '10.*',
    '[::1]',
    '[2001:db8::1]:4711',
    '1:2:3:4:5:6:7',
    '1::2::3',
    '::fffff',
    '::ffff:010.0.0.1',
    'fe80::1%',
    '１０.1.2.3',
    'localhost',
    'Spider-Man',
    '田中',
  ])('is not %j', text => {
    expect(readNetwork(text)).toEqual({ ok: false, detail: expect.stringContaining('such as 10.1.0.0/16 or') })
  })

  test.each([
    ['10.1.2.3/33', 'from 8 to 32'],
    ['10.1.2.3/-1', 'from 8 to 32'],
    ['10.1.2.3/08', 'from 8 to 32'],
    ['10.1.2.3/+8', 'from 8 to 32'],
    ['10.1.2.3/1e1', 'from 8 to 32'],
    ['10.1.2.3/24.0', 'from 8 to 32'],
    ['10.1.2.3/ 24', 'from 8 to 32'],
    ['10.1.2.3/', 'from 8 to 32'],
    ['10.1.2.3/24/24', 'from 8 to 32'],
    ['10.1.2.3/٢٤', 'from 8 to 32'],
    ['10.1.2.3/255.255.255.0', 'from 8 to 32'],
    ['2001:db8::/129', 'from 16 to 128'],
    ['2001:db8::/064', 'from 16 to 128'],
    ['2001:db8::/64%eth0', 'from 16 to 128'],
    ['::ffff:10.1.2.3/95', 'from 104 to 128'],
    ['::ffff:10.1.2.3/24', 'from 104 to 128'],
    ['::ffff:10.1.2.3/129', 'from 104 to 128'],
    ['10.1.2.3/7', 'broader than /8 '],
    ['0.0.0.0/0', 'broader than /8 '],
    ['::ffff:10.1.2.3/103', 'broader than /8 '],
    ['2001::/15', 'broader than /16 '],
    ['::/0', 'broader than /16 '],
  ])('of %j is refused: %s', (text, detail) => {
    expect(readNetwork(text)).toEqual({ ok: false, detail: expect.stringContaining(detail) })
  })

  test('is not 10 KiB of text', () => {
    for (const part of ['1', '1:', '::', '1.', '%1', '田中', '10.1.2.3/', '10.1.2.3/24,', '::1%']) {
      expect(readNetwork(part.repeat(10_240 / part.length)).ok, part).toBe(false)
      expect(readNetwork(`10.1.2.3/${part.repeat(10_240 / part.length)}`).ok, part).toBe(false)
    }
  })

  test('has one text, however it is typed', () => {
    fc.assert(
      fc.property(addresses, fc.nat({ max: 128 }), ({ text, plain }, length) => {
        const mapped = text.includes(':') && plain.includes('.')
        const bits = mapped ? length - 96 : length
        const width = bitsOf(plain).length
        fc.pre(bits <= width)
        expect(readNetwork(`${text}/${length}`).ok).toBe(bits >= (width === 32 ? 8 : 16))
        if (bits >= 0) expect(readNetwork(`${text}/${length}`)).toEqual(readNetwork(`${plain}/${bits}`))
      }),
    )
  })

  test('has the form of RFC 5952, as a URL has it', () => {
    const group = fc.oneof(fc.constant(0), fc.nat({ max: 0xffff }))
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), groups => {
        const text = groups.map(one => one.toString(16)).join(':')
        fc.pre(!text.startsWith('0:0:0:0:0:ffff:'))
        expect(readNetwork(`${text}/128`)).toEqual({
          ok: true,
          network: `${new URL(`http://[${text}]`).hostname.slice(1, -1)}/128`,
        })
      }),
    )
  })

  test('is read from any text without an exception, and what was read is read again as it is', () => {
    let networks = 0
    fc.assert(
      fc.property(texts, text => {
        const read = readNetwork(text)
        if (read.ok) {
          networks++
          expect(read.network).toMatch(/^[\da-f.:]+\/\d+$/)
          expect(readNetwork(read.network)).toEqual(read)
        } else expect(read.detail).toMatch(/^(?:it is|write) /)
      }),
      { numRuns: runs(1000) },
    )
    expect(networks).toBeGreaterThan(10)
  })
})
