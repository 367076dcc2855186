/**
 * `rxchat` line by line on a terminal: the prompt stays below what arrives; history and completion are readline's, over
 * the shared command table and the names in the room.
 */
import { clearScreenDown, createInterface, cursorTo, type Interface, moveCursor } from 'node:readline'
import type { Client } from '../../client/connection.ts'
import type { Status } from '../../client/status.ts'
import { emptyView, evolveView, type View } from '../../client/view.ts'
import { errorText } from '../../model/error.ts'
import { readTyped, SLASH_COMMANDS, usage } from '../../model/slash.ts'
import { LOBBY } from '../../model/view.ts'
import { localTime } from '../time-of-day.ts'
import { complete } from './complete.ts'
import type { Streams } from './tool.ts'
import { words } from './words.ts'

/** Resolves with the exit code when the conversation is over. */
export function runPlain(client: Client, firstRoom: string, { input, output }: Streams): Promise<number> {
  let view: View = emptyView
  let room = firstRoom
  const lines = createInterface({
    input,
    output,
    terminal: true,
    historySize: 500,
    completer: (line: string) => complete(line, view, room),
  })

  const show = (shown: readonly string[]): void => above(lines, output, () => shown.forEach(line => output.write(`${line}\n`)))
  const prompt = (): void => {
    lines.setPrompt(room === LOBBY ? `${view.name} > ` : `#${room} ${view.name} > `)
    lines.prompt(true)
  }

  client.spoken$.subscribe(({ reply }) => {
    view = evolveView(view, reply)
    show(words(reply, localTime))
    if (!view.rooms.has(room)) room = view.rooms.has(LOBBY) ? LOBBY : (view.rooms.keySeq().first() ?? LOBBY)
    if (reply.type === 'room') room = reply.room
    prompt()
  })
  client.outcome$.subscribe(outcome => {
    if (outcome.is === 'unknown') show(['It is not known whether your last message arrived. Say it again if it did not.'])
  })

  lines.on('line', line => {
    erase(output, lines.getPrompt() + line)
    if (line.trim() !== '') enter(line)
    prompt()
  })
  lines.on('SIGINT', () => lines.close())
  lines.on('close', () => client.leave())

  function enter(line: string): void {
    const typed = readTyped(line, room)
    switch (typed.type) {
      case 'help':
        return show(help())
      case 'wrong':
        return show([errorText(typed.code, typed.detail)])
      case 'query':
        return void client.ask(typed.query)
      case 'command':
        return typed.command.type === 'quit' ? lines.close() : void client.ask(typed.command)
    }
  }

  return new Promise(resolve => {
    client.status$.subscribe(status => {
      if (status.state === 'waiting') show([`Not connected: ${status.why}. Trying again.`])
      if (status.state !== 'ended') return
      lines.close()
      output.write(`${lastWords(status)}\n`)
      resolve(status.end.exit)
    })
  })
}

const lastWords = ({ end }: Extract<Status, { state: 'ended' }>): string => (end.by === 'user' ? 'Goodbye.' : end.message)

/** Writes above the line that is being typed, which may have several rows. */
function above(lines: Interface, output: Streams['output'], write: () => void): void {
  moveCursor(output, 0, -lines.getCursorPos().rows)
  cursorTo(output, 0)
  clearScreenDown(output)
  write()
  lines.prompt(true)
}

/** Takes a line that was just entered off the screen: what was said comes back with its time. */
function erase(output: Streams['output'], line: string): void {
  const columns = 'columns' in output && typeof output.columns === 'number' ? output.columns : 80
  moveCursor(output, 0, -Math.max(1, Math.ceil(line.length / columns)))
  cursorTo(output, 0)
  clearScreenDown(output)
}

function help(): readonly string[] {
  const width = Math.max(...SLASH_COMMANDS.map(row => usage(row).length))
  return SLASH_COMMANDS.map(row => `  ${usage(row).padEnd(width)}  ${row.help}`)
}
