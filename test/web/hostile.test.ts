/** Names and texts that try to be more than text. */
import { expect, test } from 'vitest'
import { enterPage, log, saidIn, sees } from '../helpers/browser.ts'
import { startServer } from '../helpers/program.ts'
import { dialNative } from '../helpers/sockets.ts'

const TEXTS: readonly string[] = [
  '<script>document.title = "owned"</script>',
  '<img src=x onerror="document.title=\'owned\'">',
  '"><svg/onload=document.title="owned">',
  '&lt;b&gt;&amp;&nbsp;&#60;script&#62;',
  '</style><style>*{display:none}</style>',
  'a{}</textarea><iframe src="/">',
  'javascript:document.title="owned"',
  '[click](javascript:document.title="owned")',
  'data:text/html,<script>document.title="owned"</script>',
  'https://example.org/"onmouseover="document.title=\'owned\'"',
  'https://user:pass@example.org@evil.example/',
  '`<script>document.title="owned"</script>`',
  '```\n<script>document.title="owned"</script>\n```',
  '``` ` `` ``` ` ``',
  '{{constructor.constructor("document.title=\'owned\'")()}}',
  `\${document.title="owned"}`,
  'expression(document.title="owned")',
  '__proto__',
  'Z̸̡̢̛̗̘̙̜̝̞̟̠̣̤̥̦̩̪̫̬̭̮̯̰̱̲̳̹̺̻̼͇͈͉͍͎͐͂a̷̢̧̨̛̛̘̙̜̝l̴̡̛̗̘g̵̡̛̗o̶̧̡̨̢̢̨',
  'مرحبا (abc) مرحبا',
  '\u061c\u200f\u200eMARKS\u200f',
  '🏳️‍🌈👩‍👩‍👧‍👦'.repeat(50),
  'w'.repeat(8192),
  '`'.repeat(4000),
  'https://'.repeat(1000),
  `https://x.example/${')'.repeat(4000)}`,
  '```\n'.repeat(190),
  `${'\n'.repeat(190)}end of the well`,
  '\u{1f}\u{7f}\u{85}\u{202e}evil\u{202c}\u{2066}x\u{2069}',
]

/** Names that look like something else. */
const NAMES = ['__proto__', 'constructor', 'toString', 'שלום', 'a`b`c', '[x]', '{y}', '|z|']

test('[G11] a hostile corpus of names and texts changes nothing but text', async () => {
  const server = await startServer('--rate', 'off')
  const page = await enterPage(server, 'ann')
  const elements = (): Promise<number> =>
    page.evaluate(
      'document.querySelectorAll("script, style, iframe, img, object, embed, form[action], svg :not(.svg *)").length',
    )
  const before = await elements()
  const title = await page.title()
  const people = await Promise.all(NAMES.map(name => dialNative(server.port, name)))
  for (const [k, text] of TEXTS.entries()) {
    people[k % people.length]?.send(`${JSON.stringify({ type: 'say', text })}\n`)
    people[k % people.length]?.send(`${JSON.stringify({ type: 'topic', room: 'lobby', topic: text.slice(0, 120) })}\n`)
    await people[0]?.heard.until(heard => heard.split('"type":"said"').length > k + 1)
  }
  people[0]?.send(`${JSON.stringify({ type: 'say', text: 'that is all' })}\n`)
  await sees(page, 'that is all')

  expect(await page.title()).toBe(title)
  expect(await elements()).toBe(before)
  const width = await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')
  expect(width).toBe(true)
  // Up through all of it: every drawn text is text, and each link leads to the address in its text.
  const seen = new Set<string>()
  for (let k = 0; k < 80 && !seen.has(TEXTS[0] ?? ''); k++) {
    for (const text of await saidIn(page)) seen.add(text)
    const links = await page.evaluate<readonly (readonly string[])[]>(
      '[...document.querySelectorAll(".text a")].map(a => [a.protocol, a.rel, a.target])',
    )
    for (const link of links)
      expect(link).toEqual([
        expect.stringMatching(/^https?:$/),
        expect.stringContaining('noopener noreferrer'),
        '_blank',
      ])
    await log(page).focus()
    await page.keyboard.press('PageUp')
    await page.evaluate('new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))')
  }
  const plain = TEXTS.filter(text => !/[`\p{Cc}\p{Bidi_Control}]/u.test(text))
  // A long one is folded.
  const begins = (text: string): boolean => [...seen].some(one => one.startsWith(text.slice(0, 300)))
  expect(plain.filter(text => !seen.has(text) && !(text.length > 300 && begins(text)))).toEqual([])
  expect(await elements()).toBe(before)
  expect(await page.title()).toBe(title)
  // No row is drawn over another.
  const overlaps = await page.evaluate<number>(`(() => {
    const boxes = [...document.querySelectorAll('.row')].map(row => row.getBoundingClientRect())
    return boxes.filter((box, k) => k > 0 && box.top < boxes[k - 1].bottom - 1).length
  })()`)
  expect(overlaps).toBe(0)
  for (const name of NAMES) await page.getByRole('complementary').getByRole('button', { name, exact: true }).waitFor()
})
