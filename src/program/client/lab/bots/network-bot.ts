/**
 * A bot that connects by itself, such as one with the library: {address} in its command is the address of the lab's
 * chat. Its own client reconnects, in real time. The lab sees the bot's acts in the chat, but not the events before
 * them.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { Subject } from 'rxjs'
import { GRACE_MS } from '../../../../model/limits.ts'
import type { Step } from '../../../../model/step.ts'
import type { Connection } from '../../../../port/transport.ts'
import { nameOf } from '../../../../reducer/rules/lookup.ts'
import { type Listening, tcpTransport } from '../../../../transport/tcp.ts'
import type { LabChat } from '../chat.ts'
import type { Notes } from '../verdict/notes.ts'
import type { BotSettings, LabBot } from './lab-bot.ts'
import { type Program, startProgram } from './program.ts'

const PLACE = '{address}'
const HOST = '127.0.0.1'

/** How long it may take to enter or to be back, in milliseconds. */
const COMES_MS = 20_000
const LOOK_MS = 5

/** The command that leads to each event which people notice. */
const COMMANDS: Readonly<Record<string, string>> = {
  ...{ said: 'say', told: 'tell', edited: 'edit', reacted: 'react', topic: 'topic', deleted: 'delete', pinned: 'pin' },
  moderated: 'moderate',
}

export const wantsAddress = (command: string): boolean => command.includes(PLACE)

export function networkBot({ command, quiet }: BotSettings, notes: Notes) {
  const connections = new Subject<Connection>()
  const open = new Set<Connection>()
  let isDown = true
  let listens: (at: Listening) => void
  const listening = new Promise<Listening>(resolve => {
    listens = resolve
  })
  const accepting = tcpTransport(HOST, 0, at => listens(at)).connections$.subscribe(connection => {
    if (isDown) return connection.destroy()
    open.add(connection)
    connections.next(connection)
  })
  let program: Program | null = null

  async function enter(chat: LabChat): Promise<LabBot> {
    const { port } = await listening
    const line = command.replaceAll(PLACE, `${HOST}:${port}`)
    const { clock } = chat
    let name: string | null = null
    let isKilled = false
    /** Whether a session is the bot's, by its id. */
    const own = new Map<string, boolean>()
    chat.steps$.subscribe(hear)

    const here = (): string | null =>
      chat
        .server()
        .connections()
        .find(({ address, state }) => address === HOST && state === 'here')?.name ?? null

    function hear(step: Step): void {
      const { session, after, text } = step
      if (!own.has(session)) {
        const named = nameOf(after, session)
        if (named === null) return
        own.set(session, named === here())
      }
      if (!own.get(session)) return
      program?.stir()
      for (const { kind, event } of step.events) {
        const does = kind === 'public' ? COMMANDS[event.type] : undefined
        if (does === undefined) continue
        const where = 'to' in event ? `to ${event.to}` : 'room' in event ? `in ${event.room}` : ''
        notes.does(does, where, text === null ? does : `${does}: ${text}`)
      }
    }

    async function comes(): Promise<void> {
      const until = performance.now() + COMES_MS
      while (here() === null && !notes.isOver && performance.now() < until) {
        await delay(LOOK_MS)
        // Its own client waits in real time, and so do the server's frames for it.
        await clock.advance(LOOK_MS)
      }
      name = here() ?? name
      if (here() === null && !notes.isOver) notes.stays()
      await rest(true)
    }

    async function rest(careful = false): Promise<void> {
      program?.told()
      if (program && !(await program.rest(careful))) notes.runs()
    }

    function cut(): void {
      isDown = true
      for (const connection of open) connection.destroy()
      open.clear()
    }

    const end = async (): Promise<void> => {
      isKilled = true
      await program?.end('SIGTERM')
      await clock.settle()
    }

    return {
      name: () => name,
      rest: () => rest(true),
      repeat: async () => false,
      async start() {
        notes.tells(program === null ? { is: 'arrival' } : { is: 'past', act: null })
        isDown = false
        isKilled = false
        const started = startProgram(line, quiet, clock.settle, () => notes.isOver)
        program = started
        started.ended.then(code => {
          if (!isKilled && program === started) notes.ends(code, started.said())
        })
        await comes()
      },
      async deliver(act) {
        if (act !== null) notes.tells({ is: 'live', act })
        await rest()
      },
      async cut() {
        cut()
        await delay(LOOK_MS)
        await clock.settle()
      },
      async back(missed) {
        notes.tells(missed[0] === undefined ? { is: 'arrival' } : { is: 'past', act: missed[0] })
        isDown = false
        await comes()
      },
      async kill() {
        await end()
        cut()
        await delay(LOOK_MS)
        // Without a goodbye its name is kept for the grace.
        await clock.advance(GRACE_MS + LOOK_MS)
      },
      finish: async () => {
        await rest(true)
        notes.tells({ is: 'end' })
        await end()
      },
    }
  }

  return {
    connections$: connections.asObservable(),
    enter,
    close() {
      accepting.unsubscribe()
      for (const connection of open) connection.destroy()
    },
  }
}
