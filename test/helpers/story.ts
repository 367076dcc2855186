/** An evening in a room, for screenshots and tests of screens: native clients send one thing after another. */
import { once } from 'node:events'
import { connect } from 'node:net'

export type Speaker = {
  /** Resolves when the server has acknowledged it. */
  readonly ask: (command: object) => Promise<void>
  readonly say: (text: string, room?: string) => Promise<void>
  readonly leave: () => Promise<void>
}

/** Resolves when the client is in the room. */
export async function speaker(port: number, name: string): Promise<Speaker> {
  const socket = connect(port, '127.0.0.1')
  const heard = new Map<string, () => void>()
  let rest = ''
  let n = 0
  socket.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const { type, n } = JSON.parse(line) as { readonly type: string; readonly n?: number }
      const what = n === undefined ? type : `${n}`
      heard.get(what)?.()
      heard.delete(what)
    }
  })
  const answered = (what: string): Promise<void> => new Promise(resolve => heard.set(what, resolve))
  const send = (object: object): void => void socket.write(`${JSON.stringify(object)}\n`)
  const ask = (command: object): Promise<void> => {
    n += 1
    send({ ...command, n })
    return answered(`${n}`)
  }
  send({ type: 'hello', name })
  await answered('room')
  return {
    ask,
    say: (text, room = 'lobby') => ask({ type: 'say', text, room }),
    async leave() {
      send({ type: 'bye' })
      await once(socket, 'close')
    },
  }
}

/** Messages from before the watcher comes. */
export async function before(port: number): Promise<readonly Speaker[]> {
  const bob = await speaker(port, 'bob')
  const dora = await speaker(port, 'Жанна')
  await bob.ask({ type: 'topic', room: 'lobby', topic: 'Release on Friday · please test the page' })
  await bob.say('the build is green again')
  await dora.say('спасибо! что было не так?')
  await bob.say(
    'A clock: the test took the time of day for the time since the start. It is fixed, and there is a test that fails without it.',
  )
  return [bob, dora]
}

/** The events while the watcher is there. */
export async function evening(port: number, [bob, dora]: readonly Speaker[]): Promise<void> {
  if (!bob || !dora) return
  for (const name of ['carl', 'dora', 'emil']) await (await speaker(port, name)).leave()
  const kimura = await speaker(port, '木村さん')
  await kimura.say('こんばんは、リリースノートを書きました 🎉')
  await dora.say('отлично 👍🏽 👨‍👩‍👧')
  await bob.ask({ type: 'say', room: 'lobby', text: 'dances', action: true })
  await kimura.say('مرحبا بالعالم')
  await bob.say('alice, can you have a look at https://chat.example/release before noon?')
  await bob.ask({ type: 'tell', to: 'alice', text: 'no hurry, really' })
  await dora.ask({ type: 'away', note: 'lunch' })
}
