/**
 * A bot as `rxchat --exec` runs it, with the same client and the same runner, but in virtual time, and one line of its input
 * after another: the next one comes when it's done with the one before. So each of its commands has a cause.
 */
import { PassThrough, Writable } from 'node:stream'
import { type Client, connect } from '../../../../client/session/connection.ts'
import { INPUT_LINE_MAX_BYTES } from '../../../../model/limits.ts'
import { readLines } from '../../../terminal/input-lines.ts'
import { type BotProcess, runBot } from '../../pipe/bot.ts'
import { readCommand } from '../../pipe/json-command.ts'
import type { LabChat } from '../chat.ts'
import { deadEnd } from '../network.ts'
import { random } from '../random.ts'
import type { Notes } from '../verdict/notes.ts'
import type { Cause } from '../verdict/observed.ts'
import type { BotSettings, LabBot } from './lab-bot.ts'
import { type Program, startProgram } from './program.ts'

/** An address that none of the people have. */
const ADDRESS = '198.51.100.1'

/** How long its rxchat may take to be back, in virtual milliseconds, and how often that is looked at. */
const BACK_MS = 120_000
const STEP_MS = 250

/** So many inputs, which it has seen, a bot gets again, marked, after its restart. */
const PAST_INPUTS = 30

/** Replies that answer its own questions with messages of the past. */
const PAGES: ReadonlySet<unknown> = new Set(['history', 'found', 'messages', 'pins'])
const ARRIVAL: ReadonlySet<unknown> = new Set(['welcome', 'room', 'conversations'])

/** A bot's line under --cursor when it's done with an event. */
const DONE = /^ok \d+\s*$/

type Heard = { readonly [field: string]: unknown }

/** `actOf` gives the act that an input of the server comes from. */
export function pipedBot(
  chat: LabChat,
  settings: BotSettings,
  notes: Notes,
  actOf: (seq: unknown) => number | undefined,
): LabBot {
  const { clock } = chat
  const { command, name, room, quiet, seed, cursor } = settings
  const jitter = random(`${seed} bot`).next
  const lines: string[] = []
  let client: Client | null = null
  let program: Program | null = null
  let running: Promise<number> = Promise.resolve(0)
  let cutWire = (): void => {}
  let isDown = false
  let isKilled = false
  let isLeaving = false
  let starts = 0
  let me: unknown
  let seen = 0
  let last: { readonly line: string; readonly act: number } | null = null

  function startTapped(): BotProcess {
    const started = startProgram(command, quiet, clock.settle, () => notes.isOver)
    program = started
    const input = new PassThrough()
    // Not as a pipe: lines that are written after the end of the chat have to be heard, too.
    started.stdout.on('data', (chunk: Buffer) => {
      if (isLeaving || input.write(chunk)) return
      started.stdout.pause()
      input.once('drain', () => started.stdout.resume())
    })
    started.stdout.on('end', () => input.end())
    const none = (): void => {}
    readLines(started.stdout, INPUT_LINE_MAX_BYTES, ({ text }) => hear(text), none)
    const output = new Writable({
      write(chunk: Buffer, _, done) {
        if (chunk.length > 0) lines.push(chunk.toString('utf8'))
        done()
      },
    })
    started.ended.then(code => {
      if (!isKilled && program === started) notes.ends(code, started.said())
    })
    return { input, output, ended: started.ended, close: () => started.stdin.end(), kill: () => started.kill() }
  }

  /** Takes a line of the bot. */
  function hear(line: string): void {
    // With a cursor, a lasting bot says how far it is.
    if (line.trim() === '' || (cursor && DONE.test(line))) return
    const read = readCommand(line, room)
    if ('error' in read) return notes.breaks(line, read.error)
    if ('leave' in read) return
    notes.does(read.type, 'to' in read ? `to ${read.to}` : 'room' in read ? `in ${read.room ?? ''}` : '', line)
  }

  function causeOf(heard: Heard): Cause | null {
    const { type, seq, at, replayed } = heard
    if (ARRIVAL.has(type)) return { is: 'arrival' }
    if (PAGES.has(type)) return { is: 'page' }
    if (typeof at !== 'number') return null
    const act = actOf(seq)
    if (replayed === true) return { is: 'past', act: act ?? null }
    return act === undefined ? { is: 'arrival' } : { is: 'live', act }
  }

  function tell(line: string): void {
    const heard = JSON.parse(line) as Heard
    if (heard['type'] === 'welcome') me = heard['id']
    if (typeof heard['seq'] === 'number') seen = Math.max(seen, heard['seq'])
    const isOwn = heard['id'] === me && heard['type'] !== 'welcome' && heard['replayed'] !== true
    const cause = isOwn ? null : causeOf(heard)
    if (isOwn) notes.tellsOwn()
    else if (cause) notes.tells(cause)
    if (cause?.is === 'live') last = { line, act: cause.act }
    program?.tell(line)
  }

  async function come(): Promise<void> {
    const isBack = (): boolean => client?.status$.value.state === 'online'
    for (let ms = 0; ms < BACK_MS && !isBack() && !notes.isOver; ms += STEP_MS) await clock.advance(STEP_MS)
    if (!isBack() && !notes.isOver) notes.stays()
  }

  async function deliver(): Promise<void> {
    while (!notes.isOver) {
      await clock.settle()
      const line = lines.shift()
      if (line === undefined) return
      tell(line)
      if (!(await program?.rest())) notes.runs()
    }
  }

  return {
    name: () => name,
    deliver,
    async start() {
      isKilled = false
      starts += 1
      client = connect(
        {
          dial() {
            if (isDown) return deadEnd(clock.turn)
            return chat.dial(ADDRESS, cut => {
              cutWire = cut
            })
          },
          ...{ clock, random: jitter, secret: () => `bot${String(starts).padStart(40, '0')}` },
        },
        { name, room, history: 0, reconnect: true, patience: null, catchUp: true },
      )
      const since = starts === 1 ? null : { after: Math.max(0, seen - PAST_INPUTS) }
      const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
      running = runBot(client, command, { room, since }, silent, startTapped)
      await come()
      await deliver()
    },
    rest: async () => void (await program?.rest(true)),
    async cut() {
      isDown = true
      cutWire()
      await clock.settle()
    },
    async back() {
      isDown = false
      await come()
    },
    async kill() {
      isKilled = true
      program?.kill()
      await program?.ended
      lines.length = 0
      for (let ms = 0; ms < BACK_MS && client?.status$.value.state !== 'ended'; ms += STEP_MS)
        await clock.advance(STEP_MS)
      await running
    },
    async repeat() {
      if (last === null) return false
      notes.tells({ is: 'repeat', act: last.act })
      program?.tell(last.line)
      await program?.rest(true)
      await deliver()
      return true
    },
    async finish() {
      await program?.rest(true)
      await deliver()
      isKilled = true
      isLeaving = true
      notes.tells({ is: 'end' })
      client?.leave()
      for (let ms = 0; ms < BACK_MS && client?.status$.value.state !== 'ended'; ms += STEP_MS)
        await clock.advance(STEP_MS)
      client?.close()
      program?.stdout.resume()
      await program?.end()
      await running
    },
  }
}
