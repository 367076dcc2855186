/** `npm run bench`: figures for this machine, and exit code 1 if a delivery went wrong. docs/performance.md explains them. */
import type { Report } from './checks.ts'
import { cluster } from './cluster.ts'
import { NotCompiled } from './compiled.ts'
import { fanOut, LARGE, SOCKETS, WEBSOCKETS } from './fan-out.ts'
import { files } from './files.ts'
import { growth } from './growth.ts'
import { joining } from './joining.ts'
import { longJournal } from './journal.ts'
import { keeping } from './keeping.ts'
import { loop } from './loop.ts'
import { describeMachine } from './machine.ts'
import { memory } from './memory.ts'
import { type Part, readOptions, WrongOption } from './options.ts'
import { page } from './page.ts'
import { keepResults, type Results } from './results.ts'
import { slowReaders } from './slow-readers.ts'
import { startUp } from './start-up.ts'
import { table } from './table.ts'
import { terminal } from './terminal.ts'

const print = (lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n\n`)
const progress = (what: string): void => void process.stderr.write(`${what}\n`)
const fail = (code: number, message: string): never => {
  process.stderr.write(`bench: ${message}\n`)
  process.exit(code)
}
process.once('SIGINT', () => process.exit(130))

try {
  const { only, reps, cases, inputs, out } = readOptions(process.argv.slice(2))
  const measure: Readonly<Record<Part, () => Promise<readonly Report[]>>> = {
    'start-up': async () => [await startUp()],
    'fan-out': () => fanOut(SOCKETS, cases, reps, progress),
    websocket: () =>
      fanOut(
        WEBSOCKETS,
        cases.filter(clients => clients < LARGE),
        reps,
        progress,
      ),
    joining: async () => [await joining(reps, progress)],
    growth: async () => [await growth(reps, progress)],
    keeping: async () => [await keeping(reps, progress)],
    'slow-readers': async () => [await slowReaders(reps, progress)],
    journal: async () => [await longJournal(inputs, reps, progress)],
    loop: async () => [await loop(reps, progress)],
    memory: async () => [await memory(reps, progress)],
    page: async () => [await page(reps, progress)],
    files: async () => [await files(reps, progress)],
    terminal: async () => [await terminal(progress)],
    cluster: () => cluster(reps, progress),
  }
  const machine = describeMachine()
  const command = `npm run bench -- --only ${only.join(',')} --reps ${reps} --cases ${cases.join(',')} --inputs ${inputs}`
  print([...machine, command, `median (least..most) of ${reps}, each with a fresh server`])
  const results: Results = { day: new Date().toISOString().slice(0, 10), machine, command, parts: [] }
  const parts: Results['parts'][number][] = []
  const wrong: string[] = []
  for (const part of only) {
    progress(part)
    const reports = await measure[part]()
    for (const sheet of reports.flatMap(({ sheets }) => sheets)) print(table(sheet))
    wrong.push(...reports.flatMap(report => report.wrong))
    parts.push({
      part,
      sheets: reports.flatMap(({ sheets }) => sheets),
      plots: reports.flatMap(({ plots = [] }) => plots),
    })
    // After each part, so that its figures are kept if a later one fails.
    keepResults(out, { ...results, parts })
  }
  if (wrong.length > 0) fail(1, `rxchat did not deliver everything exactly once and in order:\n${wrong.join('\n')}`)
} catch (error) {
  if (error instanceof WrongOption) fail(2, error.message)
  if (!(error instanceof NotCompiled)) throw error
  fail(1, error.message)
}
