/** Two builds replay one journal side by side, to find the first input where their results differ. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { linesOf } from '../../../journal/exported.ts'

export type Comparison =
  | { readonly type: 'agree'; readonly inputs: number }
  /** `here` and `there` are their lines; null: that one has ended. */
  | { readonly type: 'part'; readonly here: string | null; readonly there: string | null }
  /** The other program can't replay; `complaint` is its stderr. */
  | { readonly type: 'failed'; readonly complaint: string }

/** `command` is a program's path, or a shell command; `args` are added to it. */
export async function compare(
  here: AsyncGenerator<string>,
  command: string,
  args: readonly string[],
): Promise<Comparison> {
  const child = start(command, args)
  const complaint = textOf(child.stderr as Readable).catch(() => '')
  const ended = once(child, 'close').catch(() => {})
  const there = linesOneByOne(child.stdout as Readable)
  try {
    const verdict = await compareLines(here, there)
    if (verdict.type !== 'part' || verdict.there !== null) return verdict
    await ended
    return child.exitCode === 0 ? verdict : { type: 'failed', complaint: await complaint }
  } finally {
    child.kill()
    // A process started by a shell outlives it. It ends when its output is closed.
    child.stdout?.destroy()
    child.stderr?.destroy()
  }
}

async function compareLines(here: AsyncGenerator<string>, there: AsyncGenerator<string>): Promise<Comparison> {
  for (let inputs = 0; ; inputs++) {
    const [mine, other] = await Promise.all([here.next(), there.next()])
    if (mine.done && other.done) return { type: 'agree', inputs: Math.max(0, inputs - 1) }
    const [a, b] = [mine.done ? null : mine.value, other.done ? null : other.value]
    if (a !== b) return { type: 'part', here: a, there: b }
  }
}

/** A file is executed, a script with this Node; anything else is a shell command. */
function start(command: string, args: readonly string[]): ChildProcess {
  const stdio = ['ignore', 'pipe', 'pipe'] as const
  if (!statSync(command, { throwIfNoEntry: false })?.isFile()) {
    return spawn('/bin/sh', ['-c', `${command} "$@"`, command, ...args], { stdio: [...stdio] })
  }
  const isScript = /\.[cm]?[jt]s$/.test(command)
  return spawn(isScript ? process.execPath : command, [...(isScript ? [command] : []), ...args], { stdio: [...stdio] })
}

async function* linesOneByOne(stream: Readable): AsyncGenerator<string> {
  for await (const lines of linesOf(stream.setEncoding('utf8'))) yield* lines
}

/** Only the beginning of the output, so that endless output costs no memory. */
async function textOf(stream: Readable): Promise<string> {
  let text = ''
  for await (const chunk of stream.setEncoding('utf8')) if (text.length < 4096) text += chunk
  return text.trim()
}
