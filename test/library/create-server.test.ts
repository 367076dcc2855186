/** A server inside another program, over real sockets on a free port. */
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { firstValueFrom, toArray } from 'rxjs'
import { expect, onTestFinished, test } from 'vitest'
import { ChatError, connect, createServer, type ServerOptions } from '../../src/index.ts'
import { fingerprintOf } from '../../src/transport/tls/fingerprint.ts'
import { isListening } from '../helpers/program.ts'
import { selfSigned } from '../helpers/secure.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

async function serve(options?: ServerOptions) {
  const server = await createServer(options)
  onTestFinished(() => server.close())
  return server
}

function enter(address: string, name: string) {
  const chat = connect(address, { name })
  onTestFinished(() => chat.close())
  return chat
}

test('[M6] it listens on a free port of this machine alone, and its clients talk', async () => {
  const server = await serve()
  expect(server.host).toBe('127.0.0.1')
  expect(server.address).toBe(`127.0.0.1:${server.port}`)
  const [ann, bob] = [enter(server.address, 'ann'), enter(server.address, 'bob')]
  const heard = firstValueFrom(bob.room().said$)
  await Promise.all([ann.online(), bob.online()])
  expect(server.members()).toEqual(['ann', 'bob'])
  const { seq } = await ann.room().say('hi')
  expect(await heard).toMatchObject({ seq, from: 'ann', text: 'hi', replayed: false, own: false })
})

test('[M6] the host speaks and kicks; what is refused rejects with the reason', async () => {
  const server = await serve()
  const ann = enter(server.address, 'ann')
  const heard = firstValueFrom(ann.room().said$)
  await ann.online()
  const asked = [server.say('hello all'), server.kick('nobody'), server.say('  '), server.kick('ann', 'enough')]
  const answers = await Promise.allSettled(asked)
  expect(answers).toEqual([
    { status: 'fulfilled', value: undefined },
    { status: 'rejected', reason: expect.objectContaining({ name: 'ChatError', code: 'member-unknown' }) },
    { status: 'rejected', reason: expect.objectContaining({ name: 'ChatError', code: 'text-empty' }) },
    { status: 'fulfilled', value: undefined },
  ])
  expect(await heard).toMatchObject({ from: 'Host', text: 'hello all' })
  expect(await ann.ended).toMatchObject({ by: 'server', code: 'kicked' })
  expect(server.members()).toEqual([])
})

test('[M6] a directory keeps the messages, and its members go on', async () => {
  const data = join(temporaryFolder(), 'data')
  const first = await serve({ data })
  const ann = enter(first.address, 'ann')
  const { seq } = await ann.room().say('kept')
  await first.close()
  const again = await serve({ data, port: first.port })
  const entered = firstValueFrom(ann.event$)
  ann.retry()
  expect(await entered).toMatchObject({ type: 'entered', resumed: true })
  expect((await ann.room().history()).messages).toEqual([expect.objectContaining({ seq, text: 'kept' })])
  expect(again.members()).toEqual(['ann'])
})

test('[M6] the close says goodbye, frees the port and the directory, and is one', async () => {
  const data = join(temporaryFolder(), 'data')
  const server = await serve({ data })
  const chat = connect(server.address, { name: 'ann', reconnect: false })
  onTestFinished(() => chat.close())
  await chat.online()
  const troubles = firstValueFrom(server.trouble$.pipe(toArray()))
  await Promise.all([server.close(), server.close()])
  expect(await chat.ended).toMatchObject({ by: 'server', code: 'shutdown' })
  expect(await isListening(server.port)).toBe(false)
  await expect(server.say('anybody?')).rejects.toMatchObject({ code: 'shutdown' })
  expect(await troubles).toEqual([])
  const again = await createServer({ data })
  await again.close()
})

test('[M6] if it cannot listen it says the remedy, and holds nothing', async () => {
  const other = createTcpServer().listen(0, '127.0.0.1')
  onTestFinished(() => void other.close())
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const data = join(temporaryFolder(), 'data')
  await expect(createServer({ port, data })).rejects.toThrow(`Port ${port} of 127.0.0.1 is taken. Choose another one`)
  await expect(createServer({ host: '192.0.2.77' })).rejects.toThrow(
    'This machine does not have the address 192.0.2.77',
  )
  const server = await createServer({ data })
  await server.close()
})

/** Takes forwarded events. */
async function receiver() {
  const taken: Record<string, unknown>[] = []
  const first = Promise.withResolvers<string | undefined>()
  const server = createHttpServer(async (request, response) => {
    taken.push((await json(request)) as Record<string, unknown>)
    response.writeHead(204).end()
    first.resolve(request.headers['rxchat-signature']?.toString())
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return { taken, first: first.promise, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/in` }
}

test('[M6] messages are forwarded to a webhook; a private address needs permission', async () => {
  const { webhooks, address, say } = await serve({ allowPrivateHooks: true })
  const { taken, first, url } = await receiver()
  const { id, secret } = await webhooks.add(url, { room: 'ops' })
  expect(secret).toMatch(/^whsec_/)
  const doing = { paused: false, failures: 0, why: null, behind: 0, missed: 0, oldSecretUntil: null }
  expect(webhooks.list()).toEqual([
    { id, url, room: 'ops', events: 'messages', kinds: ['messages'], cloudevents: false, ...doing },
  ])
  const spider = enter(address, 'Spider-Man')
  await say('not here')
  await spider.room('ops').join()
  await spider.room('ops').say('here')
  expect(await first).toMatch(/^sha256=/)
  expect(taken).toMatchObject([{ room: 'ops', from: 'Spider-Man', text: 'here' }])
  await webhooks.remove(id)
  expect(webhooks.list()).toEqual([])
  await expect(webhooks.remove(id)).rejects.toMatchObject({ name: 'ChatError', code: 'hook-unknown' })
  await expect(webhooks.resume(id)).rejects.toMatchObject({ code: 'hook-unknown' })
  await expect(webhooks.add('ftp://x')).rejects.toMatchObject({ code: 'hook-url' })
  const strict = await serve()
  await expect(strict.webhooks.add(url)).rejects.toMatchObject({ name: 'ChatError', code: 'hook-private' })
})

test('[M6] [S9] with TLS and a password the address speaks TLS, and only a client with both is in', async () => {
  const data = join(temporaryFolder(), 'data')
  const server = await serve({ data, tls: true, tlsOnly: true, password: 'open sesame' })
  const { address, fingerprint } = server
  expect([address, fingerprint]).toEqual([`tls://127.0.0.1:${server.port}`, expect.stringMatching(/^SHA256:/)])
  const trusted = { name: '田中', fingerprint: fingerprint ?? '', reconnect: false }
  const inside = connect(address, { ...trusted, password: 'open sesame' })
  onTestFinished(() => inside.close())
  await inside.room().say('hi')
  expect(await connect(address, trusted).ended).toMatchObject({ code: 'password-needed' })
  const plain = connect(address.replace('tls://', ''), { name: 'bob', password: 'open sesame', reconnect: false })
  expect(await plain.ended).toMatchObject({ code: 'tls-only' })
  await server.close()
  expect((await serve({ data, tls: true })).fingerprint).toBe(fingerprint)
  expect((await serve({ tls: selfSigned })).fingerprint).toBe(fingerprintOf(selfSigned.cert))
})

test('[M6] a wrong option is a sentence, and holds nothing', async () => {
  const data = join(temporaryFolder(), 'data')
  for (const [options, sentence] of [
    [{ password: '' }, 'The password is empty. Give a password, or null for none.'],
    [{ password: 'x'.repeat(1025) }, 'The password is longer than 1024 characters. Choose a shorter one.'],
    [{ tlsOnly: true }, 'tlsOnly needs tls. Give tls: true, or a certificate and its key.'],
    [{ tls: { cert: 'x', key: 'y' } }, 'tls is not a matching certificate and key in PEM.'],
  ] as const) {
    await expect(createServer({ data, ...options })).rejects.toThrow(sentence)
  }
  await serve({ data })
})

test('[M6] an error is reported with its kind, and as an Error', async () => {
  const data = join(temporaryFolder(), 'data')
  const { address, trouble$ } = await serve({ data })
  const troubles = firstValueFrom(trouble$)
  const bob = enter(address, 'bob')
  await bob.online()
  await rm(join(data, 'journal.db'))
  await expect(bob.room().say('lost')).rejects.toMatchObject({ code: 'storage' })
  expect(await troubles).toMatchObject({ type: 'storage', refused: 1, error: expect.any(Error) })
})

test('[M6] two do not share a directory', async () => {
  const data = join(temporaryFolder(), 'data')
  await serve({ data })
  await expect(createServer({ data })).rejects.toThrow(data)
})

test('a wrong address, and a text that was not remembered, is a sentence at once', () => {
  expect(() => connect('no address', { name: 'x' })).toThrow('"no address" is not an address. Give HOST')
  for (const remembered of ['', 'null', '{"token":"x"}'])
    expect(() => connect(undefined, { name: 'x', remembered })).toThrow('The text is not from remember().')
})

test('[M3] no server there is an error that says so', async () => {
  const server = await createServer()
  await server.close()
  const error = await connect(server.address, { name: 'x' })
    .online()
    .catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(ChatError)
  expect(error).toMatchObject({ code: 'unreachable', message: expect.stringContaining('Is the server running') })
})
