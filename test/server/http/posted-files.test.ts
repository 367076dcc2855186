// Files that a program posts: with curl -T, and as a form.
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { apiAt, tokenOf } from '../../helpers/api.ts'
import { openHosting } from '../../helpers/hosting.ts'
import { dialNative } from '../../helpers/sockets.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'
import * as make from '../../pictures/makers.ts'

async function site(asked: Parameters<typeof tokenOf>[1] = {}, options: Parameters<typeof openHosting>[0] = {}) {
  const hosting = await openHosting(options)
  const token = await tokenOf(hosting.server, asked)
  return { ...hosting, token, ...(await apiAt(hosting.host, token)) }
}

function picture(name: string): string {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, make.png())
  return path
}

async function curl(token: string, ...args: readonly string[]): Promise<Record<string, unknown>> {
  const asked = ['-sS', ...args, '-H', `Authorization: Bearer ${token}`]
  return JSON.parse((await promisify(execFile)('curl', asked)).stdout) as Record<string, unknown>
}

describe('a file of a program', () => {
  test('is stored and posted by one curl -T', async () => {
    const { host, port, token, ask } = await site()
    const { heard } = await dialNative(port, '田中')
    for (const url of ['lobby/files/', 'lobby/files/shot.png']) {
      const answer = await curl(token, '-T', picture('shot.png'), `http://${host}/api/rooms/${url}?text=look`)
      expect(answer).toMatchObject({
        room: 'lobby',
        from: 'ci',
        files: [{ name: 'shot.png', kind: 'image/png', width: 6 }],
      })
      const [{ id, url: path } = { id: '', url: '' }] = answer['files'] as readonly { id: string; url: string }[]
      await heard.has(`"files":[{"id":"${id}"`)
      const got = await fetch(`http://${host}${path}`)
      expect(Buffer.from(await got.arrayBuffer()).equals(make.png())).toBe(true)
    }
    const { body } = await ask('/api/rooms/lobby/messages')
    expect(body['messages']).toMatchObject([{ text: 'look' }, { text: 'look' }])
  })

  test('needs a slash behind files, which adds its name to the path', async () => {
    const { host, token } = await site()
    const url = `http://${host}/api/rooms/lobby/files`
    expect(await curl(token, '-T', picture('shot.png'), url)).toMatchObject({
      code: 'request',
      message: expect.stringContaining('put a slash behind files'),
    })
    expect(await curl('', '-T', picture('shot.png'), url)).toMatchObject({ code: 'token-needed' })
  })

  test('and others come in one message, as a form', async () => {
    const { host, port, token } = await site()
    const { heard } = await dialNative(port, 'Ünal')
    const form = ['-F', 'text=two of them', '-F', `file=@${picture('a.png')}`, '-F', `file=@${picture('b.png')}`]
    const answer = await curl(token, ...form, `http://${host}/api/rooms/lobby/files`)
    expect(answer['files']).toMatchObject([{ name: 'a.png' }, { name: 'b.png' }])
    await heard.has('"text":"two of them"')
    expect(heard.text.split('"type":"said"')).toHaveLength(2)
  })

  test('is counted in the metrics, and may be uploaded for a message of its own', async () => {
    const { host, token, ask } = await site()
    const headers = { authorization: `Bearer ${token}` }
    const answer = await fetch(`http://${host}/files?name=a.png`, { method: 'POST', body: make.png(), headers })
    expect([answer.status, await answer.json()]).toMatchObject([201, { name: 'a.png', kind: 'image/png' }])
    const { text } = await ask('/metrics')
    expect(text.split('\n')).toEqual(
      expect.arrayContaining(['rxchat_files 1', `rxchat_file_bytes ${make.png().length}`]),
    )
  })

  test('is posted once, however often it is sent with one key', async () => {
    const { ask } = await site()
    const put = () =>
      ask('/api/rooms/lobby/files/a.png', { method: 'PUT', body: make.png(), headers: { 'idempotency-key': 'k' } })
    const [first, second] = [await put(), await put()]
    expect([first.status, second.status, second.headers.get('idempotent-replayed')]).toEqual([201, 201, 'true'])
    expect(second.body['seq']).toBe(first.body['seq'])
  })

  test('is refused before it is read if the token may not write there', async () => {
    const { server, host } = await site()
    for (const [asked, room, status, code] of [
      [{ name: 'reader', write: false }, 'lobby', 403, 'not-granted'],
      [{ name: 'ops', room: 'ops' }, 'lobby', 403, 'not-granted'],
      [{ name: 'any' }, 'no room', 400, 'room-name'],
    ] as const) {
      const { ask } = await apiAt(host, await tokenOf(server, asked))
      const { status: got, body } = await ask(`/api/rooms/${room}/files/a.png`, { method: 'PUT', body: make.png() })
      expect([got, body['code']]).toEqual([status, code])
    }
    expect((await (await apiAt(host)).ask('/api/rooms/lobby/files/a', { method: 'PUT', body: 'x' })).status).toBe(401)
    const { ask } = await site({}, { files: { most: 10, quota: 100 } })
    expect((await ask('/api/rooms/lobby/files/a.png', { method: 'PUT', body: make.png() })).body['code']).toBe(
      'file-too-large',
    )
    expect((await ask('/api/rooms/lobby/files/a', { method: 'PUT', body: 'x' })).status).toBe(201)
  })
})
