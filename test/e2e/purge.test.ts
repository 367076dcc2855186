/** Purged messages are out of all files, also if the server is killed in the middle, and on all workers. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesIn } from '../helpers/files-in.ts'
import { ownerOf } from '../helpers/owner.ts'
import { eventually } from '../helpers/patience.ts'
import { type RunningServer, startServer } from '../helpers/program.ts'
import { dialNative, type Wired } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const MARK = 'Wohlgemuth'
const PASSWORD = 'a long sentence'

const send = (wired: Wired, what: object): void => wired.send(`${JSON.stringify(what)}\n`)

async function ask(wired: Wired, n: number, what: object): Promise<void> {
  send(wired, { ...what, n })
  await wired.heard.has(new RegExp(`"n":${n}[,}]`))
}

const bytesIn = (directory: string): Buffer => Buffer.concat(filesIn(directory).map(file => readFileSync(file)))

/** An account that has founded a room, and somebody who has written so many messages there, one in the lobby and one directly. */
async function written(server: RunningServer, count: number) {
  const founder = await dialNative(server.port, 'Spider-Man')
  await ask(founder, 1, { type: 'register', password: PASSWORD })
  await ask(founder, 2, { type: 'join', room: 'ops' })
  const eve = await dialNative(server.port, '田中')
  await ask(eve, 1, { type: 'join', room: 'ops' })
  for (let n = 2; n < count + 2; n += 50) {
    const last = Math.min(n + 49, count + 1)
    for (let k = n; k <= last; k++) send(eve, { type: 'say', n: k, room: 'ops', text: `${MARK} ${k}` })
    await eve.heard.has(`"type":"ok","n":${last},`)
  }
  await ask(eve, count + 2, { type: 'say', text: 'Im Foyer' })
  await ask(eve, count + 3, { type: 'tell', to: 'Spider-Man', text: 'Unter uns' })
  await ask(founder, 3, { type: 'say', room: 'ops', text: 'Gegenrede' })
  return { founder, eve }
}

const purge = { type: 'purge', who: '田中', room: 'ops', for: 3600 }

describe('a purge', () => {
  test('[Y5] leaves no byte of the messages in any file, and what else was written', async () => {
    const data = join(temporaryFolder(), 'data')
    const server = await startServer('--data', data, '--rate', 'off')
    const { founder, eve } = await written(server, 250)
    expect(bytesIn(data).includes(MARK)).toBe(true)
    send(founder, { ...purge, n: 4 })
    await eve.heard.has('"act":"purge"')
    expect(eve.heard.text).toContain('"value":"250"')
    expect(bytesIn(data).includes(MARK)).toBe(false)
    for (const kept of ['Im Foyer', 'Unter uns', 'Gegenrede']) expect(bytesIn(data).includes(kept)).toBe(true)
    await ask(founder, 5, { type: 'search', words: MARK })
    expect(founder.heard.text).toMatch(/"type":"found","n":5,.*"messages":\[\]/)
  })

  test.skipIf(process.platform !== 'linux')(
    '[Y5] goes on at the next start, if the server is killed in the middle',
    async () => {
      const data = join(temporaryFolder(), 'data')
      const server = await startServer('--data', data, '--rate', 'off')
      const { founder } = await written(server, 3000)
      await ask(founder, 4, purge)
      process.kill(ownerOf(server), 'SIGKILL')
      await server.ended
      expect(bytesIn(data).includes(MARK)).toBe(true)
      const again = await startServer('--data', data)
      await eventually(
        'the texts to be gone',
        () => bytesIn(data).includes(MARK),
        isThere => !isThere,
      )
      const back = await dialNative(again.port, 'Spider-Man', { account: { password: PASSWORD } })
      await back.heard.has('"room":"ops"')
      let n = 0
      const logged = async (): Promise<string> => {
        n += 1
        await ask(back, n, { type: 'list', what: 'log', room: 'ops' })
        return back.heard.text
      }
      await eventually('the log to have it', logged, text => text.includes('"act":"purge"'))
      expect(back.heard.text).toContain('"value":"3000"')
    },
  )

  test('[R14] is known to all workers', async () => {
    const data = join(temporaryFolder(), 'data')
    const server = await startServer('--workers', '2', '--data', data, '--rate', 'off')
    const { founder, eve } = await written(server, 120)
    const others = await Promise.all(['ЗОЯ', 'مريم', 'a_b', 'Mr.Blue'].map(name => dialNative(server.port, name)))
    for (const other of others) await ask(other, 1, { type: 'join', room: 'ops' })
    await ask(founder, 4, purge)
    for (const wired of [eve, ...others]) await wired.heard.has('"act":"purge"')
    expect(bytesIn(data).includes(MARK)).toBe(false)
    for (const other of others) {
      const before = other.heard.text.length
      await ask(other, 2, { type: 'history', room: 'ops', limit: 50 })
      await ask(other, 3, { type: 'search', words: MARK })
      expect(other.heard.text.slice(before)).not.toContain(`${MARK} `)
    }
  })
})
