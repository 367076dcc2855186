/**
 * A server that is killed after an edit was stored, and before the text from before was erased: the next start erases it
 * and shows the edit. A reader of the file keeps the server from erasing, until it's killed.
 */
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { JOURNAL_FILE, openStore } from '../../src/journal/sqlite/store.ts'
import { ownerOf } from '../helpers/owner.ts'
import { startServer } from '../helpers/program.ts'
import { dialNative, type Wired } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const BEFORE = 'Wohlgemuth'
const AFTER = 'Gegenrede'

function bytesIn(directory: string): Buffer {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter(file => file.isFile())
  return Buffer.concat(files.map(({ parentPath, name }) => readFileSync(join(parentPath, name))))
}

/** Sends a numbered command and gives the input that it became. */
async function ask(wired: Wired, n: number, what: object): Promise<number> {
  wired.send(`${JSON.stringify({ ...what, n })}\n`)
  await wired.heard.has(`"type":"ok","n":${n},`)
  const [, seq] = new RegExp(`"type":"ok","n":${n},"seq":(\\d+)`).exec(wired.heard.text) ?? []
  return Number(seq)
}

test.skipIf(process.platform !== 'linux')(
  '[Y11] killed between an edit and its erasure: the next start shows it, and no file has a byte of the text before',
  async () => {
    const data = join(temporaryFolder(), 'data')
    const server = await startServer('--data', data)
    const tanaka = await dialNative(server.port, '田中')
    const uenal = await dialNative(server.port, 'Ünal')
    const said = await ask(tanaka, 1, { type: 'say', text: `${BEFORE} 🦊` })
    const told = await ask(uenal, 1, { type: 'tell', to: '田中', text: `${BEFORE}, for you alone` })
    await tanaka.heard.has('for you alone')

    const reader = new DatabaseSync(join(data, JOURNAL_FILE), { readOnly: true })
    reader.exec('BEGIN')
    reader.prepare('SELECT count(*) FROM entries').get()
    const edits = [said, told].map(seq => ({ type: 'edit', n: 2, seq, room: 'lobby', text: `${AFTER} ${seq}` }))
    for (const [k, wired] of [tanaka, uenal].entries()) wired.send(`${JSON.stringify(edits[k])}\n`)
    // Only the commit log: a process that closes one of the other files loses the locks of the reader.
    const logged = () => readFileSync(join(data, `${JOURNAL_FILE}-log`))
    await expect.poll(() => edits.every(({ text }) => logged().includes(text))).toBe(true)
    process.kill(ownerOf(server), 'SIGKILL')
    await server.ended
    reader.close()
    for (const { heard } of [tanaka, uenal]) expect(heard.text).not.toMatch(/"type":"(ok","n":2|edited")/)
    expect(bytesIn(data).includes(BEFORE)).toBe(true)

    const again = await startServer('--data', data)
    const shown = () =>
      new Set(
        bytesIn(data)
          .toString('latin1')
          .match(/"type":"show-edit","edit":\d+/g),
      )
    await expect.poll(() => shown().size).toBe(edits.length)
    again.type('EXIT')
    expect(await again.ended).toBe(0)
    expect(bytesIn(data).includes(BEFORE)).toBe(false)
    const { journal, history } = openStore(data, randomUUID)
    for (const seq of [said, told]) {
      expect(history.find(seq)).toMatchObject({ text: `${AFTER} ${seq}`, edited: expect.any(Number) })
    }
    await journal.close()
  },
)
