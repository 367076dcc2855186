/** The lines that tell a host, and those who join, how to join. */
import { expect, test } from 'vitest'
import { type BannerFacts, banner, joinLines } from '../../../../src/program/server/start/banner.ts'

const facts: BannerFacts = {
  ...{ host: '192.0.2.7', port: 3001 },
  ...{ fingerprint: null, tlsOnly: false, password: false, client: 'rxchat' },
}

test('the banner names every way to join', () => {
  expect(banner(facts).slice(1, -1)).toEqual([
    'Chat running 192.0.2.7:3001',
    'Open       http://192.0.2.7:3001  in a browser',
    'Join with  rxchat 192.0.2.7:3001',
    'or with    nc 192.0.2.7 3001  and your name as the first line',
  ])
})

test('it says that a password is required, and calls the client as it is called there', () => {
  const lines = banner({ ...facts, password: true, client: 'npx rxchat' })
  expect(lines).toContain('A password is required.')
  expect(lines).toContain('Join with  npx rxchat 192.0.2.7:3001')
})

test('a server that takes only TLS names no way without it', () => {
  const fingerprint = `SHA256:${'a'.repeat(43)}`
  const lines = joinLines({ ...facts, fingerprint, tlsOnly: true })
  expect(lines.map(line => line.replace(/^(in|with) a? ?\w+ +/, ''))).toEqual([
    'https://192.0.2.7:3001',
    'rxchat tls://192.0.2.7:3001',
    'openssl s_client -quiet -connect 192.0.2.7:3001',
  ])
})
