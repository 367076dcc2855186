/** Every protocol in one room, on real sockets, while others come and go: one order for all, each message once. */
import { expect, test } from 'vitest'
import { startServer } from '../helpers/program.ts'
import { dial, dialClassic, dialLine, dialNative } from '../helpers/sockets.ts'
import { entered, text } from '../helpers/websocket.ts'

/** Somebody in the room: how to speak there, and the messages seen there so far. */
type Participant = {
  readonly name: string
  readonly echoes: boolean
  readonly say: (text: string) => void
  /** `author text`, in the order of arrival. */
  readonly seen: () => readonly string[]
  readonly until: (done: () => boolean) => Promise<unknown>
}

const MESSAGES = 12
/** The messages of the eight among all messages. */
const isOurs = (message: string): boolean => / message \d+$/.test(message)

async function line(port: number, name: string): Promise<Participant> {
  const { heard, send } = await dialLine(port, name)
  const seen = () => heard.lines.flatMap(text => / (\S+) > (.*)$/.exec(text)?.slice(1, 3).join(' ') ?? [])
  return { name, echoes: false, say: text => send(`${text}\n`), seen, until: done => heard.until(done) }
}

async function native(port: number, name: string): Promise<Participant> {
  const { heard, send } = await dialNative(port, name)
  const seen = () =>
    heard.lines
      .map(text => JSON.parse(text) as Record<string, unknown>)
      .flatMap(({ type, from, text }) => (type === 'said' ? [`${from} ${text}`] : []))
  const say = (text: string): void => send(`${JSON.stringify({ type: 'say', text })}\n`)
  return { name, echoes: true, say, seen, until: done => heard.until(done) }
}

async function websocket(port: number, name: string): Promise<Participant> {
  const caller = await entered(port, name)
  const seen = () => caller.objects().flatMap(({ type, from, text }) => (type === 'said' ? [`${from} ${text}`] : []))
  return {
    name,
    echoes: true,
    say: words => caller.send(text({ type: 'say', text: words })),
    seen,
    until: caller.until,
  }
}

/** The time at the start of a message ends the one before: how reads fall is not of interest here. */
async function classic(port: number, name: string): Promise<Participant> {
  const { heard, send } = await dialClassic(port, name)
  const seen = () =>
    heard.text
      .split(/(?=\[\d\d:\d\d:\d\d\] )/)
      .flatMap(text => /^\S+ (\S+) > (.*)$/s.exec(text)?.slice(1, 3).join(' ') ?? [])
  return { name, echoes: false, say: send, seen, until: done => heard.until(done) }
}

test('[D1] all see each message of the others once, in one and the same order, and nobody sees double', async () => {
  const { port } = await startServer('--rate', '200')
  const eight = [
    ...[await line(port, 'line1'), await line(port, 'line2')],
    ...[await native(port, 'native1'), await native(port, 'native2')],
    ...[await websocket(port, 'websocket1'), await websocket(port, 'websocket2')],
    ...[await classic(port, 'classic1'), await classic(port, 'classic2')],
  ]
  const witness = eight.find(({ echoes }) => echoes) as Participant

  // One after another has been heard of: the original's protocol has no framing.
  const talk = async ({ name, say }: Participant): Promise<void> => {
    for (let k = 0; k < MESSAGES; k++) {
      say(`message ${k}`)
      await witness.until(() => witness.seen().includes(`${name} message ${k}`))
    }
  }
  const comeAndGo = async (round: number): Promise<void> => {
    const [native, person] = [await dialNative(port, `visitor${round}`), await dialLine(port, `walker${round}`)]
    for (const text of ['hello', 'and goodbye']) native.send(`${JSON.stringify({ type: 'say', text })}\n`)
    person.send('hello\n/quit\n')
    await native.heard.has('and goodbye')
    if (round % 2 === 0) native.socket.resetAndDestroy()
    else native.send('{"type":"bye"}\n')
  }
  await Promise.all([...eight.map(talk), ...[0, 1, 2, 3, 4, 5].map(comeAndGo)])

  const all = eight.flatMap(({ name }) => Array.from({ length: MESSAGES }, (_, k) => `${name} message ${k}`))
  const oursOf = ({ seen }: Participant): readonly string[] => seen().filter(isOurs)
  const isDue = ({ name, echoes }: Participant, message: string): boolean => echoes || !message.startsWith(`${name} `)
  await Promise.all(
    eight.map(one => one.until(() => oursOf(one).length >= all.filter(message => isDue(one, message)).length)),
  )
  const order = oursOf(witness)
  expect([...order].sort()).toEqual([...all].sort())
  for (const one of eight) expect(oursOf(one)).toEqual(order.filter(message => isDue(one, message)))
})

test('a name that twenty ask for at once goes to exactly one, in any protocols', async () => {
  const { port } = await startServer()
  const wires = await Promise.all(Array.from({ length: 20 }, () => dial(port)))
  for (const [k, { send }] of wires.entries()) send(k % 2 === 0 ? '{"type":"hello","name":"alice"}\n' : 'alice\n')
  await Promise.all(wires.map(({ heard }) => heard.has(/elcome|taken/)))
  expect(wires.filter(({ heard }) => /elcome/.test(heard.text))).toHaveLength(1)
  expect(wires.filter(({ heard }) => /taken by somebody here/.test(heard.text))).toHaveLength(19)
})
