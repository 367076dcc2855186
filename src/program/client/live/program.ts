/** The program that `rxchat --live -- COMMAND` runs: its output is passed on, and so are the signals. */
import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import type { Readable, Writable } from 'node:stream'
import { signalGroup } from '../../../system/process-group.ts'
import { SIGNALS } from '../../terminal/output.ts'

/** The source of the output, and its end. */
export type Source = {
  /** Begins to read. `hear` gets each piece; false: it takes no more until `resume`. */
  readonly read: (hear: (bytes: Buffer) => boolean) => void
  readonly resume: () => void
  /** The exit status; null: there is none, as with the input. */
  readonly ended: Promise<number | null>
  /** A signal came. False: it can be ended only by ending this program. */
  readonly signal: (signal: NodeJS.Signals) => boolean
}

/** The exit code of a shell for a program that can't be found, or can't be run. */
const NOT_FOUND = 127
const NOT_RUN = 126

/** The exit code of a shell for a program that a signal has ended. */
const SIGNAL_CODE = 128

/** How long the output may go on after the end of a program that a signal has ended, in milliseconds. */
const LAST_OUTPUT_MS = 2000

/**
 * `isTerminal`: a terminal sends its signals to the program itself, which may read from it, so it stays in the group of this
 * process. Otherwise it has a group of its own: so a signal reaches what it has started, too, and each of these once.
 */
export function programOf(
  [command = '', ...words]: readonly string[],
  { output, errors, isTerminal, complain }: ProgramWish,
): Source {
  const child = spawn(command, words, { stdio: ['inherit', 'pipe', 'pipe'], detached: !isTerminal })
  const streams: readonly (readonly [Readable, Writable])[] = [
    [child.stdout, output],
    [child.stderr, errors],
  ]
  let isSignalled = false
  const ended = exitOf(child, command, complain, () => isSignalled)
  return {
    ended,
    read(hear) {
      for (const [from, to] of streams) passOn(from, to, hear, streams)
    },
    resume() {
      for (const [from, to] of streams) if (!to.writableNeedDrain) from.resume()
    },
    signal(signal) {
      isSignalled = true
      if (!isTerminal) signalGroup(child, signal)
      else if (signal !== 'SIGINT') child.kill(signal)
      return true
    },
  }
}

type ProgramWish = {
  readonly output: Writable
  readonly errors: Writable
  readonly isTerminal: boolean
  readonly complain: (text: string) => void
}

/** A reader of the output that has gone away doesn't end the program: the chat goes on reading. */
function passOn(
  from: Readable,
  to: Writable,
  hear: (bytes: Buffer) => boolean,
  all: readonly (readonly [Readable, Writable])[],
): void {
  let isGone = false
  to.on('error', () => {
    isGone = true
    from.resume()
  })
  from.on('data', (bytes: Buffer) => {
    if (!hear(bytes)) for (const [one] of all) one.pause()
    if (isGone || to.write(bytes)) return
    from.pause()
    to.once('drain', () => from.resume())
  })
}

function exitOf(
  child: ChildProcess,
  command: string,
  complain: (text: string) => void,
  isSignalled: () => boolean,
): Promise<number> {
  return new Promise(resolve => {
    child.on('error', ({ code }: NodeJS.ErrnoException) => {
      const isMissing = code === 'ENOENT'
      complain(
        isMissing ? `${command} was not found. Check its name, or use sh -c.` : `${command} cannot be run (${code}).`,
      )
      resolve(isMissing ? NOT_FOUND : NOT_RUN)
    })
    const end = (code: number | null, signal: NodeJS.Signals | null): void =>
      resolve(code ?? SIGNAL_CODE + (signal ? constants.signals[signal] : 0))
    // A process that the command started may keep its output open.
    let last: NodeJS.Timeout | undefined
    child.on('exit', (code, signal) => {
      if (!isSignalled()) return
      last = setTimeout(() => {
        // Else they would keep this process.
        child.stdout?.destroy()
        child.stderr?.destroy()
        end(code, signal)
      }, LAST_OUTPUT_MS)
    })
    child.on('close', (code, signal) => {
      clearTimeout(last)
      end(code, signal)
    })
  })
}

/** The input as it comes. */
export function inputSource(input: Readable): Source {
  const { promise, resolve } = Promise.withResolvers<null>()
  return {
    ended: promise,
    read(hear) {
      input.on('data', (bytes: Buffer) => {
        if (!hear(bytes)) input.pause()
      })
      input.on('end', () => resolve(null))
      input.on('error', () => resolve(null))
      input.on('close', () => resolve(null))
    },
    resume: () => void input.resume(),
    signal: () => false,
  }
}

/** Calls `heard` at each signal, until the returned function is called. */
export function onSignals(heard: (signal: NodeJS.Signals) => void): () => void {
  for (const signal of SIGNALS) process.on(signal, heard)
  return () => {
    for (const signal of SIGNALS) process.off(signal, heard)
  }
}
