/** Clients of a chaos run: the connection actor in this process, and `rxchat` as a bot in a process of its own. */
import { connect } from '../../src/client/session/connection.ts'
import type { Incoming } from '../../src/client/session/incoming.ts'
import { readReply } from '../../src/codec/native/reply.ts'
import type { Dialer } from '../../src/port/dialer.ts'
import { systemClock } from '../../src/transport/clock.ts'
import { tcpDialer } from '../../src/transport/dial-tcp.ts'
import { systemEntropy } from '../../src/transport/entropy.ts'
import { run } from './process.ts'
import { Ear, type Fate, type Testimony } from './record.ts'
import { type Place, writeTalk } from './talk.ts'

export type Talker = {
  readonly name: string
  /** Its process, if it has its own. */
  readonly pid: number | null
  readonly ear: Ear
  readonly say: (place: Place, bytes: number) => void
  readonly join: (room: string) => void
  readonly rename: (name: string) => void
  /** Messages that wait for their answers. */
  readonly waiting: () => number
  /** The exit code. */
  readonly ended: Promise<unknown>
  /** Leaves when everything is answered; resolves with the exit code. */
  readonly leave: () => Promise<unknown>
  readonly testimony: () => Testimony
}

/** HOST:PORT */
export type Address = `${string}:${number}`

export const local = (port: number): Address => `127.0.0.1:${port}`

export function dialerOf(address: Address): Dialer {
  const [host = '', port] = address.split(':')
  return tcpDialer(host, Number(port))
}

/** Sends to rooms and direct messages; knows the outcome of each. */
export function actor(
  name: string,
  address: Address,
  answered: () => void,
  { dial = dialerOf(address), room = 'lobby' }: { readonly dial?: Dialer; readonly room?: string } = {},
): Talker {
  const ear = new Ear()
  const said: { readonly id: number; readonly text: string }[] = []
  const fates = new Map<number, Fate>()
  const acknowledged: number[] = []
  const client = connect(
    {
      dial,
      clock: systemClock,
      random: Math.random,
      secret: systemEntropy.secret,
    },
    { name, room, reconnect: true, history: 0 },
  )
  client.incoming$.subscribe(spoken => ear.hear(spoken))
  client.outcome$.subscribe(outcome => {
    if (fates.has(outcome.id)) throw new Error(`${name} was told twice what became of its ${outcome.id}-th`)
    fates.set(outcome.id, outcome.is)
    if (outcome.is === 'done') acknowledged.push(outcome.seq)
    answered()
  })
  const ended = new Promise(resolve => {
    client.status$.subscribe(status => {
      if (status.state === 'ended') resolve(status.end.exit)
    })
  })
  return {
    name,
    pid: null,
    ear,
    say(place, bytes) {
      const text = writeTalk({ author: name, n: said.length + 1, place }, bytes)
      const where = place.slice(1)
      const id = place.startsWith('@')
        ? client.ask({ type: 'tell', to: where, text, action: false })
        : client.ask({ type: 'say', room: where, text, action: false })
      said.push({ id, text })
    },
    join: room => void client.ask({ type: 'join', room }),
    rename: next => void client.ask({ type: 'nick', name: next }),
    waiting: () => client.waiting$.value,
    ended,
    leave() {
      client.leave()
      return ended
    },
    testimony: () => ({
      name,
      said: said.map(({ id, text }) => ({ text, fate: fates.get(id) ?? 'unanswered' })),
      acknowledged,
      heard: ear.heard,
      since: ear.since,
      members: ear.members,
    }),
  }
}

/** `rxchat --json --follow`, fed line by line. It knows only its output. */
export function bot(name: string, address: Address, answered: () => void): Talker {
  const ear = new Ear()
  /** `k`: how many commands came before it. */
  const said: { readonly k: number; readonly text: string }[] = []
  let asked = 0
  let code: unknown
  const { pid, type, ended } = run('rxchat', [address, '--name', name, '--json', '--follow'], line => {
    ear.hear(readSpoken(line))
    if (/^\{"type":"(ok|rejected)"/.test(line)) answered()
  })
  /** The outcomes of its commands, in the order in which they were asked, which is the order of their numbers. */
  const fates = (): readonly Fate[] => {
    if (ear.isRenumbered || ear.comings.filter(coming => coming === 'new').length > 1) return []
    const settled = [...ear.answers.keys(), ...ear.refused].sort((x, y) => x - y)
    return settled.map(n => (ear.answers.has(n) ? 'done' : 'refused'))
  }
  const ask = (command: object): void => {
    asked++
    type(JSON.stringify(command))
  }
  return {
    name,
    pid,
    ear,
    say(place, bytes) {
      const text = writeTalk({ author: name, n: said.length + 1, place }, bytes)
      said.push({ k: asked, text })
      ask({ type: 'say', room: place.slice(1), text })
    },
    join: room => ask({ type: 'join', room }),
    rename: next => ask({ type: 'nick', name: next }),
    waiting: () => asked - ear.answers.size - ear.refused.size,
    ended,
    async leave() {
      type('{"type":"bye"}')
      code = await ended
      return code
    },
    testimony() {
      const known = fates()
      return {
        name,
        said: said.map(({ k, text }) => ({ text, fate: code === 0 ? 'done' : (known[k] ?? 'unanswered') })),
        acknowledged: [...ear.answers.values()],
        heard: ear.heard,
        since: ear.since,
        members: ear.members,
      }
    },
  }
}

function readSpoken(line: string): Pick<Incoming, 'reply' | 'replayed'> {
  const reply = readReply(line)
  if (reply) return { reply, replayed: 'replayed' in reply && reply.replayed === true }
  const stated = JSON.parse(line) as Incoming['reply']
  if (stated.type !== 'gap') throw new Error(`rxchat --json printed ${line}`)
  return { reply: stated, replayed: true }
}
