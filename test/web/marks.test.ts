/** Markdown, colours of code and emoji in the page, in both themes and at the size of a phone. */
import { expect, test } from 'vitest'
import { violations } from '../helpers/axe.ts'
import { enterPage, field, log, sees } from '../helpers/browser.ts'
import { startServer } from '../helpers/program.ts'
import { dialNative } from '../helpers/sockets.ts'

const MARKED = `so **bold @ann**, *italic*, ~~struck~~ and snake_case_name
> a quote of 田中
>> and one in it
my answer, see [the docs](https://x.example/a/long/path)
- first
- second, with a longer line that goes on and on until it has to be broken somewhere
  1. inner
  2. مرحبا
\`\`\`ts
const answer = 42 // of course
export function ask(what: string): number { return what === 'all' ? answer : 0 }
\`\`\``

test.each([
  { name: 'desk', width: 1200, height: 800, scheme: 'light' },
  { name: 'phone', width: 360, height: 740, scheme: 'dark' },
] as const)('[G11] [G9] marks are drawn, and axe finds nothing: $name, $scheme', async ({ width, height, scheme }) => {
  const server = await startServer()
  const page = await enterPage(server, 'ann', { viewport: { width, height }, colorScheme: scheme })
  const bob = await dialNative(server.port, 'Spider-Man')
  bob.send(`${JSON.stringify({ type: 'say', text: MARKED })}\n`)
  bob.send(`${JSON.stringify({ type: 'say', text: '🦊🎉' })}\n`)
  await log(page).locator('strong', { hasText: 'bold @ann' }).waitFor()
  expect(await log(page).locator('strong mark').textContent()).toBe('@ann')
  expect(await log(page).locator('em').textContent()).toBe('italic')
  expect(await log(page).locator('s').textContent()).toBe('struck')
  expect(await log(page).locator('blockquote blockquote').textContent()).toBe('and one in it')
  expect(await log(page).locator('blockquote', { hasText: 'my answer' }).count()).toBe(0)
  expect(await log(page).locator('ul ul li').count()).toBe(2)
  const link = log(page).getByRole('link', { name: 'the docs' })
  expect(await link.getAttribute('href')).toBe('https://x.example/a/long/path')
  await sees(page, '(x.example)')
  await log(page).locator('.code-keyword', { hasText: 'const' }).waitFor()
  await log(page).locator('.big-emoji', { hasText: '🦊🎉' }).waitFor()
  expect(await violations(page)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
})

test('[G11] hostile marks stay text: no script, no picture, no element of their own', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann')
  const bob = await dialNative(server.port, 'bob')
  const texts = [
    '[a](javascript:alert(1)) [b](data:text/html,x) <b>no</b> ![p](https://x.example/p.png)',
    '> '.repeat(4000),
    '*_'.repeat(4000),
    '```ts\nopen',
    '**end**',
  ]
  for (const text of texts) bob.send(`${JSON.stringify({ type: 'say', text })}\n`)
  await log(page).locator('strong', { hasText: 'end' }).waitFor()
  expect(await log(page).locator('.text b, .text img, .text script').count()).toBe(0)
  const hrefs = await page.evaluate("[...document.querySelectorAll('.text a')].map(link => link.href)")
  expect(hrefs).toEqual(['https://x.example/p.png'])
})

test('[U4] [G9] emoji: by their names, and from the panel by keys alone', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann')
  await page.keyboard.type('so :tad')
  await page.getByRole('option', { name: ':tada:' }).waitFor()
  await page.keyboard.type('a:')
  expect(await field(page).inputValue()).toBe('so 🎉')
  await page.keyboard.press('Enter')
  await sees(page, 'so 🎉')

  await page.getByRole('button', { name: 'Emoji' }).click()
  const panel = page.getByRole('dialog', { name: 'Emoji' })
  await panel.getByRole('button', { name: 'food & drink' }).waitFor()
  expect(await violations(page)).toEqual([])
  await page.keyboard.type('fox')
  await page.keyboard.press('ArrowDown')
  expect(await page.evaluate('document.activeElement.textContent')).toBe('🦊')
  await page.keyboard.press('Enter')
  expect(await field(page).inputValue()).toBe('🦊')
  await page.getByRole('button', { name: 'Emoji' }).click()
  expect(await panel.locator('.emoji-grid button').first().textContent()).toBe('🦊')
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'detached' })
  expect(await page.evaluate('document.activeElement.tagName')).toBe('TEXTAREA')
})
