/** How long the one thread is taken at a time: the longest delay of the loop while long work is done. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Map as IMap, Set as ISet, OrderedMap } from 'immutable'
import { nativeEncoding } from '../../src/codec/native/encoding.ts'
import { memoryHistory } from '../../src/journal/memory-history.ts'
import { openStore, type Store } from '../../src/journal/sqlite/store.ts'
import type { Draft } from '../../src/model/input.ts'
import {
  CLIENTS_MAX,
  HISTORY_PAGE_MAX,
  LAPSED_MAX,
  PENDING_MAX,
  ROOMS_MAX,
  ROOMS_PER_MEMBER,
  TEXT_MAX_BYTES,
} from '../../src/model/limits.ts'
import { Results } from '../../src/model/state/results.ts'
import { initialState, type Lapsed, type State } from '../../src/model/state.ts'
import type { History } from '../../src/port/history.ts'
import { keep } from '../../src/server/jobs/snapshots.ts'
import { recording } from '../helpers/recording.ts'
import type { Report } from './checks.ts'
import { type Case, type Delay, longestDelay, type Work, watchDisk } from './delay.ts'
import { SERVER_CASES } from './loop-server.ts'
import { milliseconds, sheet, summary } from './table.ts'

/** Of each delay: all of it; without commits and checkpoints; the processor's time of that. */
const COLUMNS = ['whole', 'apart', 'busy'] as const

const SEES_ALL = { rooms: 'all', member: null } as const

const CASES: readonly Case[] = [
  { name: '--keep forgets 10,000 messages', prepare: () => onDisk(10_000, 1000, store => store.journal.forget(9900)) },
  {
    name: 'a search in 2,400 long messages',
    prepare: () => onDisk(2400, TEXT_MAX_BYTES, ({ history }) => lookFor(history)),
  },
  {
    name: 'a deletion of a long message',
    prepare: () => onDisk(200, TEXT_MAX_BYTES, store => store.journal.erase([7])),
  },
  { name: 'a search with --ephemeral', prepare: inMemory },
  { name: `the list of ${ROOMS_MAX - 1} topics`, prepare: async () => ({ work: listRooms(), done: () => {} }) },
  {
    name: 'a snapshot with all lapsed sessions',
    prepare: () => kept(fullOfLapsed()),
  },
  {
    name: `a snapshot of ${CLIENTS_MAX} members, each in ${ROOMS_PER_MEMBER} rooms`,
    prepare: () => kept(fullOfMembers()),
  },
  ...SERVER_CASES,
]

export async function loop(reps: number, progress: (what: string) => void): Promise<Report> {
  const rows: (readonly string[])[] = []
  watchDisk()
  for (const { name, prepare } of CASES) {
    progress(name)
    const delays: Delay[] = []
    for (let rep = 0; rep < reps; rep++) {
      const { work, done } = await prepare()
      delays.push(await longestDelay(work))
      await done()
    }
    const row = COLUMNS.map(column =>
      summary(
        delays.map(delay => delay[column]),
        milliseconds,
      ),
    )
    rows.push([name, ...row])
  }
  return { sheets: [sheet(['the longest delay of the loop', ...COLUMNS], rows)], wrong: [] }
}

const fail = (error: unknown): void => {
  throw error
}

/** Words that nobody has said before, as long as asked for. */
function made(length: number): string {
  let text = ''
  while (text.length < length - 6) text += `${Math.random().toString(36).slice(2, 7)} `
  return text
}

const said = (seq: number) => ({
  ...{ seq, at: seq, room: 'lobby', from: 'alice', to: null, action: false, author: 'a', other: null },
  ...{ account: false, mentions: [] },
})
const draft = (seq: number, text: string): Draft => ({
  input: { type: 'say', room: 'lobby', action: false, id: `${seq}`, at: seq, origin: 'o', session: 'a', n: null },
  texts: { text },
})

/** Of the longest messages, so many go into one commit. */
const BATCH = 200

async function onDisk(count: number, length: number, work: (store: Store) => Promise<unknown>): Promise<Work> {
  const folder = mkdtempSync(join(tmpdir(), 'rxchat-loop-'))
  const store = openStore(folder, randomUUID)
  const seqs = Array.from({ length: count }, (_, at) => at + 1)
  for (let at = 0; at < count; at += BATCH) {
    await store.journal.append(seqs.slice(at, at + BATCH).map(seq => draft(seq, made(length))))
  }
  recording(store.history, seqs.map(said))
  // It answers when everything is in the tables.
  await store.history.horizon({ count: 1 })
  const done = async (): Promise<void> => {
    await store.journal.close()
    rmSync(folder, { recursive: true })
  }
  return { work: () => work(store), done }
}

/** The state is made before anything is measured. */
const kept = (state: State): Promise<Work> => onDisk(1, 10, ({ journal }) => keep(state, journal, fail))

const lookFor = (history: History): Promise<unknown> =>
  history.search('nobody said this', SEES_ALL, Number.MAX_SAFE_INTEGER, HISTORY_PAGE_MAX)

async function inMemory(): Promise<Work> {
  const text = made(TEXT_MAX_BYTES)
  const history = memoryHistory(seq => `${seq} ${text}`)
  recording(
    history,
    Array.from({ length: 10_000 }, (_, at) => said(at + 1)),
  )
  return { work: () => lookFor(history), done: () => {} }
}

function listRooms(): () => void {
  const topic = { text: 't'.repeat(512), by: 'alice', at: 0 }
  const lobby = initialState.rooms.first()
  const rooms = Array.from({ length: ROOMS_MAX - 1 }, (_, k) => ({ ...lobby, room: `room${k}`, topic }))
  return () => void nativeEncoding.encode({ type: 'rooms', at: 0, n: 1, rooms: rooms as never })
}

const results = Results.of(
  Array.from({ length: PENDING_MAX }, (_, n) => ({
    n,
    seq: n,
    code: 'name-taken' as const,
    detail: 'somebody here',
  })),
)

function fullOfMembers(): State {
  const ids = Array.from({ length: CLIENTS_MAX }, () => randomUUID())
  const rooms = Array.from({ length: ROOMS_PER_MEMBER + 8 }, (_, k) => `a room with a long name ${k}`)
  const isIn = (k: number, r: number): boolean => (k + r) % rooms.length < ROOMS_PER_MEMBER
  const views = rooms.map((room, r) => {
    const members = ids.flatMap((id, k) => (isIn(k, r) ? [[id, { id, name: id, since: 0, away: null }] as const] : []))
    return [room, { room, topic: null, members: IMap(members) }] as const
  })
  const members = ids.map((id, k) => {
    const own = rooms.filter((_, r) => isIn(k, r))
    return [
      id,
      { id, name: { text: id, keys: [id] }, since: 0, away: null, rooms: ISet(own), sessions: ISet([id]) },
    ] as const
  })
  const sessions = ids.map(id => [id, { id, member: id, via: id, token: id, last: 64, results }] as const)
  return {
    ...{ ...initialState, seq: 1, rooms: IMap(views), members: IMap(members), sessions: IMap(sessions) },
    tokens: IMap(ids.map(id => [id, id] as const)),
    due: IMap(ids.map(id => [id, 0] as const)),
  } as unknown as State
}

function fullOfLapsed(): State {
  const rooms = Array.from({ length: ROOMS_PER_MEMBER }, (_, k) => `a room with a long name ${k}`)
  const lapsed = Array.from({ length: LAPSED_MAX }, (_, k): [string, Lapsed] => {
    const id = `session${k}`
    const session = {
      id,
      member: id,
      origin: 'o',
      via: id,
      protocol: 'native',
      token: `${k}`,
      last: 64,
      results,
    } as const
    return [id, { session, name: { text: id, keys: [id] }, rooms, until: 1 } as never]
  })
  const tokens = IMap(lapsed.map(([id], k) => [`${k}`, id] as const))
  return { ...initialState, seq: 1, tokens, lapsed: OrderedMap(lapsed) }
}
