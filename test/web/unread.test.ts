/** Unread messages, as the server counts them: after a reload, on another device, and gone after a read elsewhere. */
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { createAccount, guestAt, onAnotherDevice } from '../helpers/accounts-in-browser.ts'
import { at, enterPage, openPage, say, sees, titled } from '../helpers/browser.ts'
import { ownerOf } from '../helpers/owner.ts'
import { type RunningServer, runServer, startServer } from '../helpers/program.ts'
import { dialNative } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const place = (page: Page, name: string): Locator =>
  page.getByRole('navigation', { name: 'Rooms and people' }).getByRole('link', { name: new RegExp(`^${name}\\b`) })

const badge = (page: Page, name: string, unread: number, mentions = 0): Promise<void> =>
  place(page, name)
    .and(page.getByRole('link', { name: mentions > 0 ? `${unread} unread, ${mentions} for you` : `${unread} unread` }))
    .waitFor()

const isRead = (page: Page, name: string): Promise<void> =>
  place(page, name)
    .and(page.getByRole('link', { name: /^[^\d]*$/ }))
    .waitFor()

type Written = {
  readonly server: RunningServer
  readonly address: string
  readonly page: Page
  readonly guest: Page
}

/** The account is in two rooms, looks at the lobby, and is written to in the other and directly. */
async function written(...flags: readonly string[]): Promise<Written> {
  const server = await startServer(...flags)
  const page = await openPage()
  await page.goto(at(server))
  await createAccount(page, '田中')
  await say(page, '/join ops')
  await page.getByRole('heading', { name: 'ops' }).waitFor()
  await place(page, 'lobby').click()
  const guest = await guestAt(at(server, '#ops'), 'Spider-Man')
  for (const text of ['one', '田中: two', 'three']) await say(guest, text)
  await sees(guest, 'three')
  await say(guest, '/msg 田中 psst')
  await sees(guest, 'psst')
  await badge(page, 'ops', 3, 1)
  await badge(page, 'Spider-Man', 1, 1)
  return { server, address: at(server), page, guest }
}

test('[G16] badges are there right after a reload', async () => {
  const { page } = await written()
  await page.reload()
  await badge(page, 'ops', 3, 1)
  await badge(page, 'Spider-Man', 1, 1)
  await titled(page, '(2) #lobby · rxchat')
  await place(page, 'ops').click()
  await sees(page, 'three')
  await isRead(page, 'ops')
  await titled(page, '(1) #ops · rxchat')
})

test('[G16] another device has the badges, and loses them when this one has read', async () => {
  const { address, page } = await written()
  const phone = await onAnotherDevice(address, '田中')
  await place(phone, 'lobby').click()
  await badge(phone, 'ops', 3, 1)
  await badge(phone, 'Spider-Man', 1, 1)
  await place(page, 'ops').click()
  await sees(page, 'three')
  await isRead(phone, 'ops')
  await badge(phone, 'Spider-Man', 1, 1)
  await place(phone, 'Spider-Man').click()
  await sees(phone, 'psst')
  await isRead(page, 'Spider-Man')
  await page.reload()
  await sees(page, 'three')
  await isRead(page, 'Spider-Man')
})

test('[G16] direct conversations are there on a new device, with people who are gone too', async () => {
  const { address, page, guest } = await written()
  await place(page, 'Spider-Man').click()
  await sees(page, 'psst')
  await guest.getByRole('button', { name: 'Leave', exact: true }).click()
  await guest.getByRole('button', { name: 'Leave the chat?' }).click()
  const phone = await onAnotherDevice(address, '田中')
  await place(phone, 'Spider-Man').click()
  await sees(phone, 'psst')
})

test('[G16] a message waits for an account that is away', async () => {
  const server = await startServer()
  const page = await openPage()
  await page.goto(at(server))
  await createAccount(page, 'Mr.Blue')
  await page.getByRole('button', { name: 'Leave', exact: true }).click()
  await page.getByRole('button', { name: 'Leave the chat?' }).click()
  const guest = await enterPage(server, 'a|b')
  await say(guest, '/msg Mr.Blue when you are back')
  await sees(guest, 'when you are back')
  const phone = await onAnotherDevice(at(server), 'Mr.Blue')
  await phone.getByRole('link', { name: /a\|b.*1 unread/ }).click()
  await sees(phone, 'when you are back')
})

test('[G16] a message marks its mentioned member, and nobody who has the name later', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'Mr.Blue')
  const bob = await dialNative(server.port, 'Spider-Man')
  bob.send(`${JSON.stringify({ type: 'say', text: 'Mr.Blue: look' })}\n`)
  await page.locator('.message.mention').getByText('look').waitFor()
  await say(page, '/nick 李')
  await page.getByText('Mr.Blue is now 李').first().waitFor()
  const later = await enterPage(server, 'Mr.Blue')
  await sees(later, 'Mr.Blue: look')
  expect(await later.locator('.message.mention').count()).toBe(0)
  await page.reload()
  await page.locator('.message.mention').getByText('look').waitFor()
})

test('[G16] a message in a tab that nobody looks at stays unread, until somebody does', async () => {
  const { address, page, guest } = await written()
  const hidden = (is: boolean): Promise<void> =>
    page.evaluate(`Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => '${is ? 'hidden' : 'visible'}' })
      document.dispatchEvent(new Event('visibilitychange'))`)
  await hidden(true)
  await say(guest, '/join lobby')
  await guest.getByRole('heading', { name: 'lobby' }).waitFor()
  await say(guest, 'is anybody there?')
  await sees(page, 'is anybody there?')
  const phone = await onAnotherDevice(`${address}#ops`, '田中')
  await badge(phone, 'lobby', 1)
  await hidden(false)
  await isRead(phone, 'lobby')
})

test('[G16] [G7] badges outlive a server that is killed, on the page that is open and on a new device', async () => {
  const data = temporaryFolder()
  const { server, address, page } = await written('--data', data)
  process.kill(ownerOf(server), 'SIGKILL')
  await server.ended
  await page
    .getByText(/offline, reconnecting/)
    .first()
    .waitFor()
  runServer('--port', `${server.port}`, '--host', '127.0.0.1', '--data', data)
  await say(page, 'back again')
  await sees(page, 'back again')
  await badge(page, 'ops', 3, 1)
  const phone = await onAnotherDevice(`${address}#lobby`, '田中')
  await sees(phone, 'back again')
  await badge(phone, 'ops', 3, 1)
  await badge(phone, 'Spider-Man', 1, 1)
})

test('[G16] a guest’s badges outlive a reload too', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'Mr.Blue')
  await say(page, '/join ops')
  await page.getByRole('heading', { name: 'ops' }).waitFor()
  await place(page, 'lobby').click()
  const other = await guestAt(at(server, '#ops'), 'a|b')
  await say(other, 'Mr.Blue: look')
  await say(other, '/msg Mr.Blue psst')
  await badge(page, 'ops', 1, 1)
  await badge(page, 'a\\|b', 1, 1)
  await page.reload()
  await badge(page, 'ops', 1, 1)
  await badge(page, 'a\\|b', 1, 1)
})
