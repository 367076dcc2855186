/** `npm run bench`: figures for this machine, and exit code 1 if a delivery went wrong. */
import { parseArgs } from 'node:util'
import { fanOut } from './fan-out.ts'
import { NoGenerator } from './load.ts'
import { describeMachine } from './machine.ts'
import { slowReaders } from './slow-readers.ts'
import { startUp } from './start-up.ts'

const { values } = parseArgs({
  options: { reps: { type: 'string', default: '3' }, cases: { type: 'string', default: '100,1000' } },
})
const reps = Number(values.reps)
const cases = values.cases.split(',').map(Number)

const print = (lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n\n`)
const progress = (what: string): void => void process.stderr.write(`${what}\n`)
const fail = (code: number, message: string): never => {
  process.stderr.write(`bench: ${message}\n`)
  process.exit(code)
}

const counted = (value: number): boolean => Number.isInteger(value) && value >= 1
if (!counted(reps)) fail(2, `--reps must be a whole number from 1, not "${values.reps}"`)
if (!cases.every(clients => counted(clients) && clients >= 10)) {
  fail(2, `--cases must be numbers of clients from 10, separated by commas, not "${values.cases}"`)
}
process.once('SIGINT', () => process.exit(130))

try {
  print([
    ...describeMachine(),
    `npm run bench -- --reps ${reps} --cases ${cases.join(',')}: median (least..most) of ${reps}, each with a fresh server`,
  ])
  progress('start-up')
  print(await startUp())
  const reports = [...(await fanOut(cases, reps, progress)), await slowReaders(reps, progress)]
  for (const { lines } of reports) print(lines)
  const wrong = reports.flatMap(report => report.wrong)
  if (wrong.length > 0) fail(1, `rxchat did not deliver everything exactly once and in order:\n${wrong.join('\n')}`)
} catch (error) {
  if (!(error instanceof NoGenerator)) throw error
  fail(1, error.message)
}
