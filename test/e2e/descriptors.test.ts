/** The system allows few open files, and they run out: newcomers wait outside, and nothing is broken for good. */
import { expect, test } from 'vitest'
import { dial, host, type Wire } from '../attack/helpers.ts'

const FILES = 100

test('[L8] HTTP answers after all descriptors were taken before its first request, and the log has said so', async () => {
  await using server = await host([], ['sh', '-c', `ulimit -n ${FILES}; exec "$@"`, 'sh'])
  const { port } = server
  await server.complaints.match(/allows this server only 52 connections/)
  const wires: Wire[] = []
  using stack = new DisposableStack()
  stack.defer(() => {
    for (const { socket } of wires) socket.destroy()
  })
  for (let k = 0; k < 2 * FILES; k++) {
    const wire = await dial(port)
    wires.push(wire)
    wire.send(`{"type":"hello","name":"m${k}"}\n`)
    const isIn = wire.until(/"type":"room"/).then(
      () => true,
      () => false,
    )
    if (!(await isIn)) break
  }
  expect(wires.length).toBeLessThan(FILES)
  for (const { socket } of wires) socket.destroy()
  await Promise.all(wires.map(({ over }) => over))
  await server.status()
  const browser = await dial(port)
  wires.push(browser)
  browser.send('GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
  await browser.until(/^HTTP\/1\.1 200 OK\r\n/)
})
