/** Notifications of a browser whose page is closed: switched on in the page, encrypted by the server, shown by the worker. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { createAccount, openAccount } from '../helpers/accounts-in-browser.ts'
import { at, mustStayQuiet, openPage, until } from '../helpers/browser.ts'
import { type RunningServer, startServer } from '../helpers/program.ts'
import { pushService } from '../helpers/push-service.ts'
import { withPushService, workerOf } from '../helpers/pushed-browser.ts'
import { dialNative } from '../helpers/sockets.ts'

/** Somebody closes the page, and later opens it again. */
async function away(page: Page, server: RunningServer): Promise<Page> {
  const context = page.context()
  const blank = await context.newPage()
  await page.close()
  mustStayQuiet(blank)
  const status = async (): Promise<string> => {
    server.type('STATUS')
    return server.out.text
  }
  await until(blank, status, text => /Zoya .* away/.test(text))
  return blank
}

const SWITCH = 'Notify this device when I’m away'

async function scene() {
  const server = await startServer('--allow-private-hooks')
  const service = await pushService()
  const page = await openPage()
  const origin = `http://${server.address}`
  await withPushService(page, service.device('/send/1'))
  await page.goto(at(server))
  await createAccount(page, 'Zoya', { keeps: true })
  const bob = await dialNative(server.port, 'Ünal')
  const say = (text: string): void => bob.send(`${JSON.stringify({ type: 'say', text })}\n`)
  return { server, service, page, origin, say, bob }
}

test('[G27] somebody switches notifications on, leaves, is told where and not what, and is there by a click', async () => {
  const { server, service, page, origin, say } = await scene()
  await openAccount(page)
  await page.getByLabel(SWITCH).check()
  await page.getByText('This device is notified from now on.').waitFor()
  await page.keyboard.press('Escape')
  const { deliver, shown, worker } = await workerOf(page.context(), origin)
  const later = await away(page, server)

  say('@Zoya: a secret')
  const { text, body, claims, path } = await service.nth(0)
  expect([path, JSON.parse(text)]).toEqual([
    '/send/1',
    { type: 'mention', room: 'lobby', seq: expect.any(Number), count: 1 },
  ])
  expect(claims.aud).toBe(service.origin)
  expect(body.toString('latin1')).not.toContain('secret')

  await deliver(text)
  const notes = await until(later, shown, all => all.length > 0)
  expect(notes).toEqual([{ title: 'New mention in #lobby', body: '', tag: '#lobby' }])
  await deliver(JSON.stringify({ type: 'message', with: '<b>Mr.Blue</b>', seq: 9, count: 2 }))
  await until(later, shown, all => all.length === 2)
  await deliver('what?')
  expect((await until(later, shown, all => all.length === 3)).map(({ title }) => title).sort()).toEqual([
    '2 new messages from <b>Mr.Blue</b>',
    'New mention in #lobby',
    'Something new in the chat',
  ])
  // The same message once more: nothing new is shown.
  await deliver(text)
  expect(await shown()).toHaveLength(3)

  await later.goto(at(server))
  await later.getByRole('log').getByText('a secret').waitFor()
  await worker.evaluate(
    `clients.matchAll({ includeUncontrolled: true }).then(all => all.forEach(one => one.postMessage({ go: '#@%C3%9Cnal' })))`,
  )
  await later.getByRole('textbox', { name: 'Message @Ünal' }).waitFor()
})

test('[G27] texts are shown if somebody wants that, nothing comes while the page is looked at, and signing out ends it', async () => {
  const { server, service, page, origin, say, bob } = await scene()
  await openAccount(page)
  await page.getByLabel(SWITCH).check()
  await page.getByLabel('Show what was written, too').check()
  await page.getByText('Notifications show the text.').waitFor()
  const { deliver, shown } = await workerOf(page.context(), origin)
  await page.bringToFront()
  await deliver(JSON.stringify({ type: 'mention', room: 'lobby', seq: 7, count: 1 }))
  expect(await shown()).toEqual([])

  const kept = await page.evaluate('({ ...localStorage })')
  const later = await away(page, server)
  bob.send(`${JSON.stringify({ type: 'tell', to: 'Zoya', text: 'a word 🦊' })}\n`)
  const { text } = await service.nth(0)
  expect(JSON.parse(text)).toMatchObject({ type: 'message', with: 'Ünal', from: 'Ünal', text: 'a word 🦊' })
  await deliver(text)
  expect(await until(later, shown, all => all.length > 0)).toMatchObject([{ title: 'Ünal', body: 'a word 🦊' }])
  expect(JSON.stringify(kept)).not.toContain('/send/1')

  await later.goto(origin)
  await openAccount(later)
  await later.getByRole('checkbox', { name: SWITCH, checked: true }).waitFor()
  await later.getByRole('button', { name: 'Sign out', exact: true }).click()
  await later.getByLabel('Your name').waitFor()
  expect(await later.evaluate(`localStorage.getItem('test.push')`)).toBeNull()
  say('@Zoya: nobody hears')
  bob.send(`${JSON.stringify({ type: 'tell', to: 'Zoya', text: 'nobody hears' })}\n`)
  await bob.heard.until(all => all.split('nobody hears').length > 2)
  expect(service.pushes).toHaveLength(1)
})

test('[G27] a browser that forbids it, or has none, says so and how to change that', async () => {
  const { page } = await scene()
  await page.evaluate(`Object.defineProperty(Notification, 'permission', { get: () => 'denied' })`)
  await openAccount(page)
  await page.getByText('This browser forbids notifications of this page.').waitFor()
  await page.keyboard.press('Escape')
  await page.evaluate(`delete window.PushManager`)
  await openAccount(page)
  await page.getByText('This browser has no notifications for pages that are closed.').waitFor()
  await page.keyboard.press('Escape')
  await page.evaluate(`Object.defineProperty(window, 'isSecureContext', { get: () => false })`)
  await openAccount(page)
  await page.getByText('Over plain HTTP a browser can’t notify you').waitFor()
})
