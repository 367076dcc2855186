/** Acts of people with an account in the page, and a passkey that Chromium itself makes. */
import type { Page } from 'playwright-core'
import { field, join, openPage } from './browser.ts'

export const PASSWORD = 'correct horse battery'

/** Creates an account from the form, and is in the room. */
export async function createAccount(page: Page, name: string, { keeps = false } = {}): Promise<void> {
  await page.getByRole('button', { name: 'Create an account' }).click()
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('New password').fill(PASSWORD)
  if (keeps) await page.getByLabel('Keep me signed in').check()
  await page.getByRole('button', { name: 'Create the account' }).click()
  await field(page).waitFor()
  await page.getByRole('button', { name: 'Your account' }).first().waitFor()
}

/** Signs in from the form, and is in the room. */
export async function signIn(page: Page, name: string, { keeps = false, password = PASSWORD } = {}): Promise<void> {
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Password').fill(password)
  if (keeps) await page.getByLabel('Keep me signed in').check()
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('button', { name: 'Your account' }).first().waitFor()
}

export async function openAccount(page: Page): Promise<void> {
  await page.locator('.account-button').click()
  await page.getByRole('dialog').waitFor()
}

/** A page in another browser, as on another device. */
export async function onAnotherDevice(address: string, name: string, options = {}): Promise<Page> {
  const page = await openPage()
  await page.goto(address)
  await signIn(page, name, options)
  return page
}

/** A guest in a browser of its own. */
export async function guestAt(address: string, name: string): Promise<Page> {
  const page = await openPage()
  await page.goto(address)
  await join(page, name)
  return page
}

/** An authenticator of Chromium that asks nobody: it holds passkeys and says that its user is verified. */
export async function addAuthenticator(page: Page): Promise<{ readonly remove: () => Promise<void> }> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
      ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
  return {
    remove: async () => void (await devtools.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId })),
  }
}

/** All that the page has stored, as text. */
export const storedBy = (page: Page): Promise<string> =>
  page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')
