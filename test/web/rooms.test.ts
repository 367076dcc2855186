/** The rooms to find, the card of the form, and the place that is empty. */
import { expect, test } from 'vitest'
import { violations } from '../helpers/axe.ts'
import { at, enterPage, field, log, openPage, say, sees, until } from '../helpers/browser.ts'
import { startServer } from '../helpers/program.ts'
import { dialNative } from '../helpers/sockets.ts'

const SIZES = {
  phone: { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true },
  desk: { viewport: { width: 1200, height: 760 } },
} as const

test.each(['phone', 'desk'] as const)('[G13] on a %s, rooms are found, joined and opened', async size => {
  const server = await startServer('--rate', 'off')
  for (const [name, room] of [
    ['Spider-Man', 'design'],
    ['مريم', 'مطبخ'],
  ] as const) {
    const one = await dialNative(server.port, name, { room })
    one.send(`${JSON.stringify({ type: 'topic', room, topic: `about ${room}` })}\n`)
    await one.heard.until(heard => heard.includes('"type":"topic"'))
  }
  const page = await enterPage(server, 'ann', SIZES[size])
  const open = async (): Promise<void> => {
    if (size === 'phone') await page.getByRole('button', { name: 'Rooms', exact: true }).tap()
    await page.getByRole('button', { name: 'All rooms' }).click()
    await sheet.getByText('1 person, you too').first().waitFor()
  }
  const sheet = page.getByRole('dialog', { name: 'Rooms' })
  const find = page.getByLabel('Find a room')
  await open()
  expect(await violations(page)).toEqual([])
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(SIZES[size].viewport.width)

  await find.fill('ABOUT مط')
  await until(
    page,
    () => sheet.getByRole('link').count(),
    count => count === 1,
  )
  // Enter goes to the only one.
  await find.press('Enter')
  await page.getByRole('heading', { name: 'مطبخ' }).waitFor()
  await sheet.waitFor({ state: 'hidden' })

  await open()
  await sheet.getByRole('link', { name: 'design' }).click()
  await page.getByRole('heading', { name: 'design' }).waitFor()

  await open()
  await find.fill('bad/name')
  await find.press('Enter')
  await sheet.getByText('The room name').waitFor()
  await find.fill('#harbour')
  await sheet.getByRole('button', { name: 'Open #harbour' }).click()
  await page.getByRole('heading', { name: 'harbour' }).waitFor()
})

test.each(['phone', 'desk'] as const)('[G13] on a %s, the form says where one is and how many are in', async size => {
  const server = await startServer()
  const page = await openPage(SIZES[size])
  await dialNative(server.port, 'Mr.Blue')
  await page.goto(at(server, '#田中'))
  await page.getByRole('heading', { name: server.address }).waitFor()
  await page.getByText('One person is here.').waitFor()
  expect(await page.getByLabel('Room').inputValue()).toBe('田中')
  expect(await violations(page)).toEqual([])
})

test.each(['phone', 'desk'] as const)(
  '[G13] on a %s, an empty room has who is there and a link to copy',
  async size => {
    const server = await startServer()
    const page = await enterPage(server, 'ann', { ...SIZES[size], hash: '#harbour' })
    const about = page.getByRole('region', { name: 'About this place' })
    await about.getByText('You are the only one here.').waitFor()
    await dialNative(server.port, 'Ünal', { room: 'harbour' })
    await about.getByText('Ünal is here with you.').waitFor()
    expect(await about.locator('.face').getAttribute('data-initials')).toBe('Ü')
    await about.getByText(`http://${server.address}/#harbour`).waitFor()
    await about.getByRole('button', { name: 'Copy link' }).click()
    await about.getByText(/^The link is copied\.$/).waitFor({ state: 'attached' })
    expect(await violations(page)).toEqual([])
    await field(page).fill('first')
    await page.getByRole('button', { name: 'Send' }).click()
    await about.waitFor({ state: 'detached' })
  },
)

test('[G13] a conversation that is empty says whether the other is here', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann')
  await dialNative(server.port, 'a|b')
  await say(page, '/msg a|b hello')
  await page.getByRole('heading', { name: 'a|b' }).waitFor()
  await sees(page, 'hello')
  await log(page).getByText('hello').waitFor()
  expect(await page.locator('.head .presence').getAttribute('data-is')).toBe('here')
})
