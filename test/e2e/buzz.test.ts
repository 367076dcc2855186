/** Five hundred clients of five protocols buzz at once: one order, seen by all, and the same on replay. */

import type { Socket } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openStore } from '../../src/journal/sqlite/store.ts'
import { HANDSHAKES_PER_ADDRESS } from '../../src/model/limits.ts'
import { initialState } from '../../src/model/state.ts'
import { step } from '../../src/reducer/step.ts'
import { startServer } from '../helpers/program.ts'
import { entriesIn } from '../helpers/recorded.ts'
import { dialClassic, dialLine, dialNative } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { entered, text } from '../helpers/websocket.ts'

/** Of each of the four protocols, and programs that speak HTTP, of which a server has at most 64. */
const EACH = 110
const PROGRAMS = 60
const CLIENTS = 4 * EACH + PROGRAMS
/** So many of each connect at once: one address may have no more than `HANDSHAKES_PER_ADDRESS` that have not entered. */
const AT_ONCE = Math.floor(HANDSHAKES_PER_ADDRESS / 4)

type Buzzer = {
  readonly name: string
  readonly buzz: () => unknown
  /** The names in the order in which this client was told of them; null: it's told nothing. */
  readonly order: (() => readonly string[]) | null
}

const WORDS = /(\S+) buzzed (?:first|as number \d+) \(question/g

const inWords = (heard: string): readonly string[] => [...heard.matchAll(WORDS)].map(([, name = '']) => name)

const inObjects = (objects: readonly Record<string, unknown>[]): readonly string[] =>
  objects.flatMap(({ type, by }) => (type === 'answered' ? [String(by)] : []))

/** All this takes a while on a busy machine. */
function answerPings(socket: Socket, pong: () => void): void {
  socket.on('data', chunk => {
    if (String(chunk).includes('"type":"ping"')) pong()
  })
}

async function native(port: number, k: number): Promise<Buzzer> {
  const { socket, heard, send } = await dialNative(port, `native${k}`)
  answerPings(socket, () => send('{"type":"pong"}\n'))
  const order = () => inObjects(heard.lines.map(one => JSON.parse(one)))
  return { name: `native${k}`, buzz: () => send('{"type":"answer"}\n'), order }
}

async function socket(port: number, k: number): Promise<Buzzer> {
  const caller = await entered(port, `socket${k}`)
  answerPings(caller.socket, () => caller.send(text({ type: 'pong' })))
  return {
    name: `socket${k}`,
    buzz: () => caller.send(text({ type: 'answer' })),
    order: () => inObjects(caller.objects()),
  }
}

async function line(port: number, k: number): Promise<Buzzer> {
  const { heard, send } = await dialLine(port, `line${k}`)
  return { name: `line${k}`, buzz: () => send('/buzz\n'), order: () => inWords(heard.text) }
}

async function classic(port: number, k: number): Promise<Buzzer> {
  const { heard, send } = await dialClassic(port, `classic${k}`)
  return { name: `classic${k}`, buzz: () => send('buzz'), order: () => inWords(heard.text) }
}

test('[QU5] 500 clients of five protocols buzz at once, and all see one order, which is that of the journal', async () => {
  const directory = join(temporaryFolder(), 'data')
  const server = await startServer('--data', directory, '--rate', 'off', '--per-address', 'off')
  const { port } = server
  const buzzers: Buzzer[] = []
  for (let from = 0; from < EACH; from += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, EACH - from) }, (_, k) => from + k)
    const some = numbers.flatMap(k => [native(port, k), socket(port, k), line(port, k), classic(port, k)])
    buzzers.push(...(await Promise.all(some)))
  }
  const master = await dialNative(port, 'master')
  answerPings(master.socket, () => master.send('{"type":"pong"}\n'))
  master.send('{"type":"say","n":1,"text":"Who is first?","ask":{"kind":"buzz"}}\n')
  await master.heard.has('"question":')
  const question = /"question":(\d+)/.exec(master.heard.text)?.[1]
  for (let k = 0; k < PROGRAMS; k++) {
    server.type(`TOKEN ADD curl${k}`)
    const tokens = await server.out.until(text => {
      const all = [...text.matchAll(/^(rxchat_\w+)$/gm)].map(([, token = '']) => token)
      return all.length > k ? all : null
    })
    const headers = { authorization: `Bearer ${tokens[k]}` }
    const url = `http://127.0.0.1:${port}/api/rooms/lobby/questions/${question}/answer`
    buzzers.push({ name: `curl${k}`, buzz: () => fetch(url, { method: 'PUT', headers, body: '' }), order: null })
  }

  const mixed = buzzers.toSorted((a, b) => (a.name.slice(-2) < b.name.slice(-2) ? -1 : 1))
  const answers = await Promise.all(mixed.map(({ buzz }) => buzz()))
  expect(answers.filter(one => one instanceof Response && one.status !== 200)).toEqual([])
  await master.heard.until(() => master.heard.text.split('"answered"').length - 1 === CLIENTS)
  const order = inObjects(master.heard.lines.map(one => JSON.parse(one)))
  expect(new Set(order).size).toBe(CLIENTS)
  for (const { name, order: own } of buzzers) {
    if (own) await expect.poll(() => own().length, { message: name }).toBe(CLIENTS)
    if (own) expect(own(), name).toEqual(order)
  }

  server.child.kill('SIGTERM')
  await server.ended
  const { journal } = openStore(directory, () => 'another epoch')
  let state = initialState
  const replayed: string[] = []
  for (const entry of await entriesIn(journal)) {
    const done = step(state, entry)
    state = done.after
    for (const { event } of done.events) if (event.type === 'answered') replayed.push(event.by)
  }
  await journal.close()
  expect(replayed).toEqual(order)
})
