/** Texts in the page: links, rooms and people in them, code, long pastes, scripts that run the other way; and completion. */
import { expect, test } from 'vitest'
import { FOLDED_LINES } from '../../src/model/limits.ts'
import { enterPage, field, log, say, sees } from '../helpers/browser.ts'
import { cast } from '../helpers/cast.ts'
import { startServer } from '../helpers/program.ts'
import { dialNative } from '../helpers/sockets.ts'

test('[N8] [G11] [G5] all of the cast are in the page, called, and talked to', async () => {
  const server = await startServer('--rate', 'off', '--per-address', 'off')
  const page = await enterPage(server, 'Spider-Man')
  const others = await Promise.all(cast.slice(1).map(name => dialNative(server.port, name)))
  for (const [k, other] of others.entries())
    other.send(`${JSON.stringify({ type: 'say', text: `@${cast[0]} asks @${cast[k + 2] ?? cast[1]}` })}\n`)
  await log(page)
    .locator('.message.mention mark')
    .nth(others.length - 1)
    .waitFor()
  for (const name of cast.slice(1)) {
    const called = log(page).getByRole('button', { name: `@${name}`, exact: true })
    expect(await called.count()).toBe(1)
  }
  await log(page).getByRole('button', { name: '@a|b', exact: true }).click()
  await page.getByRole('heading', { name: 'a|b' }).waitFor()
  await say(page, 'alone')
  await others[cast.indexOf('a|b') - 1]?.heard.has('"text":"alone"')
})

test('[G11] a room in a text leads there, and a link out of the page', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann')
  await say(page, '見てhttps://x.example/、 then #tea')
  expect(await log(page).getByRole('link', { name: 'https://x.example/' }).getAttribute('href')).toBe(
    'https://x.example/',
  )
  await log(page).getByRole('button', { name: '#tea' }).click()
  await page.getByRole('heading', { name: 'tea' }).waitFor()
})

test('[G11] code stands apart, scrolls by itself and is copied; a long text is folded', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const code = `const wide = '${'x'.repeat(400)}'`
  await field(page).fill(`look:\n\`\`\`ts\n${code}\n\`\`\`\n\`\`\`\nb\n\`\`\``)
  await field(page).press('Enter')
  await log(page).locator('pre').nth(1).waitFor()
  const scrolls = "(pre => pre.scrollWidth > pre.clientWidth)(document.querySelector('pre'))"
  expect(await page.evaluate(scrolls)).toBe(true)
  await log(page).locator('.code-block').first().hover()
  await log(page).getByRole('button', { name: 'Copy the code' }).first().click()
  await log(page).getByText('Copied').waitFor()
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(code)

  const lines = Array.from({ length: FOLDED_LINES * 2 }, (_, k) => `line ${k}`)
  await field(page).fill(lines.join('\n'))
  await field(page).press('Enter')
  const unfold = log(page).getByRole('button', { name: `Show all ${lines.length} lines` })
  await unfold.waitFor()
  const height = async (): Promise<number> => (await log(page).locator('.long').boundingBox())?.height ?? 0
  const folded = await height()
  await unfold.click()
  await log(page).getByRole('button', { name: 'Show less' }).waitFor()
  expect(await height()).toBeGreaterThan(folded * 2)
})

test('[G8] Arabic stands beside its sender’s name', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann')
  const bob = await dialNative(server.port, 'bob')
  bob.send(`${JSON.stringify({ type: 'say', text: 'مرحبا' })}\n`)
  await sees(page, 'مرحبا')
  const text = await log(page).locator('.message .text').boundingBox()
  const who = await log(page).locator('.message .who-name').boundingBox()
  expect(Math.abs((text?.x ?? 0) - (who?.x ?? 0))).toBeLessThan(10)
  expect(text?.width).toBeLessThan(100)
})

test('[U4] Enter with the choices in sight completes and says nothing', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann')
  await dialNative(server.port, 'victor')
  await log(page).getByText('victor entered').waitFor()
  await page.keyboard.type('@vi')
  await page.getByRole('option', { name: '@victor' }).waitFor()
  await page.keyboard.press('Enter')
  expect(await field(page).inputValue()).toBe('@victor ')
  await page.keyboard.type('hi')
  await page.keyboard.press('Enter')
  await log(page).getByText('@victor hi').waitFor()
  expect(await log(page).locator('.message').count()).toBe(1)
})
