/** What becomes of a command of several parts when its turn is over. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Handed, Handler, HandlerListener } from '../../../../src/client/consuming/handler.ts'
import { eventProcess } from '../../../../src/program/client/consume/event-process.ts'
import { lastingProcess } from '../../../../src/program/client/consume/lasting-process.ts'
import { isRunning } from '../../../helpers/running.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

const EVENT = { type: 'gap', seq: 7, after: 3, missed: 4 } as Handed

const KINDS = {
  'a process for each message': eventProcess,
  'one process for all': (command: string, listener: HandlerListener) => lastingProcess(command, listener, () => {}),
} satisfies Readonly<Record<string, (command: string, listener: HandlerListener) => Handler>>

/** A command whose first part has begun, with the process of that. */
async function begun(start: (command: string, listener: HandlerListener) => Handler, part: string, rest = 'true') {
  const file = join(temporaryFolder(), 'pid')
  const told: string[] = []
  const handler = start(`sh -c 'echo $$ > ${file}.new; mv ${file}.new ${file}; ${part}'; ${rest}`, {
    handled: seq => told.push(`handled ${seq}`),
    failed: why => told.push(why),
    finished: () => told.push('finished'),
  })
  handler.give(EVENT)
  await expect.poll(() => existsSync(file)).toBe(true)
  const pid = Number(readFileSync(file, 'utf8'))
  onTestFinished(() => {
    if (isRunning(pid)) process.kill(pid, 'SIGKILL')
  })
  expect(isRunning(pid)).toBe(true)
  return { handler, pid, told }
}

describe.each(Object.entries(KINDS))('[CU5] %s', (_, start) => {
  test.each([
    ['ends with its shell', 'exec sleep 1000'],
    ['ends by SIGKILL if it does not heed SIGTERM', 'trap "" TERM; while :; do sleep 1; done'],
  ])('another program has the turn: what it has started %s', async (__, part) => {
    const { handler, pid, told } = await begun(start, part)
    await new Promise<void>(done => handler.drop(done))
    expect(isRunning(pid)).toBe(false)
    expect(told).toEqual([])
  })

  test('rxchat leaves: it may finish what it has begun', async () => {
    const go = join(temporaryFolder(), 'go')
    const { handler, told } = await begun(start, `mkfifo ${go}; read -r line < ${go}; echo ok 7`)
    const closed = new Promise<void>(done => handler.close(done))
    const { writeFile } = await import('node:fs/promises')
    await expect.poll(() => existsSync(go)).toBe(true)
    await writeFile(go, 'go\n')
    await closed
    expect(told[0]).toBe('handled 7')
  })
})
