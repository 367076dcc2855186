/** Files of a real server: over kills and starts, in every worker, and out of the export (docs/spec.md, FI1, FI2). */
import { randomBytes } from 'node:crypto'
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ownerOf } from '../helpers/owner.ts'
import { eventually } from '../helpers/patience.ts'
import { type RunningServer, runServer, startServer } from '../helpers/program.ts'
import { dialNative, type Wired } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

type Sent = { readonly id: string; readonly url: string; readonly name: string }

const tokenIn = ({ heard }: Wired): string => /"token":"([^"]+)"/.exec(heard.text)?.[1] ?? ''

async function upload({ address }: RunningServer, token: string, content: Uint8Array): Promise<Sent> {
  const headers = { authorization: `Session ${token}` }
  const body = content as Uint8Array<ArrayBuffer>
  const answer = await fetch(`http://${address}/files?name=shot.bin`, { method: 'POST', body, headers })
  expect(answer.status).toBe(201)
  return (await answer.json()) as Sent
}

const get = async ({ address }: RunningServer, { url }: Sent): Promise<Buffer | null> => {
  const answer = await fetch(`http://${address}${url}`, { headers: { connection: 'close' } })
  return answer.ok ? Buffer.from(await answer.arrayBuffer()) : null
}

/** All that is in the folder of the files. */
const stored = (data: string): readonly string[] =>
  readdirSync(join(data, 'files'), { recursive: true, withFileTypes: true }).flatMap(one =>
    one.isFile() ? [one.name] : [],
  )

async function say({ send, heard }: Wired, n: number, more: object): Promise<number> {
  send(`${JSON.stringify({ type: 'say', n, text: '', ...more })}\n`)
  return Number(await heard.until(text => new RegExp(`"type":"ok","n":${n},"seq":(\\d+)`).exec(text)?.[1]))
}

describe('[FI2] a file of a server that is killed', () => {
  test('is there when its message is, and one without a message is not', async () => {
    const data = join(temporaryFolder(), 'data')
    const token = 'k'.repeat(64)
    const [kept, waiting] = [randomBytes(300_000), randomBytes(1000)]
    const first = await startServer('--data', data)
    const spider = await dialNative(first.port, 'Spider-Man', { token })
    const [one, other] = [await upload(first, token, kept), await upload(first, token, waiting)]
    const seq = await say(spider, 1, { files: [one] })
    // Half of an upload is on its way.
    const half = request(`http://${first.address}/files`, {
      method: 'POST',
      headers: { authorization: `Session ${token}`, 'content-length': 200_000 },
    })
    half.on('error', () => {})
    await new Promise<void>(resolve => half.write(randomBytes(150_000), () => resolve()))
    await eventually(
      'half of it',
      () => readdirSync(join(data, 'files', 'incoming')).length,
      count => count === 1,
    )
    process.kill(ownerOf(first), 'SIGKILL')
    await first.ended

    const second = await startServer('--data', data)
    expect(stored(data)).toHaveLength(2)
    expect((await get(second, one))?.equals(kept)).toBe(true)
    expect((await get(second, other))?.equals(waiting)).toBe(true)
    const again = await dialNative(second.port, 'Spider-Man', { token })
    again.send(`${JSON.stringify({ type: 'delete', n: 2, seq })}\n`)
    await again.heard.has('"type":"ok","n":2')
    expect(stored(data)).toHaveLength(1)
    expect(await get(second, one)).toBeNull()
  })

  test('is none if its input was not stored', async () => {
    const data = join(temporaryFolder(), 'data')
    const first = await startServer('--data', data)
    const blue = await dialNative(first.port, 'Mr.Blue')
    const sent = await upload(first, tokenIn(blue), Buffer.from('hello'))
    process.kill(ownerOf(first), 'SIGKILL')
    await first.ended
    const [name = ''] = stored(data)
    // As of an upload that was written and never named.
    const orphan = 'f'.repeat(64)
    cpSync(join(data, 'files', name.slice(0, 2), name), join(data, 'files', 'ff', orphan))
    const second = await startServer('--data', data)
    expect(stored(data)).toEqual([name])
    expect(existsSync(join(data, 'files', 'ff', orphan))).toBe(false)
    expect((await get(second, sent))?.toString()).toBe('hello')
  })
})

test('[FI1] [R14] an upload comes to any worker, and every worker has it', async () => {
  const data = join(temporaryFolder(), 'data')
  const server = await startServer('--workers', '2', '--data', data, '--rate', 'off')
  const people = await Promise.all(['Ünal', 'مريم', 'a|b', '田中'].map(name => dialNative(server.port, name)))
  const sent = await Promise.all(people.map(one => upload(server, tokenIn(one), randomBytes(50_000))))
  for (const [at, one] of people.entries()) await say(one, 1, { files: [sent[at]] })
  await Promise.all(
    people.map(({ heard }) => heard.until(text => sent.every(({ id }) => text.includes(`"id":"${id}"`)))),
  )
  const fetched = await Promise.all([...sent, ...sent, ...sent].map(one => get(server, one)))
  expect(fetched.map(content => content?.length)).toEqual(Array(12).fill(50_000))
})

test('[FI2] [X3] the files of messages are exported under their names', async () => {
  const data = join(temporaryFolder(), 'data')
  const server = await startServer('--data', data)
  const blue = await dialNative(server.port, 'Mr.Blue')
  const [named, unnamed] = [
    await upload(server, tokenIn(blue), Buffer.from('named')),
    await upload(server, tokenIn(blue), Buffer.from('not')),
  ]
  await say(blue, 1, { files: [{ id: named.id, name: '../../日本 🦊.txt' }] })
  const to = temporaryFolder()
  const exported = runServer('export', data, '--files', to)
  exported.hush()
  expect([await exported.ended, exported.errors.text]).toEqual([0, `rxchat-server: copied 1 files to ${to}.\n`])
  expect(exported.out.text).toContain('"type":"upload"')
  expect(readFileSync(join(to, named.id, '日本 🦊.txt'), 'utf8')).toBe('named')
  expect(readdirSync(to)).not.toContain(unnamed.id)
  const redacted = runServer('export', data, '--files', to, '--redact')
  redacted.hush()
  expect(await redacted.ended).toBe(2)
})
