/** A process for each message: it gets the message as one line of JSON on its stdin, and has handled it with exit code 0. */
import { type ChildProcess, spawn } from 'node:child_process'
import type { Handler, HandlerListener } from '../../../client/consuming/handler.ts'
import { printable } from '../../../codec/native/sanitiser.ts'
import { endedWith, endsWithUs, IN_GROUP, stopped } from './ends.ts'

export function eventProcess(command: string, { handled, failed }: HandlerListener): Handler {
  let running: ChildProcess | null = null
  let isWanted = true

  return {
    window: 1,
    give(event) {
      const child = spawn(command, { ...IN_GROUP, stdio: ['pipe', 'inherit', 'inherit'] })
      endsWithUs(child)
      running = child
      isWanted = true
      // It needn't read its input.
      child.stdin.on('error', () => {})
      child.stdin.end(`${printable(event)}\n`)
      let hasEnded = false
      const end = (why: string | null): void => {
        if (hasEnded) return
        hasEnded = true
        running = null
        if (isWanted && why === null) handled(event.seq)
        else if (isWanted) failed(why ?? '')
      }
      child.on('error', error => end(error.message))
      child.on('exit', (code, signal) => end(endedWith(code, signal)))
    },
    drop(done) {
      isWanted = false
      if (running) stopped(running, done)
      else done()
    },
    close(done) {
      if (running) stopped(running, done, PATIENCE_MS)
      else done()
    },
  }
}

/** How long it may take to end when rxchat is told to leave, in milliseconds. */
const PATIENCE_MS = 10_000
