/** Runs a command and shows what it printed only if it failed: `node scripts/quietly.ts npm run build`. */
import { spawnSync } from 'node:child_process'

const [command = '', ...args] = process.argv.slice(2)
const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', shell: process.platform === 'win32' })
if (status !== 0) process.stderr.write(`${stdout}${stderr}`)
process.exitCode = status ?? 1
