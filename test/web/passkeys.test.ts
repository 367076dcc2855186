/** Passkeys in the page, made by Chromium's virtual authenticator. Browsers allow them at localhost. */
import { expect, onTestFinished, test } from 'vitest'
import { addAuthenticator, createAccount, openAccount } from '../helpers/accounts-in-browser.ts'
import { at, mustStayQuiet, openPage, say, sees } from '../helpers/browser.ts'
import { launchChromium } from '../helpers/chromium.ts'
import { startServer } from '../helpers/program.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const local = ({ port }: { readonly port: number }): string => `http://localhost:${port}/`

test('[G19] a passkey is added in the panel and signs in without a name and without a password', async () => {
  const server = await startServer()
  const page = await openPage()
  await addAuthenticator(page)
  await page.goto(local(server))
  await createAccount(page, '田中')
  await openAccount(page)
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Add a passkey' }).click()
  await dialog.getByRole('status').getByText('The passkey is added.').waitFor()
  await dialog.getByRole('list').getByText('passkey').waitFor()
  await dialog.getByRole('button', { name: 'Sign out', exact: true }).click()

  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByLabel('Your name').fill('')
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.getByRole('button', { name: 'Your account' }).first().waitFor()
  await page.locator('.me').getByText('田中').waitFor()
  await say(page, 'by a passkey')
  await sees(page, 'by a passkey')
  await page.reload()
  await say(page, 'and again')
  await sees(page, 'and again')
})

test('[G19] a second passkey of the same device is refused in plain words', async () => {
  const server = await startServer()
  const page = await openPage()
  await addAuthenticator(page)
  await page.goto(local(server))
  await createAccount(page, 'Mr.Blue')
  await openAccount(page)
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Add a passkey' }).click()
  await dialog.getByRole('status').getByText('The passkey is added.').waitFor()
  await dialog.getByRole('button', { name: 'Add a passkey' }).click()
  await dialog.getByRole('alert').getByText('already has a passkey').waitFor()
})

test('[G19] without a passkey the form says so, and the password still does', async () => {
  const server = await startServer()
  const page = await openPage()
  const { remove } = await addAuthenticator(page)
  await page.goto(local(server))
  await createAccount(page, 'José')
  await openAccount(page)
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByRole('status').getByText('The passkey is added.').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out', exact: true }).click()
  await remove()
  await addAuthenticator(page)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.getByRole('alert').getByText('No passkey was used').waitFor()
})

test('[G19] if a browser allows no passkeys, no button offers one, and a line says why', async () => {
  const server = await startServer()
  const page = await openPage()
  await page.goto(at(server))
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByText('Passkeys need https and a domain name.').waitFor()
  expect(await page.getByRole('button', { name: 'passkey' }).count()).toBe(0)
})

test('[G19] with https a domain name has passkeys, and an address has none', async () => {
  const server = await startServer('--tls', '--data', temporaryFolder())
  // The certificate of the test is nobody's, and its name leads to this machine.
  const browser = await launchChromium(
    '--host-resolver-rules=MAP chat.example 127.0.0.1',
    '--ignore-certificate-errors',
  )
  onTestFinished(() => browser.close())
  for (const host of ['chat.example', '127.0.0.1']) {
    const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage()
    mustStayQuiet(page)
    await addAuthenticator(page)
    await page.goto(`https://${host}:${server.port}/`)
    await createAccount(page, host)
    await openAccount(page)
    await page.getByText('in use here').waitFor()
    const add = page.getByRole('button', { name: 'Add a passkey' })
    if (host === '127.0.0.1') {
      await page.getByText('Passkeys need https and a domain name.').waitFor()
      expect(await add.count()).toBe(0)
    } else {
      await add.click()
      await page.getByRole('status').getByText('The passkey is added.').waitFor()
    }
  }
})

test('[G10] the panel of an account, and what passkeys need, are loaded when they are used, not with the page', async () => {
  const server = await startServer()
  const page = await openPage()
  const loaded: string[] = []
  page.on('request', request => loaded.push(request.url()))
  await addAuthenticator(page)
  await page.goto(local(server))
  await createAccount(page, 'a|b')
  const panel = /\/Account-[^/]*\.js$/
  expect(loaded.filter(url => panel.test(url))).toEqual([])
  await openAccount(page)
  expect(loaded.filter(url => panel.test(url))).toHaveLength(1)
  const before = new Set(loaded)
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByRole('status').getByText('The passkey is added.').waitFor()
  expect(loaded.filter(url => url.endsWith('.js') && !before.has(url))).toHaveLength(1)
})
