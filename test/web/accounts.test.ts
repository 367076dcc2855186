/** Accounts in the page: making one, signing in, several tabs and devices, and signing out. */
import { expect, test } from 'vitest'
import {
  createAccount,
  guestAt,
  onAnotherDevice,
  openAccount,
  PASSWORD,
  signIn,
  storedBy,
} from '../helpers/accounts-in-browser.ts'
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
  until,
} from '../helpers/browser.ts'
import { startServer } from '../helpers/program.ts'
import { dialNative } from '../helpers/sockets.ts'

test('[G15] a guest keeps the name from inside the chat, and a reload goes on as the account', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'Spider-Man')
  const other = await enterPage(server, '田中')
  await say(page, 'as a guest')
  await sees(other, 'as a guest')
  await page.getByRole('button', { name: 'Keep this name' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Keep this name' })
  await dialog.getByLabel('New password').fill('short')
  await dialog.getByRole('button', { name: 'Keep this name' }).click()
  await dialog.getByRole('alert').getByText('too short').waitFor()
  await dialog.getByLabel('New password').fill(PASSWORD)
  await dialog.getByRole('button', { name: 'Keep this name' }).click()
  await page.getByRole('dialog', { name: 'Your account' }).getByText('in use here').waitFor()
  await page.keyboard.press('Escape')
  await other.getByRole('complementary').getByRole('button', { name: 'Spider-Man (account)' }).waitFor()

  await page.reload()
  await sees(page, 'as a guest')
  await page.getByRole('button', { name: 'Your account' }).first().waitFor()
  await log(page).getByText('as a guest').click()
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Delete it?' }).click()
  await log(other).getByText('(deleted)').waitFor()
  expect(await storedBy(page)).not.toContain(PASSWORD)
})

test('[G15] an account is made from the form; the name is then nobody else’s, nor is a lookalike', async () => {
  const server = await startServer()
  const page = await openPage()
  await page.goto(at(server))
  await createAccount(page, 'Mr.Blue')
  await page.getByRole('button', { name: 'Mr.Blue (account) (you)' }).waitFor()
  const guest = await openPage()
  await guest.goto(at(server))
  await guest.getByLabel('Your name').fill('Mr.BIue')
  await guest.getByRole('button', { name: 'Join', exact: true }).click()
  await guest.getByRole('alert').getByText('Is it yours?').waitFor()
  await guest.getByLabel('Password').fill('not his password')
  await guest.getByRole('button', { name: 'Sign in', exact: true }).click()
  await guest.getByRole('alert').getByText('wrong').waitFor()
  await guest.getByRole('button', { name: 'Join as a guest' }).click()
  await join(guest, '李')
  await say(guest, 'only a guest')
  await sees(page, 'only a guest')
})

test('[G15] the owner of an account signs in with its password, and is in the rooms of the account', async () => {
  const server = await startServer()
  const first = await openPage()
  await first.goto(at(server))
  await createAccount(first, 'José')
  await say(first, '/join ops')
  await first.getByRole('heading', { name: 'ops' }).waitFor()
  await say(first, 'noted')
  await sees(first, 'noted')
  const second = await onAnotherDevice(at(server), 'José')
  await second.getByRole('link', { name: 'ops' }).click()
  await sees(second, 'noted')
  await second.getByRole('link', { name: 'lobby' }).waitFor()
})

test('[G16] the panel renames the account on all devices, and says why not', async () => {
  const server = await startServer()
  const page = await openPage()
  await page.goto(at(server))
  await createAccount(page, 'Spider-Man', { keeps: true })
  const other = await onAnotherDevice(at(server), 'Spider-Man')
  await guestAt(at(server), 'Mr.Blue')
  await openAccount(page)
  const dialog = page.getByRole('dialog', { name: 'Your account' })
  await dialog.getByRole('button', { name: 'Rename' }).click()
  const name = dialog.getByLabel('New name')
  for (const [wanted, why] of [
    ['Mr.BIue', 'taken'],
    ['', 'missing'],
  ] as const) {
    await name.fill(wanted)
    await dialog.getByRole('button', { name: 'Rename' }).click()
    await dialog.getByRole('alert').getByText(why).waitFor()
  }
  await name.fill('李 李')
  await name.press('Enter')
  await dialog.getByRole('alert').waitFor()
  await name.fill('李')
  await name.press('Enter')
  await dialog.getByText('The name is changed.').waitFor()
  await dialog.getByText('李 is yours alone').waitFor()
  expect(await page.evaluate('document.activeElement?.textContent')).toBe('Rename')
  await page.keyboard.press('Escape')
  for (const device of [page, other]) await device.getByRole('button', { name: '李 (account) (you)' }).waitFor()
  await page.reload()
  await page.getByRole('button', { name: '李 (account) (you)' }).waitFor()
})

test('[G16] a second tab as the same account shows own words once, and one member', async () => {
  const server = await startServer()
  const tab = await openPage()
  await tab.goto(at(server))
  await createAccount(tab, '田中', { keeps: true })
  const next = await tab.context().newPage()
  mustStayQuiet(next)
  await next.goto(at(server))
  await field(next).waitFor()
  const guest = await guestAt(at(server), 'Spider-Man')
  await say(tab, 'from the first tab')
  await sees(next, 'from the first tab')
  await say(next, 'from the second tab')
  await sees(tab, 'from the second tab')
  await say(guest, '/msg 田中 psst')
  for (const page of [tab, next]) {
    await page.getByRole('link', { name: /Spider-Man/ }).click()
    await sees(page, 'psst')
  }
  await say(tab, 'what is it?')
  await sees(next, 'what is it?')
  for (const page of [tab, next]) {
    expect(await saidIn(page)).toEqual(['psst', 'what is it?'])
    await page.getByRole('link', { name: /^lobby/ }).click()
    expect(await saidIn(page)).toEqual(['from the first tab', 'from the second tab'])
    await page.getByRole('heading', { name: '2 here' }).waitFor()
  }
})

test('[G17] a user who is kept signed in is in without a form, until signing out', async () => {
  const server = await startServer()
  const page = await openPage()
  await page.goto(at(server))
  await createAccount(page, 'Mr.Blue', { keeps: true })
  await until(
    page,
    () => storedBy(page),
    stored => stored.includes('rxchat.kept'),
  )
  const { context } = { context: page.context() }
  await page.close({ runBeforeUnload: false })

  const back = await context.newPage()
  mustStayQuiet(back)
  await back.goto(at(server))
  await say(back, 'no form for me')
  await sees(back, 'no form for me')
  expect(await storedBy(back)).not.toContain(PASSWORD)

  await openAccount(back)
  await back.getByRole('dialog').getByText('kept sign-in').waitFor()
  await back.getByRole('dialog').getByRole('button', { name: 'Sign out', exact: true }).click()
  await back.getByText('Sign in to your account').waitFor()
  expect(await back.getByLabel('Your name').inputValue()).toBe('Mr.Blue')
  expect(await storedBy(back)).not.toContain('rxchat.kept')
  await back.reload()
  await back.getByLabel('Your name').fill('Mr.Blue')
  await back.getByRole('button', { name: 'Join', exact: true }).click()
  await back.getByRole('alert').getByText('Is it yours?').waitFor()
})

test('[G17] a user who leaves stays signed in, and a reload does not enter by itself', async () => {
  const server = await startServer()
  const page = await openPage()
  await page.goto(at(server))
  await createAccount(page, 'Mr.Blue', { keeps: true })
  await until(
    page,
    () => storedBy(page),
    stored => stored.includes('rxchat.kept'),
  )
  await page.getByRole('button', { name: 'Leave', exact: true }).click()
  await page.getByRole('button', { name: 'Leave the chat?' }).click()
  await page.getByText('You are signed in on this device').waitFor()
  await page.reload()
  await page.getByText('You are signed in on this device').waitFor()
  await page.getByRole('button', { name: 'Join', exact: true }).click()
  await page.getByRole('button', { name: 'Your account' }).first().waitFor()
})

test('[G18] signing out everywhere ends every other device at once, and says so', async () => {
  const server = await startServer()
  const desk = await openPage()
  await desk.goto(at(server))
  await createAccount(desk, 'a|b', { keeps: true })
  const phone = await onAnotherDevice(at(server), 'a|b', { keeps: true })
  await openAccount(desk)
  await desk.getByRole('button', { name: 'Sign out everywhere' }).click()
  await desk.getByRole('button', { name: 'Sign out on all devices?' }).click()
  await desk.getByLabel('Your name').waitFor()
  expect(await desk.getByRole('alert').count(), 'no news to whoever asked for it').toBe(0)
  await phone.getByRole('alert').getByText('You were signed out').waitFor()
  for (const page of [desk, phone]) {
    await page.reload()
    await page.getByLabel('Your name').waitFor()
    expect(await storedBy(page)).not.toContain('rxchat.kept')
  }
  await signIn(phone, 'a|b')
})

test('[G18] a device that is revoked in the panel is out; the others stay', async () => {
  const server = await startServer()
  const desk = await openPage()
  await desk.goto(at(server))
  await createAccount(desk, '[x]_^')
  const phone = await onAnotherDevice(at(server), '[x]_^', { keeps: true })
  await until(
    phone,
    () => storedBy(phone),
    stored => stored.includes('rxchat.kept'),
  )
  await openAccount(desk)
  const devices = desk.getByRole('list', { name: 'Devices and sign-ins' })
  await devices.getByText('kept sign-in').waitFor()
  await devices.getByRole('button', { name: /^Revoke / }).click()
  await devices.getByRole('button', { name: 'Revoke it?' }).click()
  await phone.getByRole('alert').getByText('You were signed out').waitFor()
  await desk.getByRole('status').getByText(' is revoked.').waitFor()
  expect(await devices.getByText('kept sign-in').count()).toBe(0)
  await desk.keyboard.press('Escape')
  await say(desk, 'still here')
  await sees(desk, 'still here')
})

test('[G15] the password is changed in the panel, and the old one is of no use', async () => {
  const server = await startServer()
  const page = await openPage()
  await page.goto(at(server))
  await createAccount(page, 'İbo')
  await openAccount(page)
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Change the password' }).click()
  await dialog.getByLabel('Current password').fill('not this one')
  await dialog.getByLabel('New password').fill('a better one')
  await dialog.getByRole('button', { name: 'Change the password' }).click()
  await dialog.getByRole('alert').getByText('wrong').waitFor()
  await dialog.getByLabel('Current password').fill(PASSWORD)
  await dialog.getByRole('button', { name: 'Change the password' }).click()
  await dialog.getByRole('status').getByText('The password is changed.').waitFor()
  const other = await openPage()
  await other.goto(at(server))
  await other.getByRole('button', { name: 'Sign in', exact: true }).click()
  await other.getByLabel('Your name').fill('İbo')
  await other.getByLabel('Password').fill(PASSWORD)
  await other.getByRole('button', { name: 'Sign in', exact: true }).click()
  await other.getByRole('alert').getByText('wrong').waitFor()
  await other.getByLabel('Password').fill('a better one')
  await other.getByRole('button', { name: 'Sign in', exact: true }).click()
  await other.getByRole('button', { name: 'Your account' }).first().waitFor()
  await page.keyboard.press('Escape')
  await say(page, 'not signed out')
  await sees(other, 'not signed out')
})

test('[G15] a guest in the chat signs in by a command; a wrong password leaves the guest as it is', async () => {
  const server = await startServer()
  const first = await openPage()
  await first.goto(at(server))
  await createAccount(first, '田中')
  const friend = await guestAt(at(server), 'Mr.Blue')
  await say(friend, '/msg 田中 psst')
  await sees(friend, 'psst')
  const page = await guestAt(at(server), 'Spider-Man')
  await say(page, 'a guest')
  await sees(page, 'a guest')
  await say(page, '/login 田中')
  const dialog = page.getByRole('dialog', { name: 'Sign in' })
  expect(await dialog.getByLabel('Name').inputValue()).toBe('田中')
  await dialog.getByLabel('Password').fill('not it')
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()
  await dialog.getByRole('alert').getByText('wrong').waitFor()
  await dialog.getByLabel('Password').fill(PASSWORD)
  await dialog.getByLabel('Keep me signed in').check()
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('dialog', { name: 'Your account' }).waitFor()
  await until(
    page,
    () => storedBy(page),
    stored => stored.includes('rxchat.kept'),
  )
  await page.keyboard.press('Escape')
  await say(page, 'as the account')
  await sees(first, 'as the account')
  await first.getByRole('heading', { name: '2 here' }).waitFor()
  await page.getByRole('link', { name: /Mr\.Blue/ }).click()
  await sees(page, 'psst')
  await page.reload()
  await sees(page, 'psst')
  await page.getByRole('button', { name: 'Your account' }).first().waitFor()
})

test('[G17] a secret that is typed into the composer is in no draft, no recall and no storage', async () => {
  const server = await startServer()
  const page = await enterPage(server, '李')
  await field(page).fill(`/register ${PASSWORD}`)
  expect(await storedBy(page)).not.toContain(PASSWORD)
  await field(page).press('Enter')
  await page.getByRole('button', { name: 'Your account' }).first().waitFor()
  await field(page).press('ArrowUp')
  expect(await field(page).inputValue()).toBe('/register')
  expect(await page.content()).not.toContain(PASSWORD)
  expect(await storedBy(page)).not.toContain(PASSWORD)
})

test('[G17] the tab of an account that is not kept leaves nothing with which the next one could come in', async () => {
  const server = await startServer()
  const page = await openPage()
  await page.goto(at(server))
  await createAccount(page, '田中')
  await say(page, 'mine')
  await sees(page, 'mine')
  const context = page.context()
  await page.close({ runBeforeUnload: false })
  const next = await context.newPage()
  mustStayQuiet(next)
  await next.goto(at(server))
  await next.getByLabel('Your name').fill('田中')
  await next.getByRole('button', { name: 'Join', exact: true }).click()
  await next.getByRole('alert').getByText('Is it yours?').waitFor()
  await dialNative(server.port, 'watcher')
})

test('[G18] a device that was revoked while it was away asks for the sign-in when it comes back', async () => {
  const server = await startServer()
  const desk = await openPage()
  await desk.goto(at(server))
  await createAccount(desk, '田中')
  const phone = await onAnotherDevice(at(server), '田中', { keeps: true })
  await until(
    phone,
    () => storedBy(phone),
    stored => stored.includes('rxchat.kept'),
  )
  await phone.goto('about:blank')
  await openAccount(desk)
  const devices = desk.getByRole('list', { name: 'Devices and sign-ins' })
  await devices.getByRole('button', { name: /^Revoke / }).click()
  await devices.getByRole('button', { name: 'Revoke it?' }).click()
  await desk.getByRole('status').getByText(' is revoked.').waitFor()
  await phone.goto(at(server))
  await phone.getByRole('alert').getByText('You were signed out').waitFor()
  expect(await phone.getByLabel('Your name').inputValue()).toBe('田中')
  expect(await storedBy(phone)).not.toContain('rxchat.kept')
})

test('[G17] a kept sign-in follows its account to another name', async () => {
  const server = await startServer()
  const page = await openPage()
  await page.goto(at(server))
  await createAccount(page, 'Mr.Blue', { keeps: true })
  await until(
    page,
    () => storedBy(page),
    stored => stored.includes('rxchat.kept'),
  )
  await say(page, '/nick 李')
  await page.locator('.me').getByText('李').waitFor()
  const context = page.context()
  await page.close({ runBeforeUnload: false })
  const next = await context.newPage()
  mustStayQuiet(next)
  await next.goto(at(server))
  await next.locator('.me').getByText('李').waitFor()
  await next.getByRole('button', { name: 'Your account' }).first().waitFor()
})

test('[G18] /logout signs out as the button does', async () => {
  const server = await startServer()
  const page = await openPage()
  await page.goto(at(server))
  await createAccount(page, 'a|b', { keeps: true })
  await until(
    page,
    () => storedBy(page),
    stored => stored.includes('rxchat.kept'),
  )
  await say(page, '/logout')
  await page.getByLabel('Your name').waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
  expect(await storedBy(page)).not.toContain('rxchat.kept')
})

test('[G3] an account that is kicked out comes back by the button, still as the account', async () => {
  const server = await startServer()
  const page = await openPage()
  await page.goto(at(server))
  await createAccount(page, 'José', { keeps: true })
  await until(
    page,
    () => storedBy(page),
    stored => stored.includes('rxchat.kept'),
  )
  server.type('KICK José be kind')
  await page.getByRole('alert').getByText('be kind').waitFor()
  await page.getByRole('button', { name: 'Join again' }).click()
  await say(page, 'back')
  await sees(page, 'back')
  await page.getByRole('button', { name: 'Your account' }).first().waitFor()
})

test('[S7] [G15] an account is made where the server asks for a password of its own, and needs none later', async () => {
  const server = await startServer('--password', 'open sesame')
  const page = await openPage()
  await page.goto(at(server))
  await page.getByRole('button', { name: 'Create an account' }).click()
  await page.getByLabel('Your name').fill('李')
  await page.getByLabel('New password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create the account' }).click()
  await page.getByRole('alert').getByText('This server requires a password.').waitFor()
  await page.getByLabel('Password of the server').fill('open sesame')
  await page.getByRole('button', { name: 'Create the account' }).click()
  await page.getByRole('button', { name: 'Your account' }).first().waitFor()
  await say(page, 'mine')
  await sees(page, 'mine')
  const phone = await onAnotherDevice(at(server), '李')
  await sees(phone, 'mine')
})
