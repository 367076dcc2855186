/** The tools of `rxchat-server`, run as the program runs them. */
import { PassThrough, Readable } from 'node:stream'
import { subcommand } from '../../src/program/server/subcommands.ts'
import type { Io } from '../../src/program/server/tools/run.ts'

/** Runs a tool as the program does. Rejects with the tool's error. */
export async function runTool(words: readonly string[], stdin = '') {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const [out, errors] = [stdout.setEncoding('utf8').toArray(), stderr.setEncoding('utf8').toArray()]
  const tool = await subcommand(words[0])?.load()
  if (!tool) throw new Error(`there is no ${words[0]}`)
  const io = { stdin: Readable.from([Buffer.from(stdin)]), stdout, stderr } as unknown as Io
  try {
    const code = await tool(words.slice(1), io)
    stdout.end()
    stderr.end()
    const text = (await out).join('')
    return { code, out: text, lines: text.split('\n').slice(0, -1), errors: (await errors).join('') }
  } finally {
    stdout.end()
    stderr.end()
  }
}
