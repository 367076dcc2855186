/** One account at three places, over real sockets: native, a WebSocket and line mode are one member. */
import { expect, test } from 'vitest'
import { PASSWORD } from '../helpers/devices.ts'
import { startServer } from '../helpers/program.ts'
import { dial, dialClassic, dialNative } from '../helpers/sockets.ts'
import { entered, text } from '../helpers/websocket.ts'

const object = (fields: object): string => `${JSON.stringify(fields)}\n`

test('[I2] one device’s messages reach the others, once and in order, and others see one member', async () => {
  const { port } = await startServer('--ephemeral')
  const other = await dialClassic(port, 'Mr.Blue')
  const desk = await dialNative(port, 'Spider-Man', { register: { password: PASSWORD } })
  const page = await entered(port, 'Spider-Man', { account: { password: PASSWORD } })
  const shell = await dial(port)
  shell.send('Spider-Man\n')
  await shell.heard.has('assword')
  shell.send(`${PASSWORD}\n`)
  await shell.heard.has('Welcome, Spider-Man')

  desk.send(object({ type: 'say', text: 'one' }))
  await page.until(({ objects }) => objects().some(one => one['text'] === 'one'))
  page.send(text({ type: 'say', text: 'two' }))
  await shell.heard.has('Spider-Man > two')
  shell.send('three\n')
  await desk.heard.has('"three"')
  other.send('four')
  await shell.heard.has('Mr.Blue > four')
  await desk.heard.has('"four"')
  await page.until(({ objects }) => objects().some(one => one['text'] === 'four'))

  const said = ({ type, text: words }: Record<string, unknown>): readonly unknown[] => (type === 'said' ? [words] : [])
  const all = ['one', 'two', 'three', 'four']
  expect(desk.heard.lines.map(line => JSON.parse(line)).flatMap(said)).toEqual(all)
  expect(page.objects().flatMap(said)).toEqual(all)
  expect(shell.heard.lines.flatMap(line => / > (one|two|three|four)$/.exec(line)?.[1] ?? [])).toEqual([
    'one',
    'two',
    'four',
  ])
  await other.heard.has('Spider-Man > three')
  expect(other.heard.text.match(/Spider-Man entered/g)).toHaveLength(1)
  expect(other.heard.text).not.toContain('exited')
})

test('[I7] a message read at one place is read at the others, and after the connection is gone', async () => {
  const { port } = await startServer('--ephemeral')
  const other = await dialNative(port, 'Mr.Blue')
  const desk = await dialNative(port, 'Spider-Man', { register: { password: PASSWORD } })
  const page = await entered(port, 'Spider-Man', { account: { password: PASSWORD } })
  for (const words of ['one', 'Spider-Man: two']) other.send(object({ type: 'say', text: words }))
  await desk.heard.has('two')
  const { seq } = desk.heard.lines.map(line => JSON.parse(line)).findLast(({ type }) => type === 'said') as {
    seq: number
  }
  desk.send(object({ type: 'read', room: 'lobby', seq: seq - 1 }))
  const isRead = (one: Record<string, unknown>): boolean => one['type'] === 'read'
  await page.until(({ objects }) => objects().some(isRead))
  expect(page.objects().find(isRead)).toMatchObject({ room: 'lobby', target: seq - 1, unread: 1, mentions: 1 })
  page.send(text({ type: 'read', room: 'lobby', seq }))
  await desk.heard.has(`"target":${seq}`)
  for (const wire of [desk, page]) wire.socket.destroy()
  const back = await dialNative(port, 'Spider-Man', { account: { password: PASSWORD } })
  const room = back.heard.lines.map(line => JSON.parse(line)).find(({ type }) => type === 'room')
  expect(room).toMatchObject({ unread: 0, mentions: 0 })
})
