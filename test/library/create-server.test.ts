/** A server inside another program, over real sockets on a free port. */
import { once } from 'node:events'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { join } from 'node:path'
import { firstValueFrom, toArray } from 'rxjs'
import { expect, onTestFinished, test } from 'vitest'
import { ChatError, connect, createServer, type ServerOptions } from '../../src/index.ts'
import { isListening } from '../helpers/program.ts'
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

test('[M6] a directory keeps what was said, and who was in goes on', async () => {
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

test('[M6] where it cannot listen it says what to do, and holds nothing', async () => {
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

test('[M6] two do not share a directory', async () => {
  const data = join(temporaryFolder(), 'data')
  await serve({ data })
  await expect(createServer({ data })).rejects.toThrow(data)
})

test('what is no address, and what was not remembered, is a sentence at once', () => {
  expect(() => connect('no address', { name: 'x' })).toThrow('"no address" is no address. Give HOST')
  for (const remembered of ['', 'null', '{"token":"x"}'])
    expect(() => connect(undefined, { name: 'x', remembered })).toThrow('That is not what remember() gave.')
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
