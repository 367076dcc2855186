/**
 * The page when the connection is lost: it shows the loss, keeps the user's messages, and comes back without loss or
 * double.
 */
import { expect, test } from 'vitest'
import { at, enterPage, field, log, openPage, saidIn, say, sees, until } from '../helpers/browser.ts'
import { ownerOf } from '../helpers/owner.ts'
import { runServer, startServer } from '../helpers/program.ts'
import { dialNative } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

test('[G7] a server killed and started again under the page: what was typed meanwhile is said, once, in its order', async () => {
  const data = temporaryFolder()
  const server = await startServer('--data', data, '--rate', 'off')
  const [ann, ben] = [await enterPage(server, 'ann'), await enterPage(server, 'ben')]
  for (let k = 0; k < 10; k++) await say(ann, `before ${k}`)
  await sees(ben, 'before 9')

  process.kill(ownerOf(server), 'SIGKILL')
  await ann
    .getByText(/offline, reconnecting/)
    .first()
    .waitFor()
  for (let k = 0; k < 5; k++) await say(ann, `meanwhile ${k}`)
  await log(ann).getByText('waiting to be sent').nth(4).waitFor()
  await server.ended

  runServer('--port', `${server.port}`, '--host', '127.0.0.1', '--data', data, '--rate', 'off')
  await until(
    ann,
    () => ann.locator('.pending').count(),
    count => count === 0,
  )
  await sees(ben, 'meanwhile 4')
  await say(ben, 'and I am here too')
  await sees(ann, 'and I am here too')

  const wanted = [
    ...Array.from({ length: 10 }, (_, k) => `before ${k}`),
    ...Array.from({ length: 5 }, (_, k) => `meanwhile ${k}`),
    'and I am here too',
  ]
  for (const page of [ann, ben]) {
    expect(await saidIn(page)).toEqual(wanted)
    await page.reload()
    await sees(page, 'and I am here too')
    expect(await saidIn(page)).toEqual(wanted)
  }
})

test('[G7] messages of the meantime come in their place, and are told apart', async () => {
  const server = await startServer('--rate', 'off')
  const page = await enterPage(server, 'ann')
  const bob = await dialNative(server.port, 'bob')
  let cut = (): void => {}
  let isCut = false
  await page.routeWebSocket(/\/ws$/, socket => {
    if (isCut) return void socket.close()
    socket.connectToServer()
    cut = () => void socket.close()
  })
  await page.reload()
  await say(page, 'here')
  await sees(page, 'here')
  isCut = true
  cut()
  await page
    .getByText(/offline, reconnecting/)
    .first()
    .waitFor()
  bob.send(`${JSON.stringify({ type: 'say', text: 'while you were out' })}\n`)
  await bob.heard.has('while you were out')
  await say(page, 'I am back')
  isCut = false
  await page.locator('.message[data-seq]').getByText('I am back').waitFor()
  expect(await saidIn(page)).toEqual(['here', 'while you were out', 'I am back'])
  expect(await page.locator('.message.replayed .text').allTextContents()).toEqual(['while you were out'])
})

test('[G7] the page says how it stands, and offers to try now', async () => {
  const server = await startServer('--ephemeral')
  const page = await enterPage(server, 'ann')
  process.kill(ownerOf(server), 'SIGKILL')
  await page.getByText(/offline, reconnecting in \d+ s/).waitFor()
  await page.getByRole('button', { name: 'Try now' }).click()
  await field(page).fill('still typing')
  expect(await field(page).inputValue()).toBe('still typing')
})

test('[G7] a page whose server is cut off says so, before its person is in and after, and when it is over', async () => {
  const server = await startServer()
  const page = await openPage()
  /** The server's messages wait. */
  let held: (string | Buffer)[] | null = []
  let tell = (_: string | Buffer): void => {}
  await page.routeWebSocket(/\/ws$/, socket => {
    tell = message => socket.send(message)
    tell('{"type":"stalled"}')
    socket.connectToServer().onMessage(message => (held ? void held.push(message) : tell(message)))
  })
  await page.goto(at(server))
  await page.getByLabel('Your name').fill('José')
  await page.getByRole('button', { name: 'Join' }).click()
  await page.getByRole('status').getByText('the server is cut off: waiting…').waitFor()
  tell('{"type":"stalled","over":true}')
  for (const message of held) tell(message)
  held = null
  await say(page, 'hello')
  await sees(page, 'hello')
  tell('{"type":"stalled"}')
  const words = page.getByRole('status').getByText('the server is cut off: what you say waits, and nothing new comes')
  await words.waitFor()
  tell('{"type":"stalled","over":true}')
  await words.waitFor({ state: 'detached' })
})
