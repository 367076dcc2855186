/** The link of an invite: the form is filled, and its token is nowhere but in the memory of the page. */
import { expect, test } from 'vitest'
import { createAccount, storedBy } from '../helpers/accounts-in-browser.ts'
import { at, field, openPage, say, sees } from '../helpers/browser.ts'
import { type RunningServer, startServer } from '../helpers/program.ts'

/** The token of a new invite, from the console. */
async function invite(server: RunningServer, options = ''): Promise<string> {
  server.type(`INVITE ${options}`.trim())
  return server.out.until(text => /#invite=([\w-]+)/.exec(text)?.[1])
}

test('[G20] an invite opens the form with its room, and is the way to an account', async () => {
  const server = await startServer('--registration', 'invite')
  const token = await invite(server, '--room ops')
  const page = await openPage()
  const urls: string[] = []
  page.on('request', request => urls.push(request.url()))
  await page.goto(at(server, `#invite=${token}&room=ops`))
  await page.getByText('You have an invite').waitFor()
  expect(new URL(page.url()).hash).toBe('#ops')
  expect(await page.getByLabel('Room').inputValue()).toBe('ops')
  await createAccount(page, '田中')
  await page.getByRole('heading', { name: 'ops' }).waitFor()
  await say(page, 'thank you')
  await sees(page, 'thank you')
  expect(urls.filter(url => url.includes(token))).toEqual([])
  expect(await storedBy(page)).not.toContain(token)
  expect(await page.content()).not.toContain(token)
  await page.goBack()
  expect(page.url()).not.toContain(token)
})

test('[G20] without an invite the refusal says what is needed', async () => {
  const server = await startServer('--registration', 'invite')
  const page = await openPage()
  await page.goto(at(server))
  await page.getByRole('button', { name: 'Create an account' }).click()
  await page.getByLabel('Your name').fill('Mr.Blue')
  await page.getByLabel('New password').fill('a long password')
  await page.getByRole('button', { name: 'Create the account' }).click()
  await page.getByRole('alert').getByText('You need an invite').waitFor()
  await page.getByRole('button', { name: 'Join as a guest' }).click()
  await page.getByRole('button', { name: 'Join', exact: true }).click()
  await say(page, 'a guest all the same')
  await sees(page, 'a guest all the same')
})

test('[G20] an invite lets a guest in where a password is required', async () => {
  const server = await startServer('--password', 'open sesame')
  const token = await invite(server)
  const page = await openPage()
  await page.goto(at(server, `#invite=${token}`))
  await page.getByLabel('Your name').fill('Spider-Man')
  await page.getByRole('button', { name: 'Join', exact: true }).click()
  await field(page).waitFor()
  await say(page, 'in without the password')
  await sees(page, 'in without the password')
})

test('[G20] a link of an invite that is opened in a page that is in leads to its room alone', async () => {
  const server = await startServer()
  const page = await openPage()
  await page.goto(at(server))
  await createAccount(page, 'José')
  await page.evaluate(`location.hash = '#invite=some-token&room=ops'`)
  await page.getByRole('heading', { name: 'ops' }).waitFor()
  expect(page.url()).not.toContain('some-token')
  expect(await page.content()).not.toContain('some-token')
})

test('[G20] [G15] if guests are off, the form asks for an account, and an invite makes one', async () => {
  const server = await startServer('--guests', 'off', '--registration', 'invite')
  const token = await invite(server)
  const page = await openPage()
  await page.goto(at(server))
  await page.getByText('Only people with an account can enter this server.').waitFor()
  expect(await page.getByText('To invite others').count()).toBe(0)
  await page.getByLabel('Your name').fill('a|b')
  await page.getByRole('button', { name: 'Join', exact: true }).click()
  await page.getByRole('alert').getByText('Only people with an account').waitFor()
  // Pasted into the address of the open form.
  await page.evaluate(`location.hash = '#invite=${token}'`)
  await page.getByText('You have an invite').waitFor()
  expect(page.url()).not.toContain(token)
  await page.getByRole('button', { name: 'Create an account' }).click()
  await page.getByLabel('Your name').fill('a|b')
  await page.getByLabel('New password').fill('a long password')
  await page.getByRole('button', { name: 'Create the account' }).click()
  await field(page).waitFor()
  await say(page, 'by invite')
  await sees(page, 'by invite')
})
