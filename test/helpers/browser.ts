/**
 * A real Chromium with people at the page. A page must log no error to its console, refusals of its policy included.
 */
import { existsSync } from 'node:fs'
import type { Browser, BrowserContextOptions, ConsoleMessage, Locator, Page } from 'playwright-core'
import { afterAll, expect, onTestFinished } from 'vitest'
import { launchChromium } from './chromium.ts'
import { eventually, PATIENCE_MS } from './patience.ts'
import type { RunningServer } from './program.ts'

let launched: Promise<Browser> | undefined

afterAll(async () => {
  await (await launched)?.close()
})

/** Shared by all tests of a file. */
function browser(): Promise<Browser> {
  if (!existsSync(new URL('../../dist/web/index.html', import.meta.url))) throw new Error('no page: npm run build')
  launched ??= launchChromium()
  return launched
}

/** A server that is away is no fault of the page. */
const OFFLINE = /net::ERR_|WebSocket connection to|status of 502/

/** A refused upload: the page shows why, and the browser logs that there was an error. */
const isRefusal = (message: ConsoleMessage): boolean =>
  message.text().startsWith('Failed to load resource') && message.location().url.includes('/files?name=')

/** A page in a context of its own, as for another person; closed when the test is over. */
export async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await (await browser()).newContext({ viewport: { width: 1200, height: 800 }, ...options })
  onTestFinished(() => context.close())
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  mustStayQuiet(page)
  return page
}

export function mustStayQuiet(page: Page): void {
  const troubles: string[] = []
  page.on('pageerror', error => troubles.push(String(error)))
  page.on('console', message => {
    if (!['error', 'warning'].includes(message.type()) || isRefusal(message)) return
    if (!OFFLINE.test(message.text())) troubles.push(message.text())
  })
  onTestFinished(() => expect(troubles).toEqual([]))
}

export const at = ({ address }: Pick<RunningServer, 'address'>, hash = ''): string => `http://${address}/${hash}`

/** A page whose person is in the room. */
export async function enterPage(
  server: Pick<RunningServer, 'address'>,
  name: string,
  { hash = '', ...options }: BrowserContextOptions & { readonly hash?: string } = {},
): Promise<Page> {
  const page = await openPage(options)
  await page.goto(at(server, hash))
  await join(page, name)
  return page
}

export async function join(page: Page, name: string): Promise<void> {
  await page.getByLabel('Your name').fill(name)
  await page.getByRole('button', { name: 'Join' }).click()
  await field(page).waitFor()
}

export const field = (page: Page): Locator => page.getByRole('textbox', { name: /^Message [#@]/ })
export const log = (page: Page): Locator => page.getByRole('log')

export async function say(page: Page, text: string): Promise<void> {
  await field(page).fill(text)
  await field(page).press('Enter')
}

/** Resolves when the message is stored and in sight. */
export const sees = (page: Page, text: string): Promise<void> =>
  page.locator('.message[data-seq]').getByText(text, { exact: true }).waitFor()

/** The stored messages in the list, from the top. */
export const saidIn = (page: Page): Promise<readonly string[]> =>
  page.locator('.message[data-seq] .text').allTextContents()

/** Resolves when the page has this title. */
export const titled = (page: Page, title: string): Promise<unknown> =>
  until(
    page,
    () => page.title(),
    now => now === title,
  )

/** Resolves when `read` gives a `wanted` value; checked again with each frame of the page. */
export const until = <T>(page: Page, read: () => Promise<T>, wanted: (value: T) => boolean): Promise<T> =>
  eventually(`${read} to be ${wanted}`, read, wanted, () =>
    page.evaluate('new Promise(drawn => requestAnimationFrame(drawn))'),
  )
