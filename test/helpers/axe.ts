/** The faults that axe finds in a page, as short texts. */
import AxeBuilder from 'axe-core'
import type { Page } from 'playwright-core'

/** The rules that look at colours. All others find the same in light and dark. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block']

/** In light, and the faults of colours in dark. Without reduced motion, a colour may still be on its way. */
export async function violations(page: Page): Promise<readonly unknown[]> {
  await page.evaluate(AxeBuilder.source)
  const found: unknown[] = []
  for (const [colorScheme, options] of [
    ['light', {}],
    ['dark', { runOnly: OF_COLOURS }],
  ] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const wrong = await page.evaluate<readonly unknown[]>(`axe.run(${JSON.stringify(options)}).then(({ violations }) =>
      violations.map(({ id, nodes }) => [id, ...nodes.map(({ html, failureSummary }) => html + failureSummary)]))`)
    if (wrong.length > 0) found.push(colorScheme, ...wrong)
  }
  await page.emulateMedia({ colorScheme: 'light' })
  return found
}
