/** The form and the panel of an account: on small screens, by the keyboard, and for users of a screen reader. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { guestAt, openAccount, PASSWORD } from '../helpers/accounts-in-browser.ts'
import { violations } from '../helpers/axe.ts'
import { at, enterPage, field, openPage, say, until } from '../helpers/browser.ts'
import { startServer } from '../helpers/program.ts'

const SIZES = {
  phone: { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true },
  low: { viewport: { width: 1000, height: 600 } },
} as const

/** Nothing is wider than the screen, and each button of the panel can be brought into sight. */
async function fits(page: Page, width: number): Promise<void> {
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
  for (const button of await page.getByRole('button').all()) {
    if (!(await button.isVisible())) continue
    await button.scrollIntoViewIfNeeded()
    const box = await button.boundingBox()
    expect((box?.x ?? 0) + (box?.width ?? 0), await button.textContent().then(String)).toBeLessThanOrEqual(width)
  }
}

describe.each(['phone', 'low'] as const)('[G8] on a screen of the size %s', size => {
  test('form and panel fit, and work by touch', async () => {
    const server = await startServer()
    const options = SIZES[size]
    const { width } = options.viewport
    const page = await openPage(options)
    await page.goto(at(server, `#${'long-room-'.repeat(3)}`))
    await fits(page, width)
    for (const way of ['Sign in', 'Create an account']) {
      await page.getByRole('button', { name: way, exact: true }).click()
      await fits(page, width)
    }
    await page.getByLabel('Your name').fill('田中さんのとても長い名前です田中さんのとても長い')
    await page.getByLabel('New password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Create the account' }).click()
    await page.getByRole('button', { name: 'Your account' }).first().click()
    await page.getByText('in use here').waitFor()
    await fits(page, width)
    await page.getByRole('button', { name: 'Rename' }).click()
    await page.getByLabel('New name').waitFor()
    await page.getByRole('button', { name: 'Change the password' }).click()
    await page.getByLabel('Current password').waitFor()
    await fits(page, width)
  })
})

describe('[G9] axe finds nothing amiss, in light and dark,', () => {
  test('in the form and the panel of an account', async () => {
    const server = await startServer()
    const page = await openPage()
    // At localhost there are passkeys.
    await page.goto(`http://localhost:${server.port}/`)
    for (const way of ['Sign in', 'Create an account']) {
      await page.getByRole('button', { name: way, exact: true }).click()
      await page.locator('button[type=submit]').click()
      await page.getByRole('alert').waitFor()
      expect(await violations(page)).toEqual([])
    }
    await createAccountAgain(page)
    await openAccount(page)
    await page.getByText('in use here').waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Rename' }).click()
    await page.getByLabel('New name').fill('Host')
    await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click()
    await page.getByRole('alert').waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Change the password' }).click()
    await page.getByLabel('New password').fill('short')
    await page.getByRole('dialog').getByRole('button', { name: 'Change the password' }).click()
    await page.getByRole('alert').waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')

    const guest = await guestAt(at(server), 'Spider-Man')
    await say(guest, '/msg 田中 hello')
    await guest.getByRole('heading', { name: '田中' }).waitFor()
    expect(await violations(guest)).toEqual([])
    await openAccount(guest)
    expect(await violations(guest)).toEqual([])
    await guest.getByRole('button', { name: 'I have an account' }).click()
    await guest.getByLabel('Name', { exact: true }).waitFor()
    expect(await violations(guest)).toEqual([])
  })
})

async function createAccountAgain(page: Page): Promise<void> {
  await page.getByLabel('Your name').fill('田中')
  await page.getByLabel('New password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create the account' }).click()
  await page.getByRole('button', { name: 'Your account' }).first().waitFor()
}

test('[G9] the whole of it goes by the keyboard, and the focus comes back', async () => {
  const server = await startServer()
  const page = await openPage()
  await page.goto(at(server))
  const focused = (): Promise<string> =>
    page.evaluate(
      `(active => active.labels?.[0]?.textContent ?? active.getAttribute('aria-label') ?? active.textContent)(document.activeElement)`,
    )
  /** The focus moves with the next drawing. */
  const focuses = (label: string): Promise<unknown> => until(page, focused, now => now === label)
  await focuses('Your name')
  const order = []
  for (let k = 0; k < 4; k++) {
    await page.keyboard.press('Tab')
    order.push(await focused())
  }
  expect(order).toEqual(['Room', 'Join', 'Sign in', 'Create an account'])
  await page.keyboard.press('Enter')
  await focuses('Your name')
  await page.keyboard.type('Mr.Blue')
  await page.keyboard.press('Tab')
  await focuses('New password')
  await page.keyboard.type('short')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').getByText('too short').waitFor()
  await focuses('New password')
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  const account = page.locator('.account-button')
  await page.getByRole('button', { name: 'Your account' }).first().waitFor()
  await account.focus()
  await page.keyboard.press('Enter')
  await page.getByText('in use here').waitFor()
  await page.getByRole('button', { name: 'Change the password' }).focus()
  await page.keyboard.press('Enter')
  await focuses('Current password')
  await page.getByRole('button', { name: 'Cancel' }).focus()
  await page.keyboard.press('Enter')
  await focuses('Change the password')
  await page.keyboard.press('Escape')
  await focuses('Your account')
})

test('[G9] a screen reader is told what came of an act, and which names are accounts', async () => {
  const server = await startServer()
  const page = await enterPage(server, '李')
  await openAccount(page)
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('New password').fill(PASSWORD)
  await dialog.getByLabel('Keep me signed in').check()
  await dialog.getByRole('button', { name: 'Keep this name' }).click()
  await page.getByRole('dialog', { name: 'Your account' }).waitFor()
  await page.getByRole('listitem').getByText('kept sign-in').waitFor()
  await page.keyboard.press('Escape')
  await page
    .getByRole('complementary', { name: 'Members' })
    .getByRole('button', { name: '李 (account) (you)' })
    .waitFor()
  await field(page).waitFor()
})
