/** TLS and passwords from program to program: trusted servers, the error for others, and the stored facts. */
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeCertificate } from '../../src/transport/tls/certificate.ts'
import { fingerprintOf } from '../../src/transport/tls/fingerprint.ts'
import { runClient, startClient, startServer } from '../helpers/program.ts'
import { filesOf, secure } from '../helpers/secure.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const FINGERPRINT = /^Certificate (SHA256:[\w+/]{43})$/m
const fingerprintIn = (banner: string): string => FINGERPRINT.exec(banner)?.[1] ?? 'none'
const PRIVATE = 0o600

test('[S10] --tls makes a certificate once, keeps it private, and says its fingerprint', async () => {
  const data = temporaryFolder()
  const shown: string[] = []
  for (let k = 0; k < 2; k++) {
    const server = await startServer('--tls', '--data', data)
    await server.out.has(FINGERPRINT)
    shown.push(fingerprintIn(server.out.text))
    server.child.kill()
    await server.ended
  }
  const cert = readFileSync(join(data, 'tls-cert.pem'), 'utf8')
  expect(shown).toEqual([fingerprintOf(cert), fingerprintOf(cert)])
  for (const file of ['tls-cert.pem', 'tls-key.pem']) expect(statSync(join(data, file)).mode & 0o777).toBe(PRIVATE)
})

test('[S9] a server is remembered when it is first met, and known from then on; another one there is refused', async () => {
  const [first, second] = [makeCertificate('a', [], Date.now()), makeCertificate('b', [], Date.now())]
  const files = filesOf(first)
  const server = await startServer('--ephemeral', '--log-level', 'info', ...files.flags)
  const state = temporaryFolder()
  const say = (name: string, ...flags: readonly string[]) =>
    runClient([`tls://${server.address}`, '--name', name, ...flags], 'hello\n', { XDG_STATE_HOME: state })

  const met = await say('one')
  expect(met).toMatchObject({ code: 0, stdout: '' })
  expect(met.stderr).toContain(
    `this is the first connection to ${server.address}. Its certificate is now remembered: ${fingerprintOf(first.cert)}`,
  )
  const known = join(state, 'rxchat', 'known_servers')
  expect(readFileSync(known, 'utf8')).toBe(`${server.address} ${fingerprintOf(first.cert)}\n`)
  expect(statSync(known).mode & 0o777).toBe(PRIVATE)
  expect(await say('two')).toEqual({ code: 0, stdout: '', stderr: '' })

  files.write(second)
  server.child.kill('SIGHUP')
  await server.errors.has(fingerprintOf(second.cert))
  const refused = await say('three')
  expect(refused.code).toBe(4)
  for (const part of [
    `THE CERTIFICATE OF ${server.address} HAS CHANGED`,
    `known   ${fingerprintOf(first.cert)}`,
    `shown   ${fingerprintOf(second.cert)}`,
    `remove line 1 from ${known}`,
  ]) {
    expect(refused.stderr).toContain(part)
  }
  expect(server.out.text).not.toContain('three')

  expect(await say('four', '--fingerprint', fingerprintOf(second.cert))).toEqual({ code: 0, stdout: '', stderr: '' })
  const wrong = await say('five', '--fingerprint', fingerprintOf(first.cert))
  expect(wrong.code).toBe(4)
  expect(wrong.stderr).toContain(`shown     ${fingerprintOf(second.cert)}`)
  expect(readFileSync(known, 'utf8').split('\n')).toHaveLength(2)
})

test('[S9] a server that an authority vouches for is taken without a word, and is never taken without one again', async () => {
  const authority = {
    ...makeCertificate('test authority', [], Date.now(), { authority: true }),
    name: 'test authority',
  }
  const issued = makeCertificate('chat', ['localhost'], Date.now(), { issuer: authority })
  const ca = join(temporaryFolder(), 'ca.pem')
  writeFileSync(ca, authority.cert)
  const files = filesOf(issued)
  const server = await startServer('--ephemeral', '--log-level', 'info', ...files.flags)
  const state = temporaryFolder()
  const env = { NODE_EXTRA_CA_CERTS: ca, XDG_STATE_HOME: state }
  const there = await runClient([`tls://localhost:${server.port}`, '--name', 'one'], 'hello\n', env)
  expect(there).toEqual({ code: 0, stdout: '', stderr: '' })
  const known = join(state, 'rxchat', 'known_servers')
  expect(readFileSync(known, 'utf8')).toBe(`localhost:${server.port} vouched\n`)

  const day = 24 * 60 * 60 * 1000
  const own = makeCertificate('chat', ['localhost'], Date.now())
  const late = { issuer: authority, until: new Date(Date.now() - day) }
  const show = async (next: { readonly cert: string; readonly key: string }) => {
    files.write(next)
    server.child.kill('SIGHUP')
    await server.errors.has(fingerprintOf(next.cert))
  }
  const refusedAt = async (host: string, flags: readonly string[] = [], more: NodeJS.ProcessEnv = env) => {
    const refused = await runClient([`tls://${host}:${server.port}`, '--name', 'two', ...flags], 'hello\n', more)
    expect(refused).toMatchObject({ code: 4, stdout: '' })
    return refused.stderr
  }
  // For another name: it is said so, and is not taken for one of its own.
  expect(await refusedAt('127.0.0.1')).toContain('shows a certificate that is for another host (localhost)')
  await show(own)
  expect(await refusedAt('localhost')).toContain('NO AUTHORITY VOUCHES FOR localhost')
  expect(
    await runClient(
      [`tls://localhost:${server.port}`, '--name', 'three', '--fingerprint', fingerprintOf(own.cert)],
      'hello\n',
      env,
    ),
  ).toMatchObject({ code: 0 })
  const nobody = { ...env, XDG_STATE_HOME: temporaryFolder() }
  await show(makeCertificate('chat', ['localhost'], Date.now() - 9 * day, late))
  expect(await refusedAt('localhost', [], nobody)).toContain('shows a certificate that has expired (on ')
  await show(makeCertificate('chat', ['localhost'], Date.now() + 9 * day, { issuer: authority }))
  expect(await refusedAt('localhost', [], nobody)).toContain('shows a certificate that is not valid yet (before ')
  expect(server.out.text).not.toContain('two')

  // A certificate of an unknown issuer may be the server's own: it is met, and named as such.
  await show(issued)
  const met = await runClient([`tls://localhost:${server.port}`, '--name', 'four'], 'hello\n', {
    XDG_STATE_HOME: temporaryFolder(),
  })
  expect(met.code).toBe(0)
  expect(met.stderr).toContain(
    'It comes without the certificate of its issuer (test authority): the chain is incomplete',
  )
})

test('[S3] SIGHUP renews the certificate while people talk, and a bad pair changes nothing', async () => {
  const [first, second] = [makeCertificate('a', [], Date.now()), makeCertificate('b', [], Date.now())]
  const files = filesOf(first)
  const server = await startServer('--ephemeral', '--log-level', 'info', '--rate', 'off', ...files.flags)
  const talker = await secure(server.port)
  talker.send('{"type":"hello","name":"alice"}\n')
  await talker.heard.has('"type":"room"')
  const told = (k: number): void => talker.send(`{"type":"say","text":"message ${k}."}\n`)
  for (let k = 0; k < 100; k++) {
    told(k)
    if (k === 30) {
      files.write({ cert: second.cert, key: first.key })
      server.child.kill('SIGHUP')
      await server.errors.has('keeps the old certificate')
    }
    if (k === 60) {
      files.write(second)
      server.child.kill('SIGHUP')
      await server.errors.has(fingerprintOf(second.cert))
    }
    if (k % 10 !== 5) continue
    const { socket } = await secure(server.port)
    expect(fingerprintOf(socket.getPeerCertificate().raw)).toBe(fingerprintOf((k < 60 ? first : second).cert))
    socket.destroy()
  }
  await talker.heard.has('message 99.')
  const heard = [...talker.heard.text.matchAll(/message (\d+)\./g)].map(([, k]) => Number(k))
  expect(heard).toEqual(Array.from({ length: 100 }, (_, k) => k))
  server.child.kill()
  expect(await server.ended).toBe(0)
})

test('a certificate and a key that do not fit end the start with a sentence', async () => {
  const [a, b] = [makeCertificate('a', [], Date.now()), makeCertificate('b', [], Date.now())]
  const { flags } = filesOf({ cert: a.cert, key: b.key })
  await expect(startServer('--ephemeral', ...flags)).rejects.toThrow()
})

test('without TLS, a client that asks for it gets the remedy', async () => {
  const server = await startServer('--ephemeral')
  const { code, stderr } = await runClient([`tls://${server.address}`, '--name', 'one'], 'hello\n')
  expect(code).toBe(3)
  expect(stderr).toContain('does not take TLS. Leave out tls:// and --tls')
})

test('[S4] with only TLS, a client without it gets the remedy', async () => {
  const server = await startServer('--ephemeral', '--tls', '--tls-only')
  const { code, stderr } = await runClient([server.address, '--name', 'one'], 'hello\n')
  expect(code).toBe(4)
  expect(stderr).toContain('This server accepts TLS only. Connect with rxchat tls://HOST:PORT')
})

test('[S7] a client gives a password from a file or the environment; a wrong one is exit code 4; no log and no file has it', async () => {
  const data = temporaryFolder()
  const file = join(temporaryFolder(), 'password')
  writeFileSync(file, 'open sesame\n')
  const server = await startServer('--tls', '--data', data, '--password-file', file, '--log-level', 'debug')
  const say = (flags: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    runClient([server.address, '--name', 'one', ...flags], 'hello\n', env)
  expect(await say(['--password-file', file])).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(await say([], { RXCHAT_PASSWORD: 'open sesame' })).toEqual({ code: 0, stdout: '', stderr: '' })
  const wrong = await say([], { RXCHAT_PASSWORD: 'sesame' })
  expect(wrong).toMatchObject({ code: 4, stderr: 'rxchat: The password is wrong. Ask the host for it.\n' })
  const none = await say([])
  expect(none.code).toBe(4)
  expect(none.stderr).toContain('This server requires a password. Use --password-file FILE or RXCHAT_PASSWORD')
  server.child.kill()
  await server.ended
  for (const text of [server.out.text, server.errors.text, readFileSync(join(data, 'journal.db'), 'latin1')]) {
    expect(text).not.toContain('sesame')
  }
})

test('[S7] on a command line a password is taken, with a warning', async () => {
  const server = await startServer('--ephemeral', '--password', 'sesame')
  await server.errors.has('--password is visible in process lists')
  const client = startClient(server.address, '--name', 'one')
  expect(await client.ended).toBe(4)
})
