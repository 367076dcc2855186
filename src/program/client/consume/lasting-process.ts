/**
 * One process for all messages: it gets each as a line of JSON, and prints `ok N` when all messages up to number N are
 * handled. It's started again when it ends, unless it has ended with exit code 0.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import type { Handed, Handler, HandlerListener } from '../../../client/consuming/handler.ts'
import { printable } from '../../../codec/native/sanitiser.ts'
import { flatten } from '../../../model/text.ts'
import { readLines } from '../../terminal/input-lines.ts'
import { endedWith, endsWithUs, IN_GROUP, stopped } from './ends.ts'

/** Messages that it gets before it has handled the first of them. */
const WINDOW = 256
const LINE_MAX_BYTES = 1024
/** How long it may take to handle the rest when rxchat is told to leave, in milliseconds. */
const PATIENCE_MS = 10_000
/** How long its last lines may take after its end, in milliseconds. */
const LAST_LINES_MS = 1000

type Child = ChildProcess & { readonly stdin: NonNullable<ChildProcess['stdin']> }

export function lastingProcess(
  command: string,
  { handled, failed, finished }: HandlerListener,
  complain: (text: string) => void,
): Handler {
  let running: Child | null = null
  let last = 0

  function begin(): Child {
    const child = spawn(command, { ...IN_GROUP, stdio: ['pipe', 'pipe', 'inherit'] }) as Child
    endsWithUs(child)
    running = child
    last = 0
    child.stdin.on('error', () => {})
    if (child.stdout)
      readLines(
        child.stdout,
        LINE_MAX_BYTES,
        ({ text }) => running === child && heard(text),
        () => {},
      )
    let hasEnded = false
    // Its last lines may come after its exit.
    const end = (why: string | null): void => {
      if (hasEnded) return
      hasEnded = true
      if (running !== child) return
      running = null
      if (why === null) finished()
      else failed(why)
    }
    child.on('error', error => end(error.message))
    child.on('close', (code, signal) => end(endedWith(code, signal)))
    return child
  }

  function heard(line: string): void {
    const [, number] = /^ok ([1-9]\d{0,14})$/.exec(line.trim()) ?? []
    const seq = Number(number)
    if (number === undefined)
      return complain(`the command printed a line that is not "ok NUMBER": ${flatten(line).slice(0, 60)}`)
    if (seq > last) complain(`the command printed ok ${seq}, and has had messages up to ${last} only.`)
    else handled(seq)
  }

  return {
    window: WINDOW,
    give(event: Handed) {
      const child = running ?? begin()
      last = event.seq
      child.stdin.write(`${printable(event)}\n`)
    },
    drop(done) {
      const child = running
      running = null
      if (child) stopped(child, done)
      else done()
    },
    close(done) {
      const child = running
      if (!child) return done()
      let last: NodeJS.Timeout | undefined
      let isOver = false
      const over = (): void => {
        clearTimeout(last)
        if (!isOver) done()
        isOver = true
      }
      child.once('close', over)
      child.stdin.end()
      // A process that it started may keep its output open.
      const soon = (): void => {
        if (!isOver) last = setTimeout(over, LAST_LINES_MS)
      }
      stopped(child, soon, PATIENCE_MS)
    },
  }
}
