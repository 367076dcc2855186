/** The page on small and large screens, in light and dark, for users who see and users who hear it; and its size. */
import { readdirSync, readFileSync } from 'node:fs'
import { join as joined } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { violations } from '../helpers/axe.ts'
import { at, enterPage, field, log, openPage, say, sees } from '../helpers/browser.ts'
import { startServer } from '../helpers/program.ts'
import { dialNative } from '../helpers/sockets.ts'

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const

test('[G8] on a phone the chat has the screen, and rooms and members come over it', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann', PHONE)
  await dialNative(server.port, 'bob')
  const rooms = page.getByRole('navigation', { name: 'Rooms and people' })
  expect(await rooms.isVisible()).toBe(false)
  await page.getByRole('button', { name: 'Rooms', exact: true }).tap()
  await rooms.waitFor()
  await page.getByRole('combobox', { name: 'Go to a room' }).fill('ops')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'ops' }).waitFor()
  await page.getByRole('button', { name: 'Rooms', exact: true }).tap()
  await page.getByRole('link', { name: 'lobby' }).tap()
  await page.getByRole('button', { name: 'Members, 2 here' }).tap()
  await page.getByRole('complementary', { name: 'Members' }).getByText('bob').waitFor()
  await page.keyboard.press('Escape')
  await field(page).fill('a slip of the thumb')
  await page.getByRole('button', { name: 'Send' }).tap()
  await sees(page, 'a slip of the thumb')
  await log(page).getByText('a slip of the thumb').tap()
  await page.getByRole('button', { name: 'Delete' }).tap()
  await page.getByRole('button', { name: 'Delete it?' }).tap()
  await log(page).getByText('(deleted)').waitFor()
  const width = await page.evaluate<number>('document.documentElement.scrollWidth')
  expect(width).toBe(390)
})

test.each([
  ['light', 'rgb(255, 255, 255)'],
  ['dark', 'rgb(15, 19, 24)'],
] as const)('[G8] follows the system: %s', async (colorScheme, ground) => {
  const server = await startServer()
  const page = await enterPage(server, 'ann', { colorScheme })
  expect(await page.evaluate('getComputedStyle(document.documentElement).backgroundColor')).toBe(ground)
})

test('[G8] if the system forces its colours, mentions and failures still differ from the rest', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann', { forcedColors: 'active' })
  const bob = await dialNative(server.port, 'Spider-Man')
  for (const text of ['plain', 'ann: look']) bob.send(`${JSON.stringify({ type: 'say', text })}\n`)
  bob.send(`${JSON.stringify({ type: 'tell', to: 'ann', text: 'psst' })}\n`)
  await sees(page, 'plain')
  await page.locator('.message.mention').waitFor()
  const look = (selector: string, property: string): Promise<string> =>
    page.evaluate(`getComputedStyle(document.querySelector('${selector}'))['${property}']`)
  const ground = await look('html', 'background-color')
  expect(await look('.message:not(.mention)', 'border-left-color')).toBe(ground)
  expect(await look('.message.mention', 'border-left-color')).not.toBe(ground)
  expect(await look('.place[aria-current]', 'outline-style')).toBe('solid')
  await page.locator('.count.loud').waitFor()
  expect(await look('.count.loud', 'background-color')).not.toBe(ground)
})

test('[G8] more contrast for those who ask for it', async () => {
  const server = await startServer()
  const quiet = async (contrast: 'more' | 'no-preference'): Promise<string> => {
    const page = await enterPage(server, contrast, { contrast, colorScheme: 'light' })
    await page.locator('.list-head').waitFor({ state: 'attached' })
    return page.evaluate<string>("getComputedStyle(document.querySelector('.members .small, .list-head')).color")
  }
  expect(await quiet('no-preference')).toBe('rgb(101, 109, 118)')
  expect(await quiet('more')).toBe('rgb(61, 68, 77)')
})

test('[G8] nothing moves for those who want less motion', async () => {
  const server = await startServer()
  const [still, moving] = [
    await enterPage(server, 'ann', { reducedMotion: 'reduce' }),
    await enterPage(server, 'ben', { reducedMotion: 'no-preference' }),
  ]
  const moves = (page: Page): Promise<boolean> =>
    page.evaluate(`[...document.querySelectorAll('*')].some(element => {
      const { transitionDuration, animationName } = getComputedStyle(element)
      return transitionDuration !== '0s' || animationName !== 'none'
    })`)
  expect(await moves(still)).toBe(false)
  expect(await moves(moving)).toBe(true)
})

describe('[G9] axe finds nothing amiss, in light and dark,', () => {
  test('in the form and in all that a chat can show', async () => {
    const server = await startServer()
    const page = await openPage()
    await page.goto(at(server))
    await page.getByRole('button', { name: 'Join' }).click()
    await page.getByRole('alert').waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByText('Nobody is here yet.').waitFor()

    const chat = await enterPage(server, 'ann')
    const bob = await dialNative(server.port, 'bob')
    for (const text of ['ann: `code` and https://x.example', 'plain']) {
      bob.send(`${JSON.stringify({ type: 'say', text })}\n`)
    }
    bob.send(`${JSON.stringify({ type: 'tell', to: 'ann', text: 'psst' })}\n`)
    await sees(chat, 'plain')
    await say(chat, '/nonsense')
    await say(chat, '/msg ghost boo')
    await chat.locator('.failed').waitFor()
    await chat.getByRole('link', { name: 'lobby' }).click()
    await say(chat, 'mine')
    await sees(chat, 'mine')
    expect(await violations(chat)).toEqual([])

    await chat.keyboard.press('Control+k')
    await chat.getByRole('searchbox').fill('plain')
    await chat.keyboard.press('Enter')
    await chat.getByRole('region', { name: 'Found' }).getByText('plain', { exact: true }).waitFor()
    expect(await violations(chat)).toEqual([])
    await chat.keyboard.press('Escape')

    await chat.getByRole('textbox', { name: 'Message #lobby' }).fill('/')
    await chat.getByRole('listbox').waitFor()
    await chat.keyboard.press('ArrowDown')
    expect(await violations(chat)).toEqual([])
    await chat.getByRole('textbox', { name: 'Message #lobby' }).fill('')
    await chat.getByRole('button', { name: 'Help' }).click()
    await chat.getByRole('dialog').waitFor()
    expect(await violations(chat)).toEqual([])
    await chat.keyboard.press('Escape')

    await chat.getByRole('button', { name: 'All rooms' }).click()
    await chat.getByRole('dialog').getByText('2 people, you too').waitFor()
    expect(await violations(chat)).toEqual([])
    await chat.keyboard.press('Escape')
    await chat.getByRole('combobox', { name: 'Go to a room' }).fill('bad/name')
    await chat.keyboard.press('Enter')
    await chat.getByRole('alert').getByText('The room name').waitFor()
    expect(await violations(chat)).toEqual([])

    server.type('KICK ann')
    await chat.getByRole('button', { name: 'Join again' }).waitFor()
    expect(await violations(chat)).toEqual([])
  })

  test('on a phone, with the rooms open', async () => {
    const server = await startServer()
    const page = await enterPage(server, 'ann', PHONE)
    await log(page).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Rooms', exact: true }).tap()
    expect(await violations(page)).toEqual([])
  })
})

test('[G10] all that a visit loads is at most 120 KB, compressed; each part that it loads only when it needs it, 20 KB', () => {
  const folder = joined(import.meta.dirname, '../../dist/web')
  const bytesOf = (files: readonly string[]): number =>
    files.reduce((sum, name) => sum + readFileSync(joined(folder, name)).length, 0)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.gz'))
  const document = readFileSync(joined(folder, 'index.html'), 'utf8')
  const isAtOnce = (name: string): boolean => name === 'index.html.gz' || document.includes(`"/${name.slice(0, -3)}"`)
  const [atOnce, later] = [files.filter(isAtOnce), files.filter(name => !isAtOnce(name))]
  expect(atOnce.length).toBeGreaterThan(3)
  expect(bytesOf(atOnce)).toBeLessThanOrEqual(120 * 1024)
  for (const part of later) expect(bytesOf([part]), part).toBeLessThanOrEqual(20 * 1024)
})
