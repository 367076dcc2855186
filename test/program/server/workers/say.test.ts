/** A worker's messages while its parent is gone, and the worker has not heard of that yet. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

test('[R14] a message to a parent that is gone ends no worker', async () => {
  const folder = temporaryFolder()
  const gone = join(folder, 'gone')
  const module = new URL('../../../../src/program/server/workers/say.ts', import.meta.url).href
  // It's busy until the parent is gone, so it hears of that only after it has spoken.
  const program = join(folder, 'worker.mjs')
  writeFileSync(
    program,
    `import { existsSync } from 'node:fs'
    import { say } from '${module}'
    process.on('disconnect', () => process.exit(7))
    setImmediate(() => {
      while (!existsSync(${JSON.stringify(gone)}));
      for (let k = 0; k < 3; k++) say({ type: 'log', text: '李 ' + k })
    })
    say({ type: 'log', text: 'begun' })`,
  )
  const worker = fork(program, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  const ended = once(worker, 'exit')
  const errors = text(worker.stderr as Readable)
  await once(worker, 'message')
  const closed = once(worker, 'disconnect')
  worker.disconnect()
  await closed
  writeFileSync(gone, '')
  expect([await ended, await errors]).toEqual([[7, null], ''])
})
