/**
 * A script at the console of a server that is cut off from its log: commands that can be answered are, and EXIT stops
 * it.
 */
import { PassThrough } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import { CUT_OFF_MS, NODE_BEAT_MS } from '../../../../src/model/limits.ts'
import { openConsole } from '../../../../src/program/server/console/console.ts'
import { native, say } from '../../../helpers/actors.ts'
import { cluster } from '../../../helpers/cluster.ts'

/** A node with a person and a piped console. */
async function piped() {
  const { clock, node } = cluster()
  const north = await node('north')
  const spider = await native(north, 'Spider-Man')
  await spider.send(say('before'))
  await clock.advance(10)
  const [stdin, stdout] = [new PassThrough(), new PassThrough()]
  let exits = 0
  const shell = openConsole(north.server, { stdin, stdout } as never, () => {
    exits += 1
  })
  onTestFinished(() => shell.close())
  shell.open({ host: '127.0.0.1', port: 7, fingerprint: null, tlsOnly: false, password: false, client: 'rxchat' })
  const read = (): string => String(stdout.read() ?? '')
  read()
  return {
    ...{ clock, north, read },
    exits: () => exits,
    async type(...lines: readonly string[]) {
      stdin.write(`${lines.join('\n')}\n`)
      await new Promise(setImmediate)
    },
  }
}

test('[U11] [R14] a question behind an act that is not carried out is answered when the server is cut off', async () => {
  const { clock, north, type, read } = await piped()
  north.faults.isCut = true
  await type('KICK Spider-Man bye', 'LIST_USERS', 'NODES')
  await clock.advance(CUT_OFF_MS - 1)
  expect(read()).toBe('')
  await clock.advance(1)
  const answer = read()
  expect(answer).toContain('USERS: [Host,Spider-Man]')
  expect(answer).toMatch(/north \(this\) +cut-off/)
  north.faults.isCut = false
  await clock.advance(2 * NODE_BEAT_MS)
})

test('[U11] [R14] while it is cut off, questions are answered at once, and EXIT is obeyed', async () => {
  const { clock, north, type, read, exits } = await piped()
  north.faults.isCut = true
  await type('hello')
  await clock.advance(CUT_OFF_MS)
  await type('KICK Spider-Man', 'STATUS', 'HISTORY', 'HELP NODES', 'EXIT')
  const answer = read()
  for (const part of ['CONNECTIONS: 1', 'Spider-Man > before', 'NODES  show']) expect(answer).toContain(part)
  expect(exits()).toBe(1)
  north.faults.isCut = false
  await clock.advance(2 * NODE_BEAT_MS)
})

test('[U11] [R14] while the log answers, a question waits for the act before it', async () => {
  const { clock, type, read } = await piped()
  await type('KICK Spider-Man', 'LIST_USERS')
  expect(read()).toBe('')
  await clock.advance(10)
  expect(read()).toContain('USERS: [Host]')
})
