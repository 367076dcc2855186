/** Keepers of a room, and the targets of their acts, in the page. */
import type { Browser, Page } from 'playwright-core'
import { createAccount } from './accounts-in-browser.ts'
import { at, enterPage, field, openPage } from './browser.ts'
import type { RunningServer } from './program.ts'

type Options = Parameters<Browser['newContext']>[0]

export const ROOM = 'harbour'

/** An account that has founded the room, and is in it alone. */
export async function founderAt(server: RunningServer, name: string, options: Options = {}): Promise<Page> {
  const page = await openPage(options)
  await page.goto(at(server))
  await createAccount(page, name)
  await field(page).fill(`/join ${ROOM}`)
  // On a phone, Enter begins a line.
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('heading', { name: ROOM }).waitFor()
  await page.locator('.role-mark').first().waitFor({ state: 'attached' })
  return page
}

/** A guest in the room. */
export const guestIn = (server: RunningServer, name: string, options: Options = {}): Promise<Page> =>
  enterPage(server, name, { ...options, hash: `#${ROOM}` })

export const memberIn = (page: Page, name: string) =>
  page.getByRole('complementary', { name: 'Members' }).getByRole('button', { name })

/** Opens the menu of a member. */
export async function openMenu(page: Page, name: string): Promise<void> {
  await memberIn(page, name).click()
  await page.getByRole('menu', { name: `About ${name}` }).waitFor()
}

/** Chooses from the menu of a member. */
export async function choose(page: Page, name: string, ...labels: readonly string[]): Promise<void> {
  await openMenu(page, name)
  for (const label of labels) await page.getByRole('menuitem', { name: label, exact: true }).click()
}

export const itemsOf = (page: Page): Promise<readonly string[]> => page.getByRole('menuitem').allTextContents()

export async function openSettings(page: Page): Promise<void> {
  await page.getByRole('heading', { name: ROOM }).getByRole('button').click()
  await page.getByRole('dialog', { name: `#${ROOM}` }).waitFor()
}

export async function openLists(page: Page, tab: string): Promise<void> {
  await page.getByRole('button', { name: 'Keep order' }).click()
  await page.getByRole('tab', { name: tab }).click()
  await page.getByRole('tabpanel', { name: tab }).waitFor()
}
