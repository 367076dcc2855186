/** Files in the page: chosen, dropped, pasted, sent, seen by others, opened by keys, and gone with their message. */
import { expect, test } from 'vitest'
import { violations } from '../helpers/axe.ts'
import { at, enterPage, field, log, say, sees, until } from '../helpers/browser.ts'
import { bytes, choose, give, picture, sentOf, tray } from '../helpers/files-in-browser.ts'
import { startServer } from '../helpers/program.ts'

const SIZES = {
  phone: { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true },
  desk: { viewport: { width: 1200, height: 760 } },
} as const

test.each(['phone', 'desk'] as const)(
  '[G25] on a %s, a picture is sent, has its place before it is there, and goes with its message',
  async size => {
    const server = await startServer('--rate', 'off')
    const page = await enterPage(server, 'ann', SIZES[size])
    const other = await enterPage(server, '田中', SIZES[size])
    // The bytes come later than the message.
    const held = Promise.withResolvers<void>()
    await other.route('**/files/*/*', async route => {
      await held.promise
      await route.continue()
    })
    await choose(page, picture('Größe 🦊.png', 512))
    await sentOf(page).getByText('Größe 🦊.png').waitFor()
    expect(await violations(page)).toEqual([])
    await field(page).fill('look at this')
    await page.getByRole('button', { name: 'Send' }).click()
    expect(await tray(page).count()).toBe(0)
    await sees(other, 'look at this')
    const place = other.getByRole('button', { name: 'Größe 🦊.png' })
    await place.waitFor()
    const before = await place.boundingBox()
    expect(before?.height).toBeGreaterThan(250)
    held.resolve()
    await until(
      other,
      () => other.evaluate<boolean>('document.querySelector(".picture img").naturalWidth > 0'),
      isThere => isThere,
    )
    expect(await place.boundingBox()).toEqual(before)
    await place.click()
    const viewer = other.getByRole('dialog', { name: 'Größe 🦊.png' })
    await viewer.waitFor()
    expect(await violations(other)).toEqual([])
    expect(await other.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    await other.goBack()
    await viewer.waitFor({ state: 'detached' })
    expect(other.url()).toBe(at(server, '#lobby'))
    const source = await place.locator('img').getAttribute('src')
    expect(source).toMatch(/^\/files\/[\w-]{16,}\//)
    await page.locator('.message').filter({ hasText: 'look at this' }).focus()
    await page.keyboard.press('Delete')
    await page.keyboard.press('Enter')
    await log(other).getByText('(deleted)').waitFor()
    expect(await place.count()).toBe(0)
    const gone = await other.request.get(at(server, '').replace(/\/$/, '') + source)
    expect(gone.status()).toBe(404)
  },
)

test('[G25] files are dropped and pasted, several at once, and ten at most', async () => {
  const server = await startServer('--rate', 'off')
  const page = await enterPage(server, 'Spider-Man')
  await give(page, 'drop', picture('one.png'), bytes('two.bin', 2000))
  await sentOf(page).nth(1).waitFor()
  await give(page, 'paste', picture('three.png'))
  await sentOf(page).nth(2).waitFor()
  await page.getByRole('button', { name: 'Remove three.png' }).click()
  await field(page).press('Enter')
  const message = page.locator('.message[data-seq]').filter({ has: page.getByRole('link', { name: 'two.bin' }) })
  await message.getByRole('button', { name: 'one.png' }).waitFor()
  expect(await message.getByRole('button', { name: 'three.png' }).count()).toBe(0)
  expect(await message.getByRole('link', { name: 'two.bin' }).getAttribute('download')).toBe('two.bin')

  await choose(page, ...Array.from({ length: 12 }, (_, k) => bytes(`file-${k}`, 10)))
  await page.getByRole('alert').getByText('at most 10 files').waitFor()
  await sentOf(page).nth(9).waitFor()
  expect(await tray(page).locator('.upload').count()).toBe(10)
})

test('[G25] pictures are opened, looked through and closed by keys alone, and the viewer goes with the message', async () => {
  const server = await startServer('--rate', 'off')
  const page = await enterPage(server, 'ann')
  const other = await enterPage(server, 'مريم')
  await give(page, 'drop', picture('first.png', 512), picture('second.png'))
  await sentOf(page).nth(1).waitFor()
  await say(page, 'two of them')
  await sees(other, 'two of them')
  await other.locator('.message').filter({ hasText: 'two of them' }).focus()
  const focused = (): Promise<string | null> => other.evaluate('document.activeElement.title || null')
  for (let k = 0; k < 12 && (await focused()) !== 'first.png'; k++) await other.keyboard.press('ArrowRight')
  await other.keyboard.press('Enter')
  const first = other.getByRole('dialog', { name: 'first.png' })
  await first.getByText('1 of 2').waitFor()
  await until(
    other,
    () => other.evaluate<number>('document.querySelector(".viewer-stage img").naturalWidth'),
    width => width === 512,
  )
  expect(await violations(other)).toEqual([])
  const width = async (): Promise<number> => (await first.locator('.viewer-stage img').boundingBox())?.width ?? 0
  const fits = await width()
  await other.keyboard.press('+')
  expect(await width()).toBeGreaterThan(fits)
  await other.keyboard.press('0')
  expect(await width()).toBe(fits)
  await other.keyboard.press('ArrowRight')
  const second = other.getByRole('dialog', { name: 'second.png' })
  await second.getByText('2 of 2').waitFor()
  await other.keyboard.press('ArrowLeft')
  await first.waitFor()
  await other.keyboard.press('Escape')
  await first.waitFor({ state: 'detached' })
  await until(other, focused, title => title === 'first.png')
  await other.keyboard.press('Enter')
  await first.waitFor()
  await page.locator('.message').filter({ hasText: 'two of them' }).focus()
  await page.keyboard.press('Delete')
  await page.keyboard.press('Enter')
  await first.waitFor({ state: 'detached' })
})
