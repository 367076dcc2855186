/** The lines that tell a host and guests how to join. */
import { expect, test } from 'vitest'
import { type BannerFacts, banner, inviteLink, joinLines } from '../../../../src/program/server/start/banner.ts'
import { qrLines } from '../../../../src/program/server/start/qr.ts'
import { systemEntropy } from '../../../../src/transport/entropy.ts'
import { inviteIn } from '../../../../src/web/text/invite-link.ts'

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

test('[I9] the link of an invite has its token and its room in the fragment, for the page to read', () => {
  const fingerprint = `SHA256:${'a'.repeat(43)}`
  for (const room of [null, 'ops', '田中', 'a.b_c-d']) {
    for (const at of [facts, { ...facts, host: '2001:db8::7' }, { ...facts, fingerprint }]) {
      const link = new URL(inviteLink(at, 'token', room))
      expect([link.pathname, link.search]).toEqual(['/', ''])
      expect(link.protocol).toBe(at.fingerprint === null ? 'http:' : 'https:')
      expect(inviteIn(link.hash)).toEqual({ token: 'token', where: room === null ? null : `#${room}` })
    }
  }
})

test('[I9] its QR code fits a window of 80 by 24, with the link below', () => {
  const link = inviteLink({ ...facts, host: '192.168.178.123' }, systemEntropy.secret().slice(0, 32), 'ops')
  expect(link.length).toBeLessThanOrEqual(80)
  expect(qrLines(link, false).length + 1).toBeLessThanOrEqual(21)
})
