/** What axe finds wrong with a page, as short texts. */
import AxeBuilder from 'axe-core'
import type { Page } from 'playwright-core'

export async function violations(page: Page): Promise<unknown> {
  await page.evaluate(AxeBuilder.source)
  return page.evaluate(`axe.run().then(({ violations }) =>
    violations.map(({ id, nodes }) => [id, ...nodes.map(({ html, failureSummary }) => html + failureSummary)]))`)
}
