/** The page under a finger: Back, lines, targets; and input methods, and fonts of one's own size. */
import { expect, test } from 'vitest'
import { at, enterPage, field, log, openPage, say, sees } from '../helpers/browser.ts'
import { startServer } from '../helpers/program.ts'
import { dialNative } from '../helpers/sockets.ts'

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const

test('[G8] Back closes what is open, and leads out of a place only after that', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann', { ...PHONE })
  const rooms = page.getByRole('navigation', { name: 'Rooms and people' })
  const open = (): Promise<void> => page.getByRole('button', { name: 'Rooms', exact: true }).tap()
  await open()
  await page.getByRole('combobox', { name: 'Go to a room' }).fill('ops')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'ops' }).first().waitFor()
  for (const [button, what] of [
    ['Rooms', rooms],
    ['Search', page.getByRole('searchbox')],
    ['Members, 1 here', page.getByRole('complementary', { name: 'Members' })],
  ] as const) {
    await page.getByRole('button', { name: button, exact: true }).tap()
    await what.waitFor()
    await page.goBack()
    await what.waitFor({ state: 'hidden' })
    await page.getByRole('heading', { name: 'ops' }).first().waitFor()
  }
  // A sheet closed by its own button leaves no entry behind, and a place that one goes to from there takes its own.
  await open()
  await page.getByRole('button', { name: 'Close the list of rooms' }).tap()
  await rooms.waitFor({ state: 'hidden' })
  await page.goBack()
  await page.getByRole('heading', { name: 'lobby' }).first().waitFor()
})

test('[G8] Enter begins a line where fingers type; the button sends', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann', { ...PHONE })
  await field(page).tap()
  await page.keyboard.type('one')
  await page.keyboard.press('Enter')
  await page.keyboard.type('two')
  await page.getByRole('button', { name: 'Send' }).tap()
  await sees(page, 'one\ntwo')
})

test('[G8] a touch target is 44 pixels high and wide', async () => {
  const server = await startServer()
  const bob = await dialNative(server.port, 'bob')
  const small = `[...document.querySelectorAll('button, input, textarea, a[href]')]
    .filter(one => !one.closest('.text') && !one.matches('.who-name, .face-button, a.time') && one.checkVisibility({ opacityProperty: true }))
    .map(one => [one.getAttribute('aria-label') ?? one.textContent, one.getBoundingClientRect()])
    .filter(([, { width, height }]) => width < 43.9 || height < 43.9)
    .map(([name, { width, height }]) => name + ' ' + width + '×' + height)`
  const form = await openPage({ ...PHONE })
  await form.goto(at(server))
  expect(await form.evaluate(small)).toEqual([])
  const page = await enterPage(server, 'ann', { ...PHONE })
  bob.send('{"type":"say","text":"hello"}\n')
  await sees(page, 'hello')
  await field(page).fill('/nonsense')
  await page.getByRole('button', { name: 'Send' }).tap()
  await page.getByRole('alert').waitFor()
  expect(await page.evaluate(small)).toEqual([])
  await page.getByRole('button', { name: 'Rooms', exact: true }).tap()
  await page.getByRole('combobox', { name: 'Go to a room' }).tap()
  await page.getByRole('option').first().waitFor({ state: 'detached' })
  expect(await page.evaluate(small)).toEqual([])
  await page.getByRole('button', { name: 'All rooms' }).tap()
  await page.getByRole('dialog').getByText('2 people').waitFor()
  expect(await page.evaluate(small)).toEqual([])
})

test('[G9] an Enter that an input method has taken sends nothing, also where the composition is over before it', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann')
  await field(page).fill('日本')
  const enter = (keyCode: number): Promise<boolean> =>
    page.evaluate(`document.activeElement.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', keyCode: ${keyCode}, bubbles: true, cancelable: true }),
    )`)
  await enter(229)
  expect(await field(page).inputValue()).toBe('日本')
  await enter(13)
  await sees(page, '日本')
})

test('[G8] the size of type that the browser is set to counts', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann')
  await say(page, 'hello')
  await sees(page, 'hello')
  const sizes = (): Promise<readonly number[]> =>
    page.evaluate(`['.text', '.time', '.head h1', 'textarea', '.place', '.side-title h2']
      .map(one => parseFloat(getComputedStyle(document.querySelector(one)).fontSize))`)
  const before = await sizes()
  // As a browser does it: the root's relative size is taken of the initial size.
  const session = await page.context().newCDPSession(page)
  await session.send('Page.enable')
  await session.send('Page.setFontSizes', { fontSizes: { standard: 32 } })
  await page.reload()
  await sees(page, 'hello')
  expect(await sizes()).toEqual(before.map(size => expect.closeTo(2 * size, 1)))
})

test('[G8] on a wide screen what is read and what is written share one column', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann', { viewport: { width: 1600, height: 1000 } })
  await say(page, 'word '.repeat(200).trim())
  await page.locator('.message[data-seq] .text').waitFor()
  const [text, composer, send] = await Promise.all([
    page.locator('.message[data-seq] .text').boundingBox(),
    page.locator('.box').boundingBox(),
    page.getByRole('button', { name: 'Send' }).boundingBox(),
  ])
  expect(composer?.x).toBeCloseTo(text?.x ?? 0, 0)
  expect((composer?.x ?? 0) + (composer?.width ?? 0)).toBeCloseTo((text?.x ?? 0) + (text?.width ?? 0), 0)
  expect(send?.x).toBeGreaterThan((composer?.x ?? 0) + (composer?.width ?? 0) - 60)
  await log(page).waitFor()
})

test('[G8] a time of twelve hours has room in one line on the narrowest phone', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'José', { ...PHONE, viewport: { width: 360, height: 640 }, locale: 'en-US' })
  await field(page).fill('hello')
  await page.getByRole('button', { name: 'Send' }).tap()
  await sees(page, 'hello')
  const [text, lines, room] = await page.evaluate<readonly [number, number, number]>(`(() => {
    const time = document.querySelector('.time')
    time.textContent = '12:54 AM'
    const text = document.createRange()
    text.selectNodeContents(time)
    return [text.getBoundingClientRect().width, text.getClientRects().length, time.getBoundingClientRect().width]
  })()`)
  expect(lines).toBe(1)
  expect(text).toBeLessThanOrEqual(room)
})
