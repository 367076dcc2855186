/** `npm run bench`: figures for this machine, and exit code 1 if a delivery went wrong. docs/benchmarks.md explains them. */
import type { Report } from './checks.ts'
import { durability } from './durability.ts'
import { fanOut, SOCKETS, WEBSOCKETS } from './fan-out.ts'
import { longJournal } from './journal.ts'
import { NoGenerator } from './load.ts'
import { loop } from './loop.ts'
import { describeMachine } from './machine.ts'
import { memory } from './memory.ts'
import { type Part, readOptions, WrongOption } from './options.ts'
import { page } from './page.ts'
import { slowReaders } from './slow-readers.ts'
import { startUp } from './start-up.ts'
import { terminal } from './terminal.ts'

const print = (lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n\n`)
const progress = (what: string): void => void process.stderr.write(`${what}\n`)
const fail = (code: number, message: string): never => {
  process.stderr.write(`bench: ${message}\n`)
  process.exit(code)
}
process.once('SIGINT', () => process.exit(130))

try {
  const { only, reps, cases, inputs } = readOptions(process.argv.slice(2))
  const measure: Readonly<Record<Part, () => Promise<readonly Report[]>>> = {
    'start-up': async () => [{ lines: await startUp(), wrong: [] }],
    'fan-out': () => fanOut(SOCKETS, cases, reps, progress),
    websocket: () => fanOut(WEBSOCKETS, cases, reps, progress),
    'slow-readers': async () => [await slowReaders(reps, progress)],
    durability: async () => [await durability(reps, progress)],
    journal: async () => [await longJournal(inputs, reps, progress)],
    loop: async () => [await loop(reps, progress)],
    memory: async () => [await memory(reps, progress)],
    page: async () => [await page(reps, progress)],
    terminal: async () => [await terminal(progress)],
  }
  print([
    ...describeMachine(),
    `npm run bench -- --only ${only.join(',')} --reps ${reps} --cases ${cases.join(',')} --inputs ${inputs}`,
    `median (least..most) of ${reps}, each with a fresh server`,
  ])
  const wrong: string[] = []
  for (const part of only) {
    progress(part)
    for (const report of await measure[part]()) {
      print(report.lines)
      wrong.push(...report.wrong)
    }
  }
  if (wrong.length > 0) fail(1, `rxchat did not deliver everything exactly once and in order:\n${wrong.join('\n')}`)
} catch (error) {
  if (error instanceof WrongOption) fail(2, error.message)
  if (!(error instanceof NoGenerator)) throw error
  fail(1, error.message)
}
