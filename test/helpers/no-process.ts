/** Runs before each test file of `npm run test:unit`: none of them may start a process. */
import processes from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'

const refuse = (): never => {
  throw new Error('a unit test starts no process: put this file under WHOLE in vitest.config.ts')
}

Object.assign(processes, { exec: refuse, execFile: refuse, execFileSync: refuse, execSync: refuse, fork: refuse })
Object.assign(processes, { spawn: refuse, spawnSync: refuse })
syncBuiltinESMExports()
