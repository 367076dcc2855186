/** A bot over TLS, at a server with a password: the servers that it trusts, and its silence to others. */
import { expect, test } from 'vitest'
import { connect } from '../../src/index.ts'
import { fingerprintOf } from '../../src/transport/tls/fingerprint.ts'
import { tlsHandler } from '../../src/transport/tls/handler.ts'
import { openHosting } from '../helpers/hosting.ts'
import { selfSigned } from '../helpers/secure.ts'

const fingerprint = fingerprintOf(selfSigned.cert)
const other = `SHA256:${'A'.repeat(43)}`

test('[S9] a bot takes the certificate whose fingerprint it was given, and no other that nobody vouches for', async () => {
  const { host, server } = await openHosting({ password: 'open sesame' }, { tls: tlsHandler(selfSigned) })
  const bot = connect(host, { name: 'bot', password: 'open sesame', fingerprint })
  await bot.room('lobby').say('hello')
  await bot.leave()
  for (const options of [{ fingerprint: other }, {}]) {
    const refused = connect(`tls://${host}`, { name: 'bot', password: 'open sesame', ...options })
    expect(await refused.ended).toMatchObject({ exit: 4, message: expect.stringContaining('REFUSED: ') })
  }
  expect(server.connections().filter(({ name }) => name !== null)).toEqual([])
  expect(() => connect(host, { name: 'bot', fingerprint: 'x' })).toThrow('"x" is not a fingerprint. Give SHA256:…')
})
