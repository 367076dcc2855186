/** A lock whose file is removed with it, among processes that take and give it as fast as they can. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

/** Takes the lock many times. While it has it, it alone makes a folder, which fails if there are two. */
async function contender(folder: string): Promise<number | null> {
  const lock = fileURLToPath(new URL('../../../../src/program/client/connect/name-lock.ts', import.meta.url))
  const program = `
    import { mkdirSync, rmdirSync } from 'node:fs'
    import { holdRemovable } from ${JSON.stringify(lock)}
    for (let had = 0; had < 40; ) {
      const free = holdRemovable(${JSON.stringify(join(folder, 'a.lock'))})
      if (free === null) continue
      mkdirSync(${JSON.stringify(join(folder, 'held'))})
      rmdirSync(${JSON.stringify(join(folder, 'held'))})
      free()
      had++
    }`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [code] = (await once(child, 'exit')) as [number | null]
  return code
}

test('[K3] a lock that is removed while others open it is held by one process at a time, and leaves nothing', async () => {
  const folder = temporaryFolder()
  expect(await Promise.all([1, 2, 3].map(() => contender(folder)))).toEqual([0, 0, 0])
  expect(readdirSync(folder)).toEqual([])
})
