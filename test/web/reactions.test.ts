/** Reactions in the page, by pointer and by keys alone. */
import { expect, test } from 'vitest'
import { violations } from '../helpers/axe.ts'
import { enterPage, field, sees, until } from '../helpers/browser.ts'
import { startServer } from '../helpers/program.ts'
import { dialNative } from '../helpers/sockets.ts'

const SIZES = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  desk: { viewport: { width: 1200, height: 760 } },
} as const

test.each(['phone', 'desk'] as const)(
  '[Y12] [G25] on a %s, reactions are counted, say who, and are added and taken back by a press or by keys',
  async size => {
    const server = await startServer('--rate', 'off')
    const page = await enterPage(server, 'ann', { ...SIZES[size], reducedMotion: 'reduce' })
    const other = await dialNative(server.port, 'a|b')
    await field(page).fill('cake is ready')
    await page.getByRole('button', { name: 'Send' }).click()
    await sees(page, 'cake is ready')
    const row = page.locator('.message').filter({ hasText: 'cake is ready' })
    const seq = Number(await row.getAttribute('data-seq'))
    other.send(`${JSON.stringify({ type: 'react', seq, room: 'lobby', emoji: '🎉' })}\n`)
    const chip = row.locator('.reaction').filter({ hasText: '🎉' })
    const counts = (count: string): Promise<void> => chip.filter({ hasText: count }).waitFor()
    await counts('1')
    await chip.click()
    await counts('2')
    expect(await chip.getAttribute('aria-pressed')).toBe('true')
    await row.locator('.reaction-who').filter({ hasText: 'you and a|b' }).waitFor()
    expect(await violations(page)).toEqual([])
    await chip.click()
    await counts('1')
    expect(await chip.getAttribute('aria-pressed')).toBe('false')

    await row.focus()
    await page.keyboard.press('+')
    const search = page.getByRole('searchbox', { name: 'Search emoji' })
    await search.waitFor()
    expect(await violations(page)).toEqual([])
    await search.fill('fox')
    await page.keyboard.press('Enter')
    const fox = row.locator('.reaction.mine').filter({ hasText: '🦊' })
    await fox.waitFor()
    await row.focus()
    const isFox = (): Promise<boolean> =>
      page.evaluate('document.activeElement.textContent.includes("🦊") && document.activeElement.matches(".reaction")')
    for (let k = 0; k < 12 && !(await isFox()); k++) await page.keyboard.press('ArrowRight')
    expect(await isFox()).toBe(true)
    await page.keyboard.press('Enter')
    await fox.waitFor({ state: 'detached' })
    await until(
      page,
      () => page.evaluate<boolean>('document.activeElement.matches(".message")'),
      isThere => isThere,
    )
  },
)
