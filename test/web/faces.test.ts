/** Authors in the page: faces, groups of messages, presence, cards, and the actions at a message. */
import type { Locator, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { createAccount } from '../helpers/accounts-in-browser.ts'
import { violations } from '../helpers/axe.ts'
import { at, enterPage, field, log, openPage, say, sees, until } from '../helpers/browser.ts'
import { startServer } from '../helpers/program.ts'
import { dialNative } from '../helpers/sockets.ts'

const SIZES = {
  phone: { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true },
  desk: { viewport: { width: 1200, height: 760 } },
} as const

/** In a time zone past ten in the evening now, a time in twelve hours is as wide as one can be. */
const LATE_IN_THE_EVENING = {
  locale: 'en-US',
  timezoneId: zoneAt(new Date().getUTCHours() - 22),
} as const

/** West of Greenwich by so many hours, which has to be between -14 and 12. `Etc/GMT+5` is five hours west. */
function zoneAt(west: number): string {
  const near = west < -14 ? west + 24 : west
  return `Etc/GMT${near < 0 ? '' : '+'}${near}`
}

const PEOPLE = [
  ['Spider-Man', 'SM'],
  ['田中', '田'],
  ['a|b', 'AB'],
  ['Mr.Blue', 'MB'],
  ['Ünal', 'Ü'],
  ['مريم', 'م'],
] as const

const styleOf = (of: Locator, property: string): Promise<string | undefined> =>
  of.evaluate((element: unknown, name) => {
    const { getComputedStyle } = globalThis as unknown as { getComputedStyle: (of: unknown) => Record<string, string> }
    return getComputedStyle(element)[name]
  }, property)

const rowOf = (page: Page, text: string) => page.locator('.message').filter({ hasText: text })

describe.each(['phone', 'desk'] as const)('[G24] on a %s', size => {
  test('each group of messages has one face, one name and one time', async () => {
    const server = await startServer('--rate', 'off')
    const page = await enterPage(server, 'ann', { ...SIZES[size], ...LATE_IN_THE_EVENING, reducedMotion: 'reduce' })
    for (const [name, initials] of PEOPLE) {
      const one = await dialNative(server.port, name)
      one.send(`${JSON.stringify({ type: 'say', text: `first of ${name} 🦊` })}\n`)
      one.send(`${JSON.stringify({ type: 'say', text: `next of ${name}` })}\n`)
      await sees(page, `next of ${name}`)
      const [first, next] = [rowOf(page, `first of ${name}`), rowOf(page, `next of ${name}`)]
      expect(await first.locator('.face').getAttribute('data-initials')).toBe(initials)
      expect(await first.locator('.who-name').count()).toBe(1)
      expect(await next.locator('.face, .who-name').count()).toBe(0)
      expect(await styleOf(first.locator('.time'), 'opacity')).toBe('1')
      expect(await styleOf(next.locator('.time'), 'opacity')).toBe('0')
      // All texts begin at the same place.
      const [a, b] = await Promise.all([first, next].map(row => row.locator('.body').boundingBox()))
      expect(a?.x).toBe(b?.x)
    }
    const last = rowOf(page, 'next of مريم')
    await last.focus()
    expect(await styleOf(last.locator('.time'), 'opacity')).toBe('1')
    // No time is cut off at the edge, not even one of twelve hours.
    expect((await last.locator('.time').boundingBox())?.x).toBeGreaterThanOrEqual(size === 'phone' ? 0 : 225)
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(SIZES[size].viewport.width)
  })

  test('a card says who it is, and what one may do', async () => {
    const server = await startServer('--rate', 'off')
    const owner = await openPage(SIZES[size])
    await owner.goto(at(server))
    await createAccount(owner, 'Spider-Man')
    await field(owner).fill('/join harbour')
    await owner.getByRole('button', { name: 'Send' }).click()
    await owner.getByRole('heading', { name: 'harbour' }).waitFor()
    await field(owner).fill('I found it')
    await owner.getByRole('button', { name: 'Send' }).click()
    await field(owner).fill('/away at lunch')
    await owner.getByRole('button', { name: 'Send' }).click()

    const page = await enterPage(server, 'ann', { ...SIZES[size], hash: '#harbour' })
    await sees(page, 'I found it')
    await rowOf(page, 'I found it').locator('.who-name').click()
    const card = page.getByRole('menu', { name: 'About Spider-Man' })
    await card.waitFor()
    for (const text of ['account · founder here', /^away: at lunch · in this room since \d/, 'with you in #harbour'])
      await card.getByText(text).waitFor()
    expect(await card.locator('.presence').getAttribute('data-is')).toBe('away')
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    // A face does the same as the name beside it.
    await rowOf(page, 'I found it').locator('.face').click()
    await card.getByRole('menuitem', { name: 'Message' }).click()
    await page.getByRole('heading', { name: 'Spider-Man' }).waitFor()
    expect(await page.locator('.head .presence').getAttribute('data-is')).toBe('away')
  })
})

test('[G24] presence follows an account that goes', async () => {
  const server = await startServer('--grace', '1')
  const owner = await openPage()
  await owner.goto(at(server))
  await createAccount(owner, 'Ünal')
  const page = await enterPage(server, 'ann')
  await say(owner, '/msg ann hello')
  const place = page.getByRole('link', { name: 'Ünal' })
  const is = (presence: string) => place.locator(`.presence[data-is="${presence}"]`).waitFor()
  await is('here')
  await say(owner, '/away')
  await is('away')
  await say(owner, '/quit')
  await is('gone')
})

test('[G9] [G25] the bar at a message is reached by keys: along it, and back', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann')
  await say(page, 'of mine')
  await sees(page, 'of mine')
  await log(page).focus()
  await page.keyboard.press('ArrowUp')
  const bar = rowOf(page, 'of mine').locator('.bar')
  await until(
    page,
    () => styleOf(bar, 'opacity'),
    opacity => opacity === '1',
  )
  const focused = (): Promise<string> =>
    page.evaluate('document.activeElement.ariaLabel ?? document.activeElement.textContent')
  for (const label of ['React', 'Reply', 'Edit', 'Delete', 'More about the message of ann']) {
    await page.keyboard.press('ArrowRight')
    expect(await focused()).toBe(label)
  }
  await page.keyboard.press('ArrowRight')
  expect(await focused(), 'the end').toBe('More about the message of ann')
  await page.keyboard.press('Enter')
  await page.getByRole('menu').waitFor()
  await page.keyboard.press('Escape')
  await until(page, focused, label => label === 'More about the message of ann')
  for (let back = 0; back < 5; back++) await page.keyboard.press('ArrowLeft')
  expect(await page.evaluate('document.activeElement.dataset.seq')).toBeTruthy()
})

test('[G21] [G25] a finger that rests on a message opens its menu; one that scrolls does not', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann', SIZES.phone)
  const bob = await dialNative(server.port, 'Mr.Blue')
  bob.send('{"type":"say","text":"press me"}\n')
  await sees(page, 'press me')
  const box = await log(page).getByText('press me').boundingBox()
  const [x, y] = [(box?.x ?? 0) + 20, (box?.y ?? 0) + 8]
  const cdp = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', dy = 0) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y: y + dy }] })
  const menu = page.getByRole('menu', { name: 'Message of Mr.Blue' })

  await touch('touchStart')
  await touch('touchMove', 30)
  await touch('touchEnd')
  expect(await menu.count()).toBe(0)

  await touch('touchStart')
  await menu.waitFor()
  await touch('touchEnd')
  await menu.getByRole('menuitem', { name: 'Copy the text' }).waitFor()
  await menu.getByRole('menuitem', { name: 'About Mr.Blue' }).tap()
  await page.getByRole('menu', { name: 'About Mr.Blue' }).waitFor()
})

test('[G8] with forced colours a face has a line around it', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann', { forcedColors: 'active' })
  await say(page, 'hello')
  await sees(page, 'hello')
  expect(await styleOf(log(page).locator('.face'), 'borderStyle')).toBe('solid')
})

test('[G8] at twice the size the page still fits', async () => {
  const server = await startServer()
  // Zooming to 200 % halves the room.
  const page = await enterPage(server, 'Spider-Man', { viewport: { width: 600, height: 380 }, deviceScaleFactor: 2 })
  await say(page, 'word '.repeat(60).trim())
  await page.locator('.message[data-seq] .text').waitFor()
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(600)
  expect((await field(page).boundingBox())?.y).toBeLessThan(380)
  await page.getByRole('button', { name: 'Rooms', exact: true }).click()
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  const last = page.getByRole('dialog').locator('.keys dd').last()
  await last.scrollIntoViewIfNeeded()
  await last.waitFor()
})
