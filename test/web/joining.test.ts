/** The way in and out: the form, the address, a reload, several tabs, a kick. */
import { expect, test } from 'vitest'
import {
  at,
  enterPage,
  field,
  join,
  log,
  mustStayQuiet,
  openPage,
  saidIn,
  say,
  sees,
  titled,
} from '../helpers/browser.ts'
import { startServer } from '../helpers/program.ts'
import { dialNative } from '../helpers/sockets.ts'

test('[G1] a person opens the address, gives a name and is in the lobby; a link leads to its room', async () => {
  const server = await startServer()
  const ann = await enterPage(server, 'ann')
  const ben = await enterPage(server, 'ben', { hash: '#ops' })
  await ben.getByRole('heading', { name: 'ops' }).waitFor()
  expect(new URL(ann.url()).hash).toBe('#lobby')
  await titled(ben, '#ops · rxchat')
  await say(ben, 'only here')
  await sees(ben, 'only here')
  expect(await log(ann).textContent()).not.toContain('only here')
})

test('[G1] the fault of a name or a room is shown at its field', async () => {
  const server = await startServer()
  await dialNative(server.port, 'ann')
  const page = await openPage()
  await page.goto(at(server))
  const name = page.getByLabel('Your name')
  const button = page.getByRole('button', { name: 'Join' })

  await button.click()
  await page.getByRole('alert').getByText('The name is missing').waitFor()
  await name.fill('Ann')
  await button.click()
  await page
    .getByRole('alert')
    .getByText(/^The name is taken by ann\b.* Choose another name\.$/)
    .waitFor()
  expect(await name.inputValue()).toBe('Ann')
  await name.fill('a b')
  await button.click()
  await page.getByRole('alert').getByText('The name contains').waitFor()
  await name.fill('ben')
  await page.getByLabel('Room').fill('no/room')
  await button.click()
  await page.getByRole('alert').getByText('The room name').waitFor()
  await page.getByLabel('Room').fill('lobby')
  await button.click()
  await field(page).waitFor()
})

test('[G1] [S7] a server with a password is told it in the form, and remembers who reloads', async () => {
  const server = await startServer('--ephemeral', '--password', 'open sesame')
  await dialNative(server.port, 'ann', { password: 'open sesame' })
  const page = await openPage()
  await page.goto(at(server))
  const name = page.getByLabel('Your name')
  const password = page.getByLabel('Password')
  const button = page.getByRole('button', { name: 'Join' })
  await name.fill('ann')
  await button.click()
  await page.getByRole('alert').getByText('This server requires a password.').waitFor()
  await password.fill('open says me')
  await button.click()
  await page.getByRole('alert').getByText('The password is wrong.').waitFor()
  await password.fill('open sesame')
  await button.click()
  await page.getByRole('alert').getByText('The name is taken by').waitFor()
  await name.fill('ben')
  await button.click()
  // The field is there before the server has let anybody in: only a sent message shows that it has.
  await say(page, 'let in')
  await sees(page, 'let in')
  await page.reload()
  await say(page, 'and again')
  await sees(page, 'and again')
})

test('[G2] a reload goes on with the session: nobody sees an exit, and what was said is there', async () => {
  const server = await startServer()
  const watcher = await dialNative(server.port, 'watcher')
  const page = await enterPage(server, 'ann')
  await say(page, 'before')
  await sees(page, 'before')
  await page.reload()
  await sees(page, 'before')
  await say(page, 'after')
  await sees(page, 'after')
  await watcher.heard.has('"after"')
  expect(watcher.heard.text).not.toMatch(/"type":"(quit|parted)"/)
  expect(watcher.heard.text.match(/"type":"joined"/g)).toHaveLength(1)
  expect(await saidIn(page)).toEqual(['before', 'after'])
})

test('[G2] a message on its way when the page was reloaded is said, once', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann')
  await say(page, 'one')
  await sees(page, 'one')
  // The page is there, the chat is not.
  await page.routeWebSocket(/\/ws$/, socket => void socket.close())
  await page.reload()
  await page
    .getByText(/offline, reconnecting/)
    .first()
    .waitFor()
  await say(page, 'two')
  await log(page).getByText('waiting to be sent').waitFor()
  await page.unrouteAll()
  await page.routeWebSocket(/\/ws$/, socket => void socket.connectToServer())
  await page.reload()
  await page.locator('.message[data-seq]').getByText('two').waitFor()
  expect(await saidIn(page)).toEqual(['one', 'two'])
  expect(await page.locator('.pending').count()).toBe(0)
})

test('[G2] a tab that is duplicated becomes somebody else, and evicts nobody', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann')
  const kept = await page.evaluate<string>('JSON.stringify({ ...sessionStorage })')
  const copy = await page.context().newPage()
  mustStayQuiet(copy)
  await copy.addInitScript(`for (const [key, value] of Object.entries(${kept})) sessionStorage.setItem(key, value)`)
  await copy.goto(at(server))
  await join(copy, 'anna')
  await say(copy, 'I am anna')
  await sees(page, 'I am anna')
  await say(page, 'I am ann')
  await sees(copy, 'I am ann')
})

test('[G2] a person who closes the tab and comes back under the same name finds no ghost in the way', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann')
  await say(page, 'hello')
  await sees(page, 'hello')
  const next = await page.context().newPage()
  mustStayQuiet(next)
  await page.close({ runBeforeUnload: false })
  await next.goto(at(server))
  expect(await next.getByLabel('Your name').inputValue()).toBe('ann')
  await next.getByRole('button', { name: 'Join' }).click()
  await sees(next, 'hello')
})

test('[G1] back and forward lead through the places where one was', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann')
  await say(page, '/join ops')
  await page.getByRole('heading', { name: 'ops' }).waitFor()
  await say(page, '/join dev')
  await page.getByRole('heading', { name: 'dev' }).waitFor()
  await page.goBack()
  await page.getByRole('heading', { name: 'ops' }).waitFor()
  await page.goBack()
  await page.getByRole('heading', { name: 'lobby' }).waitFor()
  await page.goForward()
  await page.getByRole('heading', { name: 'ops' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'ops' }).waitFor()
})

test('[G3] a kicked member reads its keeper’s name and reason, and can come back by a button, not by itself', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann')
  await say(page, 'hello')
  await sees(page, 'hello')
  const { height } = (await field(page).boundingBox()) ?? {}
  server.type('KICK ann be kind')
  const words = page.getByRole('alert').getByText(/You have been kicked out by .*be kind/)
  await words.waitFor()
  expect(await field(page).isDisabled()).toBe(true)
  expect((await field(page).boundingBox())?.height, 'a field stays a field').toBe(height)
  await page.getByRole('button', { name: 'Join again' }).click()
  await words.waitFor({ state: 'detached' })
  await say(page, 'back')
  await sees(page, 'back')
})

test('[G3] a member that leaves is gone at once, and is asked for a name', async () => {
  const server = await startServer()
  const watcher = await dialNative(server.port, 'watcher')
  const page = await enterPage(server, 'ann')
  await page.getByRole('button', { name: 'Leave', exact: true }).click()
  await page.getByRole('button', { name: 'Leave the chat?' }).click()
  await page.getByLabel('Your name').waitFor()
  await watcher.heard.has('"type":"quit"')
  await page.reload()
  await page.getByLabel('Your name').waitFor()
})
