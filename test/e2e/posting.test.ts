// A program that posts over HTTP while the server is killed again and again: under one key a message is there once.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { apiAt } from '../helpers/api.ts'
import { ownerOf } from '../helpers/owner.ts'
import { performedTexts } from '../helpers/performed.ts'
import { startServer } from '../helpers/program.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const KILLS = 5
const AT_ONCE = 8

test.skipIf(process.platform !== 'linux')(
  '[A2] [J2] what is posted under a key, and repeated until it is answered, is there once after any kill',
  async () => {
    const directory = join(temporaryFolder(), 'data')
    const answered = new Map<string, number>()
    let open: string[] = []
    let token = ''
    let made = 0
    let repeated = 0
    for (let round = 0; round <= KILLS; round++) {
      const server = await startServer('--data', directory, '--rate', 'off')
      if (token === '') {
        server.type('TOKEN ADD ci --write')
        token = (await server.out.until(text => /TOKEN: writes.*\n(rxchat_\w+)\n/.exec(text)?.[1])) ?? ''
      }
      const { post } = await apiAt(server.address, token)
      const owner = ownerOf(server)
      let left = round < KILLS ? 40 + round * 17 : Number.POSITIVE_INFINITY
      const say = async (text: string): Promise<void> => {
        const { status, body, headers } = await post('lobby', text, { 'idempotency-key': `key of ${text}` })
        expect(status).toBe(201)
        const seq = body['seq'] as number
        expect(answered.get(text) ?? seq, `the same answer to ${text}`).toBe(seq)
        answered.set(text, seq)
        if (headers.get('idempotent-replayed') === 'true') repeated += 1
        open = open.filter(one => one !== text)
        left -= 1
        if (left === 0) process.kill(owner, 'SIGKILL')
      }
      const again = [...open]
      // A message that was answered already has that answer after the kill too.
      again.push(...[...answered.keys()].slice(-3))
      const talker = async (): Promise<void> => {
        for (let text = again.pop(); text !== undefined; text = again.pop()) await say(text)
        while (round < KILLS) {
          made += 1
          const text = `message ${made} `
          open.push(text)
          await say(text)
        }
      }
      const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, talker))
      for (const end of ends)
        if (end.status === 'rejected') expect(String(end.reason)).toMatch(/fetch failed|terminated/)
      if (round === KILLS) process.kill(owner, 'SIGKILL')
      await server.ended
    }
    expect(open).toEqual([])
    const performed = (await performedTexts(directory)).filter(text => text.startsWith('message '))
    expect(performed).toHaveLength(new Set(performed).size)
    expect(new Set(performed)).toEqual(new Set(answered.keys()))
    expect(performed.length).toBe(made)
    expect(repeated).toBeGreaterThanOrEqual(3 * KILLS)
  },
)
