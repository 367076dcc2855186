/** The programs in C beside the bench, compiled once a run into a folder that goes when the process ends. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The message has the remedy. */
export class NotCompiled extends Error {}

const done = new Map<string, string>()

/** The program of `source`, a path from this folder. Throws NotCompiled. */
export function compiled(source: string): string {
  const known = done.get(source)
  if (known !== undefined) return known
  const folder = mkdtempSync(join(tmpdir(), 'rxchat-bench-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const program = join(folder, basename(source, '.c'))
  const path = fileURLToPath(new URL(source, import.meta.url))
  const { error, status, stderr } = spawnSync('gcc', ['-O2', '-o', program, path], { encoding: 'utf8' })
  if (error) throw new NotCompiled(`${source} is C: install gcc (on Debian: apt-get install gcc libc6-dev)`)
  if (status !== 0) throw new NotCompiled(`${source} does not compile here; it needs Linux.\n${stderr}`)
  done.set(source, program)
  return program
}
