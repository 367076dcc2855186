/** All that an account wrote is erased from the files, also if the server is killed in the middle. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesIn } from '../helpers/files-in.ts'
import { ownerOf } from '../helpers/owner.ts'
import { type RunningServer, startServer } from '../helpers/program.ts'
import { dialNative, type Wired } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const MARK = 'Wohlgemuth'

const send = (wired: Wired, what: object): void => wired.send(`${JSON.stringify(what)}\n`)

/** An account that has written so many messages in a room and one directly, and somebody who has answered. */
async function written(server: RunningServer, count: number): Promise<void> {
  const plum = await dialNative(server.port, '李')
  const tanaka = await dialNative(server.port, '田中')
  send(tanaka, { type: 'register', n: 1, password: 'a long sentence' })
  await tanaka.heard.has('"type":"ok","n":1')
  for (let n = 2; n < count + 2; n += 50) {
    for (let k = n; k < Math.min(n + 50, count + 2); k++) send(tanaka, { type: 'say', n: k, text: `${MARK} ${k}` })
    await tanaka.heard.has(`"type":"ok","n":${Math.min(n + 49, count + 1)},`)
  }
  send(tanaka, { type: 'tell', n: count + 2, to: '李', text: `${MARK} for you alone` })
  await tanaka.heard.has(`"type":"ok","n":${count + 2},`)
  send(plum, { type: 'say', n: 1, text: 'Gegenrede' })
  await plum.heard.has('"type":"ok","n":1')
}

const bytesIn = (directory: string): Buffer => Buffer.concat(filesIn(directory).map(file => readFileSync(file)))

describe('ACCOUNT REMOVE --erase', () => {
  test('[I13] [Y5] leaves no byte of a message in any file, and what others wrote', async () => {
    const data = join(temporaryFolder(), 'data')
    const server = await startServer('--data', data, '--rate', 'off')
    await written(server, 250)
    expect(bytesIn(data).includes(MARK)).toBe(true)
    server.type('ACCOUNT REMOVE 田中 --erase')
    await server.out.has('ACCOUNT: all messages of 田中 are erased; they were 251.')
    expect(bytesIn(data).includes(MARK)).toBe(false)
    expect(bytesIn(data).includes('Gegenrede')).toBe(true)
    // Nobody is told of each of them in words.
    expect(server.out.text).not.toContain('deleted message')
  })

  test.skipIf(process.platform !== 'linux')(
    '[I13] killed in the middle: the next start says what is left, and goes on with it',
    async () => {
      const data = join(temporaryFolder(), 'data')
      const server = await startServer('--data', data, '--rate', 'off')
      await written(server, 3000)
      server.type('ACCOUNT REMOVE 田中 --erase')
      await server.out.has('ACCOUNT: 田中 is removed.')
      process.kill(ownerOf(server), 'SIGKILL')
      await server.ended
      expect(bytesIn(data).includes(MARK)).toBe(true)
      const again = await startServer('--data', data)
      await again.out.has('ACCOUNT: messages of 田中 were left to erase when the server stopped.')
      await again.out.has('ACCOUNT: all messages of 田中 are erased')
      expect(bytesIn(data).includes(MARK)).toBe(false)
      again.type('EXIT')
      expect(await again.ended).toBe(0)
      const last = await startServer('--data', data)
      expect(last.out.text).not.toContain('ACCOUNT')
    },
  )
})
