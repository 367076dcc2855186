/** A proxy's report of its client, and the proxies that are trusted. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PROXY_HEADER_MAX_BYTES } from '../../src/model/limits.ts'
import { readProxyHeader, SIGNATURE } from '../../src/transport/proxy.ts'
import { nobody, originOf, readTrusted, type Trusts } from '../../src/transport/trust.ts'
import { addresses, isIn, networks } from '../helpers/networks.ts'
import { healthCheck, onBehalfOf, onBehalfOf6, proxyHeader } from '../helpers/proxy-header.ts'
import { runs } from '../helpers/seeds.ts'

const MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 203, 0, 113, 7]
const V6 = [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7]

describe('[S5] a PROXY header', () => {
  test.each<[string, Buffer, string | null]>([
    ['for IPv4', onBehalfOf('203.0.113.7'), '203.0.113.7'],
    ['with more behind the addresses', onBehalfOf('203.0.113.7', [1, 0, 1, 65]), '203.0.113.7'],
    ['for IPv6', onBehalfOf6(V6), '2001:db8::7'],
    ['for IPv4 in IPv6', onBehalfOf6(MAPPED), '203.0.113.7'],
    ['of a health check', healthCheck, null],
    ['for a path', proxyHeader(Array<number>(216).fill(1), { family: 0x31 }), null],
    ['that does not say', proxyHeader([], { family: 0 }), null],
  ])('%s is whole when its last byte is there, and not before', (_, header, address) => {
    const all = Buffer.concat([header, Buffer.from('alice\n')])
    expect(readProxyHeader(all)).toEqual({ is: 'whole', length: header.length, address })
    for (let at = SIGNATURE.length; at < header.length; at++) {
      expect(readProxyHeader(header.subarray(0, at)), `${at} bytes`).toEqual({ is: 'partial' })
    }
  })

  test.each<[string, Buffer]>([
    ['of another version', proxyHeader([], { version: 1 })],
    ['of another command', proxyHeader([], { command: 2 })],
    ['too short for its addresses', proxyHeader([1, 2, 3, 4])],
    ['too long', proxyHeader([], { length: PROXY_HEADER_MAX_BYTES })],
  ])('%s is broken', (_, header) => {
    expect(readProxyHeader(header)).toEqual({ is: 'broken' })
  })

  test('never throws, and never claims bytes that are not there', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), rest => {
        const bytes = Buffer.concat([SIGNATURE, rest])
        const header = readProxyHeader(bytes)
        if (header.is === 'whole') expect(header.length).toBeLessThanOrEqual(bytes.length)
      }),
    )
  })
})

const trusted = (...texts: readonly string[]): Trusts => readTrusted(texts) ?? nobody

describe('[S6] trusted proxies', () => {
  test('addresses and networks, of both families', () => {
    const trusts = trusted('127.0.0.1', '10.0.0.0/8', '2001:db8::/32', '::1')
    for (const yes of ['127.0.0.1', '10.255.0.1', '2001:db8::1', '::1']) expect(trusts(yes), yes).toBe(true)
    for (const no of ['127.0.0.2', '11.0.0.1', '2001:db9::1', '', 'localhost']) expect(trusts(no), no).toBe(false)
  })

  test('those in a network, to the bit', () => {
    fc.assert(
      fc.property(networks, addresses, (network, { text, plain }) => {
        expect(trusted('192.0.2.1', network)(text)).toBe(isIn(plain, network))
      }),
      { numRuns: runs(1000) },
    )
  })

  test.each([
    'localhost',
    '10.0.0.0/08',
    '010.0.0.1',
    '::ffff:10.0.0.0/95',
    '10.0.0.0/33',
    '10.0.0/8',
    '::1/129',
    '10.0.0.1/',
    '1.2.3.4/8/8',
    '',
  ])('%s is neither', text => {
    expect(readTrusted([text])).toBeNull()
  })

  test.each<[string, string, string | null, string]>([
    ['nobody trusted says anything', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['a proxy says for whom it comes', '10.0.0.1', '203.0.113.7', '203.0.113.7'],
    ['what the client wrote itself is to the left', '10.0.0.1', '6.6.6.6, 203.0.113.7', '203.0.113.7'],
    ['there are two proxies', '10.0.0.1', '6.6.6.6, 203.0.113.7, 10.0.0.2', '203.0.113.7'],
    ['it does not say', '10.0.0.1', null, '10.0.0.1'],
    ['it says what is no address', '10.0.0.1', 'unknown', '10.0.0.1'],
    ['it says ports', '10.0.0.1', '203.0.113.7:4711', '203.0.113.7'],
    ['it says ports of IPv6', '10.0.0.1', '[2001:db8::7]:4711', '2001:db8::7'],
    ['it says IPv4 within IPv6', '10.0.0.1', '::ffff:cb00:7107', '203.0.113.7'],
    ['a proxy says for another, as IPv4 within IPv6', '10.0.0.1', '203.0.113.7, ::FFFF:10.0.0.2', '203.0.113.7'],
    ['all are proxies', '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
  ])('where %s', (_, address, forwarded, origin) => {
    expect(originOf(address, forwarded, trusted('10.0.0.0/8'))).toBe(origin)
  })
})
