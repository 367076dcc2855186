/**
 * Long work of a whole server, on connections that take everything at once: the system's time for writes is no part.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Observable, Subject, type Subscriber } from 'rxjs'
import { openStore } from '../../src/journal/sqlite/store.ts'
import {
  CLIENTS_MAX,
  COMMIT_INPUTS,
  HISTORY_PAGE_MAX,
  ROOMS_PER_MEMBER,
  TEXT_MAX_BYTES,
} from '../../src/model/limits.ts'
import type { Connection, Signal } from '../../src/port/transport.ts'
import { createServer, type Server } from '../../src/server/server.ts'
import { systemClock } from '../../src/transport/clock.ts'
import { systemEntropy } from '../../src/transport/entropy.ts'
import type { Case, Work } from './delay.ts'

const ROOMS = Array.from({ length: ROOMS_PER_MEMBER - 1 }, (_, k) => `room${k}`)
/** More than one page of it. */
const TEXTS_A_ROOM = 20

const TEXT = 'quick '.repeat(TEXT_MAX_BYTES / 6)
const TOKEN = 'a token that the client has made for itself'

const line = (object: object): string => `${JSON.stringify(object)}\n`
const hello = (name: string, more: object = {}): string => line({ type: 'hello', name, ...more })
const joining = ROOMS.map(room => line({ type: 'join', room })).join('')

export const SERVER_CASES: readonly Case[] = [
  { name: `${ROOMS.length} joins in one packet`, prepare: joinsAtOnce },
  { name: `a hello that resumes over gaps in ${ROOMS.length} rooms`, prepare: resumes },
  { name: `${COMMIT_INPUTS} messages in one packet`, prepare: messagesAtOnce },
  { name: `a message to ${CLIENTS_MAX} members`, prepare: toAll },
]

type Client = {
  readonly say: (text: string) => void
  /** Resolves when `text` has come so many times since `say`. */
  readonly hears: (text: string, times: number) => Promise<void>
  readonly vanish: () => void
}

type Hosted = { readonly connect: () => Client; readonly done: () => Promise<void> }

async function host(): Promise<Hosted> {
  const folder = mkdtempSync(join(tmpdir(), 'rxchat-loop-'))
  const { journal, history } = openStore(folder, randomUUID)
  const connections = new Subject<Connection>()
  const server: Server = await createServer(
    {
      ...{ transport: { connections$: connections }, journal, history, clock: systemClock, entropy: systemEntropy },
      ...{ timeOfDay: String, day: String },
    },
    { rate: null, perAddress: null },
  )
  let count = 0
  return {
    connect() {
      const { client, connection } = pair(++count)
      connections.next(connection)
      return client
    },
    async done() {
      await server.close()
      await journal.close()
      rmSync(folder, { recursive: true })
    },
  }
}

function pair(count: number): { readonly client: Client; readonly connection: Connection } {
  let signals: Subscriber<Signal> | null = null
  let [wanted, left, found] = ['', 0, (): void => {}]
  const connection: Connection = {
    ...{ id: `${count}`, address: `192.0.2.${count % 250}`, outstanding: 0 },
    signals$: new Observable(subscriber => {
      signals = subscriber
    }),
    write(bytes) {
      if (left > 0) left -= Buffer.from(bytes).toString('latin1').split(wanted).length - 1
      if (left <= 0) found()
      return true
    },
    handOn: () => false,
    end: () => {},
    destroy: () => signals?.next({ type: 'closed' }),
  }
  const client: Client = {
    say: text => signals?.next({ type: 'bytes', bytes: Buffer.from(text) }),
    hears(text, times) {
      return new Promise(resolve => {
        ;[wanted, left, found] = [text, times, resolve]
      })
    },
    vanish: () => signals?.next({ type: 'closed' }),
  }
  return { client, connection }
}

async function entered(client: Client, greeting: string): Promise<Client> {
  const isIn = client.hears('lobby', 1)
  client.say(greeting)
  await isIn
  return client
}

/** A server in which each of the rooms has a long past, and one who has entered only. */
async function withPast(): Promise<{ readonly hosted: Hosted; readonly reader: Client }> {
  const hosted = await host()
  const writer = await entered(hosted.connect(), hello('Spider-Man'))
  const isSaid = writer.hears('"type":"ok"', ROOMS.length * TEXTS_A_ROOM)
  writer.say(joining)
  let n = 0
  for (const room of ROOMS) {
    for (let k = 0; k < TEXTS_A_ROOM; k++) writer.say(line({ type: 'say', room, n: ++n, text: TEXT }))
  }
  await isSaid
  return { hosted, reader: await entered(hosted.connect(), hello('Mr.Blue', { token: TOKEN })) }
}

async function joinsAtOnce(): Promise<Work> {
  const { hosted, reader } = await withPast()
  const work = (): Promise<void> => heard(reader, ROOMS.length, joining)
  return { work, done: hosted.done }
}

async function resumes(): Promise<Work> {
  const { hosted, reader } = await withPast()
  await heard(reader, ROOMS.length, joining)
  reader.vanish()
  const again = hosted.connect()
  // From another journal, as after a backup was restored: all of it is a gap.
  const resume = line({ type: 'hello', token: TOKEN, epoch: 'another', cursor: 1, history: HISTORY_PAGE_MAX })
  const work = (): Promise<void> => heard(again, ROOMS.length, resume)
  return { work, done: hosted.done }
}

/** Resolves when so many pages of the past have come in answer. */
function heard(client: Client, pages: number, asked: string): Promise<void> {
  const all = client.hears('"type":"history"', pages)
  client.say(asked)
  return all
}

async function messagesAtOnce(): Promise<Work> {
  const hosted = await host()
  const speaker = await entered(hosted.connect(), hello('Spider-Man'))
  const work = (): Promise<void> => {
    const all = speaker.hears('"type":"said"', COMMIT_INPUTS)
    for (let k = 0; k < COMMIT_INPUTS; k++) speaker.say(line({ type: 'say', text: 'x' }))
    return all
  }
  return { work, done: hosted.done }
}

/** In line mode, whose lists of members are short. */
async function toAll(): Promise<Work> {
  const hosted = await host()
  const all = Array.from({ length: CLIENTS_MAX }, () => hosted.connect())
  const last = await Promise.all(all.map((client, k) => entered(client, `pupil${k}\n`)))
  const say = async (text: string): Promise<void> => {
    const isHeard = Promise.all(last.slice(1).map(client => client.hears(text, 1)))
    last[0]?.say(`${text}\n`)
    await isHeard
  }
  // By then everybody has read that all others have entered.
  await say('ready')
  const work = (): Promise<void> => say('quick')
  return { work, done: hosted.done }
}
