/** Builds rxchat if something has changed since the last build, and shows what the build printed only if it failed. */
import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const SOURCES = ['src', 'package-lock.json', 'rolldown.config.ts', 'vite.config.ts', 'tsconfig.json']
/** The last files that each part of the build writes. */
const BUILT = [
  'dist/server.js',
  'dist/client.js',
  'dist/passkey-thread.js',
  'dist/index.js',
  'dist/index.d.ts',
  'dist/web/index.html',
]

/** A folder changes when a file in it is added or removed. Milliseconds since the epoch; 0: it isn't there. */
const changed = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

function latest(path: string): number {
  const within = statSync(path).isDirectory() ? readdirSync(path).map(name => latest(join(path, name))) : []
  return Math.max(changed(path), ...within)
}

const sources = Math.max(...SOURCES.map(name => latest(join(root, name))))
if (BUILT.some(name => changed(join(root, name)) < sources)) {
  if (process.stderr.isTTY) process.stderr.write('Building rxchat. This takes half a minute.\n')
  const options = { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' } as const
  const { status, stdout, stderr } = spawnSync('npm', ['run', 'build'], options)
  if (status !== 0) process.stderr.write(`${stdout}${stderr}`)
  process.exitCode = status ?? 1
}
