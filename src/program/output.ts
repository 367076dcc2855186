/** Output that cannot be written. A reader that has gone away is no fault; a full disk is one, and is said so. */

const READER_GONE: ReadonlySet<string | undefined> = new Set(['EPIPE', 'ERR_STREAM_DESTROYED', 'EIO'])

/** Null: the one who read it has gone away, as `head` does. */
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
 * What cannot be written is one sentence, and exit code 1 where all else went well. Without this it would be a stack.
 * `goesOn`: whether that is a failure of the program; a server that nobody reads goes on.
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
