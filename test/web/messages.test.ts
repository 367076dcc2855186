/** Messages that live: answered, edited, reacted to, pinned, linked to; by pointer, by keys, and on a phone. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { violations } from '../helpers/axe.ts'
import { enterPage, field, log, say, sees, until } from '../helpers/browser.ts'
import { startServer } from '../helpers/program.ts'
import { dialNative } from '../helpers/sockets.ts'

const SIZES = {
  phone: { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true },
  desk: { viewport: { width: 1200, height: 760 } },
} as const

const send = (one: { send: (text: string) => void }, ask: object): void => one.send(`${JSON.stringify(ask)}\n`)

/** By the button: on a phone, Enter begins a line. */
async function write(page: Page, text: string): Promise<void> {
  await field(page).fill(text)
  await page.getByRole('button', { name: 'Send' }).click()
}

describe.each(['phone', 'desk'] as const)('[G25] on a %s', size => {
  test('a message is answered, and the answer shows the author and the text, and leads there', async () => {
    const server = await startServer('--rate', 'off')
    const page = await enterPage(server, 'ann', { ...SIZES[size], reducedMotion: 'reduce' })
    const other = await dialNative(server.port, 'Spider-Man')
    send(other, { type: 'say', text: 'who brings the cake? 🦊' })
    await sees(page, 'who brings the cake? 🦊')
    const row = page.locator('.message').filter({ hasText: 'who brings' })
    await row.focus()
    await page.keyboard.press('r')
    await page.locator('.mode').filter({ hasText: 'Spider-Man' }).filter({ hasText: 'who brings the cake' }).waitFor()
    expect(await violations(page)).toEqual([])
    await field(page).press('Escape')
    expect(await page.locator('.mode').count()).toBe(0)
    await row.focus()
    await page.keyboard.press('r')
    await write(page, 'I do')
    const quote = page.locator('.message').filter({ hasText: 'I do' }).locator('.quote')
    await quote.filter({ hasText: 'who brings the cake' }).waitFor()
    await quote.click()
    await page.locator('.message.target').filter({ hasText: 'who brings' }).waitFor()
    expect(await page.locator('.mode').count()).toBe(0)
    expect(await violations(page)).toEqual([])
  })

  test('the arrow up edits the last own message, and everybody sees that it was edited', async () => {
    const server = await startServer('--rate', 'off')
    const page = await enterPage(server, 'ann', { ...SIZES[size], reducedMotion: 'reduce' })
    const watch = await enterPage(server, '田中', SIZES[size])
    await write(page, 'see you at nine')
    await sees(watch, 'see you at nine')
    await sees(page, 'see you at nine')
    await field(page).press('ArrowUp')
    expect(await field(page).inputValue()).toBe('see you at nine')
    await page.getByText('Editing your message').waitFor()
    await field(page).fill('see you at ten')
    await page.getByRole('button', { name: 'Send' }).click()
    for (const one of [page, watch]) {
      await one.locator('.message').filter({ hasText: 'see you at ten' }).getByText('(edited)').waitFor()
      expect(await log(one).getByText('nine').count()).toBe(0)
    }
    expect(await field(page).inputValue()).toBe('')
  })
})

test('[G25] pins are counted in the header, and listed with their messages', async () => {
  const server = await startServer('--rate', 'off')
  const page = await enterPage(server, 'ann')
  await say(page, 'read this first')
  const row = page.locator('.message').filter({ hasText: 'read this first' })
  await row.hover()
  await row.locator('.more').click()
  await page.getByRole('menuitem', { name: 'Pin', exact: true }).click()
  await page.getByRole('button', { name: /^ann pinned message/ }).click()
  await page.locator('.message.target').filter({ hasText: 'read this first' }).waitFor()
  await page.getByRole('button', { name: 'Pinned messages, 1' }).click()
  const list = page.getByRole('dialog', { name: 'Pinned messages' })
  await list.getByText('read this first').waitFor()
  expect(await violations(page)).toEqual([])
  await list.getByRole('button', { name: 'Unpin' }).click()
  await list.getByText('Nothing is pinned here').waitFor()
})

test('[Y16] [G25] typing is shown, and nothing moves for it', async () => {
  const server = await startServer('--rate', 'off')
  const page = await enterPage(server, 'ann')
  const other = await dialNative(server.port, 'مريم')
  await say(page, 'hi')
  const before = await field(page).boundingBox()
  send(other, { type: 'typing', room: 'lobby' })
  await page.locator('.typing').filter({ hasText: 'مريم is typing' }).waitFor()
  expect(await field(page).boundingBox()).toEqual(before)
  send(other, { type: 'say', text: 'here I am' })
  await sees(page, 'here I am')
  await until(
    page,
    () => page.locator('.typing').textContent(),
    text => text === '',
  )
})
