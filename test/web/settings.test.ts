/** The settings of a reader: they count at once, in this browser, and after a reload. */
import { expect, test } from 'vitest'
import { violations } from '../helpers/axe.ts'
import { enterPage, log, say, sees } from '../helpers/browser.ts'
import { startServer } from '../helpers/program.ts'
import { dialNative } from '../helpers/sockets.ts'

const SIZES = {
  phone: { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true },
  desk: { viewport: { width: 1200, height: 760 } },
} as const

const GROUNDS = { light: 'rgb(255, 255, 255)', dark: 'rgb(15, 19, 24)' } as const

test.each(['phone', 'desk'] as const)('[G24] on a %s, colours, density and hours are chosen', async size => {
  const server = await startServer()
  const page = await enterPage(server, 'ann', { ...SIZES[size], locale: 'en-GB', colorScheme: 'light' })
  const bob = await dialNative(server.port, 'Spider-Man')
  bob.send('{"type":"say","text":"hello"}\n')
  await sees(page, 'hello')
  const ground = (): Promise<string> => page.evaluate('getComputedStyle(document.documentElement).backgroundColor')
  if (size === 'phone') await page.getByRole('button', { name: 'Rooms', exact: true }).tap()
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  const sheet = page.getByRole('dialog', { name: 'Settings' })
  await sheet.waitFor()
  expect(await violations(page)).toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })

  await sheet.getByRole('radio', { name: 'Dark' }).check()
  expect(await ground()).toBe(GROUNDS.dark)
  await sheet.getByRole('radio', { name: 'Light' }).check()
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await ground()).toBe(GROUNDS.light)

  expect(await log(page).locator('.face').count()).toBe(1)
  await sheet.getByRole('radio', { name: 'Compact' }).check()
  expect(await log(page).locator('.face').count()).toBe(0)

  await sheet.getByRole('radio', { name: '12 hours' }).check()
  await page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'hidden' })
  expect(await log(page).locator('.message time').first().textContent()).toMatch(/[AP]M$/i)
  const width = await page.evaluate<number>('document.documentElement.scrollWidth')
  expect(width).toBe(SIZES[size].viewport.width)

  await page.reload()
  await sees(page, 'hello')
  expect(await ground()).toBe(GROUNDS.light)
  expect(await log(page).locator('.face').count()).toBe(0)
  expect(await log(page).locator('.message time').first().textContent()).toMatch(/[AP]M$/i)
})

test('[G24] by keys alone; another tab follows', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann', { colorScheme: 'light' })
  const other = await page.context().newPage()
  await other.goto(page.url())
  await page.getByRole('button', { name: 'Settings', exact: true }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.getByRole('radio', { name: 'System' }).first().focus()
  for (const name of ['Light', 'Dark']) {
    await page.keyboard.press('ArrowRight')
    await page.getByRole('radio', { name, checked: true }).waitFor()
  }
  await other.locator('html[data-theme="dark"]').waitFor()
  await page.keyboard.press('Escape')
  await page.locator('[aria-label="Settings"]:focus').waitFor()
})

test('[G24] each room has its notices, as far as the browser gives any', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann')
  await say(page, '/join 田中')
  await page.getByRole('heading', { name: '田中' }).waitFor()
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  const of = page.getByRole('combobox', { name: '#田中' })
  expect(await of.inputValue()).toBe('mentions')
  await of.selectOption({ label: 'All messages' })
  await page.getByRole('combobox', { name: '#lobby' }).selectOption({ label: 'None' })
  await page.reload()
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  expect(await of.inputValue()).toBe('all')
  expect(await page.getByRole('combobox', { name: '#lobby' }).inputValue()).toBe('none')
  // The default isn't stored, so that the stored data stay small.
  await of.selectOption({ label: 'Mentions' })
  const stored = await page.evaluate<string>("localStorage.getItem('rxchat.settings')")
  expect(JSON.parse(stored).noticed).toEqual({ '#lobby': 'none' })
})

test('[G24] data that another program has stored there do no harm', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann')
  for (const stored of [
    '{"theme":7,"density":"<b>","noticed":{"#lobby":"loud","__proto__":"all"}}',
    '[]',
    '"x"',
    '{',
  ]) {
    await page.evaluate(`localStorage.setItem('rxchat.settings', ${JSON.stringify(stored)})`)
    await page.reload()
    await log(page).waitFor()
    expect(await page.locator('html').getAttribute('data-theme')).toBe('system')
    expect(await page.locator('html').getAttribute('data-density')).toBe('comfortable')
  }
})
