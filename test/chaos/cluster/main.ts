/** A run with several nodes, in namespaces of its own: see ../main.ts. Exit code 1 if anything was wrong. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WrongOption } from '../options.ts'
import { readClusterOptions } from './options.ts'
import { brokenPromise, clusterLines, pausesOf } from './report.ts'
import { clusterChaos } from './run.ts'

const progress = (what: string): void => void process.stderr.write(`${what}\n`)

try {
  const { isUntimed, pauses, ...options } = readClusterOptions(process.argv.slice(2))
  const folder = mkdtempSync(join(tmpdir(), 'rxchat-chaos-'))
  progress(`files: ${folder}`)
  const report = await clusterChaos({ ...options, folder, waits: !isUntimed }, progress)
  process.stdout.write(`${clusterLines(options.seed, report).join('\n')}\n`)
  if (pauses !== null) writeFileSync(pauses, JSON.stringify(pausesOf(report)))
  const broken = isUntimed ? [] : report.suffered.flatMap(one => brokenPromise(one) ?? [])
  const isWrong = report.wrong.length > 0 || report.erasure.inNodes.length > 0 || broken.length > 0
  if (!isWrong) rmSync(folder, { recursive: true })
  process.exit(isWrong ? 1 : 0)
} catch (error) {
  if (!(error instanceof WrongOption)) throw error
  progress(`chaos: ${error.message}`)
  process.exit(2)
}
