/** A client's memory of a server's certificate, and the certificates that it accepts. */
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { knownServer } from '../../src/program/client/connect/known-servers.ts'
import { readFingerprint } from '../../src/transport/tls/fingerprint.ts'
import type { ShownCertificate } from '../../src/transport/tls/judge.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const SERVER = 'chat.example:3001'
const UNVOUCHED = { kind: 'unvouched', says: 'no authority vouches for' } as const

function shown(digit: string, fault: ShownCertificate['fault'] = UNVOUCHED): ShownCertificate {
  const fingerprint = readFingerprint(`SHA256:${digit.repeat(64)}`)
  if (fingerprint === null) throw new Error('no fingerprint')
  return { fingerprint, fault }
}

function judged() {
  const file = join(temporaryFolder(), 'known_servers')
  const judge = knownServer(SERVER, file, () => {})
  return { file, judge }
}

test('[S9] the certificate that was taken first is taken again, and another is not', () => {
  const { file, judge } = judged()
  expect(judge(shown('a'))).toBe(null)
  expect(judge(shown('a'))).toBe(null)
  expect(judge(shown('b'))).toContain('HAS CHANGED')
  expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(2)
})

test('[S9] once an authority has vouched, the certificate that was taken before is refused too', () => {
  const { judge } = judged()
  expect(judge(shown('a'))).toBe(null)
  expect(judge(shown('b', null))).toBe(null)
  expect(judge(shown('a'))).toContain('NO AUTHORITY VOUCHES')
  expect(judge(shown('b', null))).toBe(null)
})

test('[S9] a certificate that a person writes down after that is taken', () => {
  const { file, judge } = judged()
  expect(judge(shown('b', null))).toBe(null)
  appendFileSync(file, `${SERVER} ${shown('c').fingerprint}\n`)
  expect(judge(shown('c'))).toBe(null)
})
