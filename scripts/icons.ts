/** Draws the icons of the installed page from its favicon: `node scripts/icons.ts`. Their PNGs are in the repository. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { launchChromium } from '../test/helpers/chromium.ts'

const PUBLIC = join(import.meta.dirname, '../src/web/public')
const favicon = readFileSync(join(PUBLIC, 'favicon.svg'), 'utf8')
/** A system cuts its own shape out of this one: the ground fills all of it, and the drawing stays in the middle. */
const maskable = favicon.replace(/viewBox="[^"]*"/, 'viewBox="-5 -5 42 42"').replace(/<rect [^>]*\/>/, rect =>
  rect
    .replace(/ rx="[^"]*"/, ' x="-5" y="-5"')
    .replace(/width="\d+"/, 'width="42"')
    .replace(/height="\d+"/, 'height="42"'),
)

const browser = await launchChromium()
for (const [name, size, drawing] of [
  ['icon-192', 192, favicon],
  ['icon-512', 512, favicon],
  ['icon-maskable', 512, maskable],
] as const) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  const source = `data:image/svg+xml;base64,${Buffer.from(drawing).toString('base64')}`
  await page.setContent(`<style>body { margin: 0 } img { display: block; width: 100vw }</style><img src="${source}">`)
  writeFileSync(join(PUBLIC, `${name}.png`), await page.screenshot({ omitBackground: true }))
}
await browser.close()
