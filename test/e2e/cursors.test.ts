// Cursors and waiting, with the built programs: kills of everything, and the meaning of each exit code.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { consumeUnderKills } from '../chaos/consuming.ts'
import { openFixture } from '../chaos/fixture.ts'
import { killAll, run } from '../chaos/process.ts'
import { consumingLines } from '../chaos/report.ts'
import { isRunning } from '../helpers/running.ts'
import { runs } from '../helpers/seeds.ts'
import { dialNative } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const SEED = 'e2e'
const KILLS = runs(12)

test('[CU3] [CU5] every message is handled, in order, through all kills', async () => {
  onTestFinished(killAll)
  const folder = temporaryFolder()
  const report = await consumeUnderKills(
    { directory: join(folder, 'data'), folder, seed: SEED, kills: KILLS },
    () => {},
  )
  console.log(consumingLines(SEED, report).join('\n'))
  expect(report.wrong).toEqual([])
  expect(report.messages).toBeGreaterThan(KILLS)
  expect([...report.kills.keys()]).toEqual(['client', 'handler', 'server'])
})

/** A server, and `rxchat` at it. */
async function site() {
  onTestFinished(killAll)
  const folder = temporaryFolder()
  const fixture = await openFixture(join(folder, 'data'), ['--rate', 'off'])
  const address = `127.0.0.1:${fixture.port}`
  const rxchat = (args: readonly string[]) => {
    const lines: string[] = []
    const one = run('rxchat', args, line => lines.push(line), { RXCHAT_SERVER: address })
    return { ...one, lines }
  }
  const say = async (name: string, ...texts: readonly string[]): Promise<void> => {
    const one = rxchat([address, '--name', name])
    for (const text of texts) one.type(text)
    one.hush()
    expect(await one.ended).toBe(0)
  }
  return { fixture, folder, address, rxchat, say }
}

test('[CU5] a message that fails for good is skipped when told, or ends the program', async () => {
  const { address, rxchat, say } = await site()
  await say('Spider-Man', 'good', 'poison', 'also good')
  const handler = 'read -r line; case $line in *poison*) exit 3 ;; *) echo "$line" ;; esac'
  const how = ['--name', 'a|b', '--cursor', 'etl', '--since', '0', '--exec', handler]
  const strict = rxchat([address, ...how, '--retries', '1'])
  expect(await strict.ended).toBe(1)
  expect(strict.complaints.join()).toMatch(/the command failed on message \d+: .*\. It is tried again/)
  expect(strict.complaints.join()).toMatch(/has failed on message \d+ at try 2, as often as --retries allows: .*3/)
  const once = rxchat([address, ...how, '--retries', '0'])
  expect(await once.ended).toBe(1)
  expect(once.complaints.join()).toMatch(/has failed on message \d+ at try 1, as often as --retries allows: .*3/)
  expect(once.complaints.join()).not.toContain('tried again')
  const lenient = rxchat([address, ...how, '--skip-after', '2'])
  await expect.poll(() => lenient.lines.length).toBe(1)
  expect(JSON.parse(lenient.lines[0] ?? '')).toMatchObject({ type: 'said', text: 'also good' })
  expect(lenient.complaints.join()).toContain('"text":"poison"')
  lenient.child.kill('SIGTERM')
  expect(await lenient.ended).toBe(0)
  const listed = rxchat(['cursors', '--name', 'a|b', '--json'])
  expect(await listed.ended).toBe(0)
  expect(JSON.parse(listed.lines[0] ?? '')).toMatchObject({ cursor: 'etl', lag: 0 })
})

test.each(['SIGINT', 'SIGTERM'] as const)(
  '[CU5] %s lets the command finish, and a second one ends it with all that it has started',
  async signal => {
    const { address, folder, rxchat, say } = await site()
    await say('Spider-Man', 'one', 'two')
    const pids = join(folder, 'pids')
    const go = join(folder, 'go')
    const part = `echo $$ >> ${pids}; while [ ! -e ${go} ]; do sleep 0.1; done`
    const handler = `sh -c '${part}'; true`
    const how = ['--name', 'a|b', '--cursor', 'etl', '--since', '0', '--exec', handler]
    const begun = async (count: number): Promise<number> => {
      await expect.poll(() => readable(pids).length).toBe(count)
      return Number(readable(pids).at(-1))
    }
    const impatient = rxchat([address, ...how])
    const pid = await begun(1)
    expect(isRunning(pid)).toBe(true)
    // Two signals at once may become one.
    const again = setInterval(() => impatient.child.kill(signal), 50)
    expect(await impatient.ended).toBe(130)
    clearInterval(again)
    expect(isRunning(pid)).toBe(false)
    const patient = rxchat([address, ...how])
    await begun(2)
    patient.child.kill(signal)
    writeFileSync(go, '')
    expect(await patient.ended).toBe(0)
    const listed = rxchat(['cursors', '--name', 'a|b', '--json'])
    expect(await listed.ended).toBe(0)
    expect(JSON.parse(listed.lines[0] ?? '')).toMatchObject({ cursor: 'etl', lag: 1 })
  },
)

/** The lines of a file that may not be there yet. */
const readable = (file: string): readonly string[] =>
  existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []

test('[CU7] rxchat wait ends with 0 when the right person says it, and with another code otherwise', async () => {
  const { fixture, rxchat, say } = await site()
  const wanted = ['/deploy \\d+/', '--from', '田中', '--since', '0']
  const waiting = rxchat(['wait', ...wanted, '--name', 'waiter', '--json', '--timeout', '60s'])
  // A server that can't be reached at the beginning ends it with 3.
  const watcher = await dialNative(fixture.port, 'Mr.Blue')
  await watcher.heard.has('"waiter"')
  await say('José', 'deploy 12')
  await fixture.kill()
  await fixture.start()
  await say('田中', 'nothing', 'Deploy 13')
  await expect.poll(() => waiting.lines.length).toBeGreaterThan(0)
  expect(await waiting.ended).toBe(0)
  expect(JSON.parse(waiting.lines[0] ?? '')).toMatchObject({ from: '田中', text: 'Deploy 13' })
  expect(await rxchat(['wait', 'deploy', '--name', 'waiter', '--since', '0']).ended).toBe(0)
  expect(await rxchat(['wait', 'deploy', '--name', 'waiter', '--timeout', '1s']).ended).toBe(124)
  expect(await rxchat(['wait', '/(/', '--name', 'waiter']).ended).toBe(2)
  expect(await rxchat(['wait', 'x', '--name', 'waiter', '--since', 'cursor:none']).ended).toBe(6)
  await fixture.stop()
  expect(await rxchat(['wait', 'x', '--name', 'waiter']).ended).toBe(3)
})
