/**
 * Output that can't be written. It's no error if the reader has gone away. A full disk is an error, and is reported.
 */
import type { Readable, Writable } from 'node:stream'

export type StandardStreams = { readonly input: Readable; readonly output: Writable; readonly errors: Writable }

const READER_GONE: ReadonlySet<string | undefined> = new Set(['EPIPE', 'ERR_STREAM_DESTROYED', 'EIO'])

/** Null: the reader has gone away, as `head` does. */
export function unwritten(error: unknown): string | null {
  const { code, message = String(error) } = (error ?? {}) as NodeJS.ErrnoException
  if (READER_GONE.has(code)) return null
  return `the output cannot be written: ${REASONS[code ?? ''] ?? `${message}.`}`
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'there is no space left. Make some, or write it elsewhere.',
  EFBIG: 'the file would be larger than is allowed here. See ulimit -f.',
  EDQUOT: 'the quota is used up. Make some space, or write it elsewhere.',
}

/**
 * Reports a failed write in one sentence, with exit code 1 if everything else went well. Without this, Node would print
 * a stack. `goesOn` true: it's no failure of the program, since a server whose output nobody reads continues.
 */
export function guardOutput(program: string, goesOn: () => boolean = () => false): void {
  let failed = false
  process.stderr.on('error', () => {})
  process.stdout.on('error', error => {
    const sentence = unwritten(error)
    if (sentence === null || failed) return
    failed = true
    process.stderr.write(`${program}: ${sentence}\n`)
  })
  process.on('exit', code => {
    if (failed && code === 0 && !goesOn()) process.exitCode = 1
  })
}

/** The exit code if Ctrl-C ended the program before it did anything: the shell's code for SIGINT. */
export const SIGNALLED = 130

/** The signals that end a program, after its goodbye. */
export const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
