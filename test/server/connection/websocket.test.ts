/** A session on a WebSocket: the same as on a bare socket, and the two may take turns. */
import { expect, test } from 'vitest'
import { openHosting } from '../../helpers/hosting.ts'
import { dial, dialNative } from '../../helpers/sockets.ts'
import { type Caller, entered, text, upgraded } from '../../helpers/websocket.ts'

const say = (words: string, n: number): object => ({ type: 'say', text: words, n })
const typesOf = (caller: Caller): readonly unknown[] => caller.objects().map(({ type }) => type)
const tokenOf = (caller: Caller): unknown => caller.objects()[0]?.['token']
const hasOk = (n: number) => (caller: Caller) => caller.objects().some(one => one['type'] === 'ok' && one['n'] === n)
const resumed = async (port: number, hello: object): Promise<Caller> => {
  const caller = await upgraded(port)
  caller.send(text({ type: 'hello', epoch: 'epoch', ...hello }))
  await caller.until(({ objects }) => objects().length > 0)
  return caller
}

test('that is lost goes on, byte for byte, after what it had [D4] [D5]', async () => {
  const { port } = await openHosting()
  const [alice, bob] = [await entered(port, 'alice'), await entered(port, 'bob')]
  bob.send(text(say('one', 1)))
  await alice.until(({ objects }) => objects().some(one => one['text'] === 'one'))
  const cursor = alice.objects().at(-1)?.['seq']
  alice.socket.destroy()
  bob.send(text(say('two', 2)))
  await bob.until(hasOk(2))
  const again = await resumed(port, { token: tokenOf(alice), cursor })
  await again.until(({ objects }) => objects().length === 2)
  expect(again.objects()).toMatchObject([
    { type: 'welcome', name: 'alice', resumed: true, gap: false },
    { type: 'said', text: 'two' },
  ])
  const payloads = [again, bob].map(({ frames }) => frames().map(({ payload }) => payload.toString()))
  expect(payloads[1]).toContain(payloads[0]?.at(-1))
  expect(typesOf(bob)).not.toContain('quit')
})

test('repeats a command and has it performed once [D3]', async () => {
  const { port } = await openHosting()
  const alice = await entered(port, 'alice')
  const bob = await entered(port, 'bob')
  alice.send(text(say('once', 1)))
  await bob.until(({ objects }) => objects().some(one => one['text'] === 'once'))
  alice.socket.destroy()
  const again = await resumed(port, { token: tokenOf(alice), cursor: 2 })
  again.send(text(say('once', 1)))
  again.send(text(say('and on', 2)))
  await again.until(hasOk(2))
  expect(bob.objects().filter(one => one['text'] === 'once')).toHaveLength(1)
})

test('may go on from a bare socket, with a gap, since nothing is kept for it in frames; and back', async () => {
  const { port, server } = await openHosting()
  const bare = await dialNative(port, 'alice')
  const { token } = JSON.parse(bare.heard.lines[0] ?? '') as Record<string, unknown>
  const framed = await resumed(port, { token, cursor: 2 })
  await framed.until(({ objects }) => objects().length === 2)
  expect(framed.objects()).toMatchObject([
    { type: 'welcome', name: 'alice', resumed: true, gap: true },
    { type: 'room', members: [{ name: 'alice' }] },
  ])
  await bare.heard.has('"code":"replaced"')
  framed.send(text(say('in a frame', 1)))
  await framed.until(hasOk(1))
  expect(server.held().rings).toBe(1)

  const { socket, heard, send } = await dial(port)
  send(`${JSON.stringify({ type: 'hello', token, epoch: 'epoch', cursor: 2 })}\n`)
  await heard.has('"resumed":true,"gap":true')
  await framed.over
  expect(framed.objects().at(-1)).toMatchObject({ type: 'closed', code: 'replaced' })
  send(`${JSON.stringify(say('on a bare socket', 2))}\n`)
  await heard.has('"type":"ok","n":2')
  expect(heard.text).toContain('in a frame')
  socket.destroy()
})
