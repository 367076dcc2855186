/** Pictures of the page, at a real server with people in it: `npm run screenshots` puts them into docs/screenshots. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { launchChromium } from '../helpers/chromium.ts'
import { enter, type Person, people } from './people.ts'

const ROOT = join(import.meta.dirname, '../..')

/** It is always noon, so that pictures change only with their content. */
const NOON = ['--import', 'data:text/javascript,Date.now=()=>1795694400000+Math.round(performance.now())']

async function startServer() {
  const child = spawn(
    process.execPath,
    [...NOON, join(ROOT, 'bin/rxchat-server.js'), '--ephemeral', '--host', '127.0.0.1', '--port', '0', '--rate', 'off'],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`The server ended with ${code}.`)))
  const [first] = (await Promise.race([once(child.stdout, 'data'), ended])) as [Buffer]
  ended.catch(() => {})
  const port = Number(/:(\d+)/.exec(String(first))?.[1])
  return { port, child }
}

async function joinAs(page: Page, origin: string, name: string): Promise<void> {
  await page.goto(origin)
  await page.getByLabel('Your name').fill(name)
  await page.getByRole('button', { name: 'Join' }).click()
  await page.getByRole('log').getByText('Ran it.').waitFor()
}

async function talk(page: Page, [ada, grace, zoe]: readonly Person[]): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Message #' })
  await field.fill('Thanks, everyone. I will flip the switch at noon.')
  await field.press('Enter')
  await field.fill('/join ops')
  await field.press('Enter')
  await page.getByRole('heading', { name: 'ops' }).waitFor()
  await page.getByRole('link', { name: 'lobby' }).click()
  await ada?.send({ type: 'join', room: 'ops' })
  await ada?.send({ type: 'say', room: 'ops', text: 'sam: the switch is yours' })
  await zoe?.send({ type: 'tell', to: 'sam', text: 'coffee after?' })
  await zoe?.send({ type: 'away', note: 'lunch' })
  await grace?.send({ type: 'say', text: 'sam: noon is good. I will watch the graphs.' })
  await page.getByRole('log').getByText('watch the graphs').waitFor()
}

const SIZES = { phone: [390, 844], middle: [1024, 768], wide: [1600, 1000] } as const
/** Those that README.md and docs/web.md show. */
const SHOWN = { light: ['phone', 'middle', 'wide'], dark: ['phone'] } as const

/** `folder`: where they go. */
export async function pagePictures(folder: string): Promise<void> {
  const browser = await launchChromium()
  try {
    for (const scheme of ['light', 'dark'] as const) await take(browser, scheme, folder)
  } finally {
    await browser.close()
  }
}

async function take(browser: Browser, scheme: 'light' | 'dark', folder: string): Promise<void> {
  const { port, child } = await startServer()
  try {
    const context = await browser.newContext({
      colorScheme: scheme,
      reducedMotion: 'reduce',
      locale: 'en-GB',
      timezoneId: 'UTC',
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    })
    const page = await context.newPage()
    const all = await people(port, page)
    // At localhost there are passkeys.
    await joinAs(page, `http://localhost:${port}/`, 'sam')
    await talk(page, all)
    for (const size of SHOWN[scheme]) {
      const [width, height] = SIZES[size]
      await page.setViewportSize({ width, height })
      await page.mouse.move(width - 1, 1)
      await page.screenshot({ path: join(folder, `page-${size}-${scheme}.png`), animations: 'disabled' })
    }
    await pictureOverlays(page, folder, scheme)
    if (scheme === 'light') {
      await pictureAccount(page, folder)
      await pictureKeeping(page, folder, port)
    }
    await context.close()
  } finally {
    child.kill()
  }
}

/** The overlays of the chat: a card in light, the settings in dark. */
async function pictureOverlays(page: Page, folder: string, scheme: 'light' | 'dark'): Promise<void> {
  const [width, height] = SIZES.middle
  await page.setViewportSize({ width, height })
  if (scheme === 'light') await page.locator('.who-name').filter({ hasText: 'Grace' }).last().click()
  else await page.getByRole('button', { name: 'Settings', exact: true }).click()
  await page.getByRole(scheme === 'light' ? 'menu' : 'dialog').waitFor()
  const path = join(folder, scheme === 'light' ? 'page-card-light.png' : 'page-settings-dark.png')
  await page.screenshot({ path, animations: 'disabled' })
  await page.keyboard.press('Escape')
}

/** The panel of one's own name. */
async function pictureAccount(page: Page, folder: string): Promise<void> {
  const [width, height] = SIZES.middle
  await page.setViewportSize({ width, height })
  const field = page.getByRole('textbox', { name: 'Message #' })
  await field.fill('/register correct horse battery')
  await field.press('Enter')
  await page.getByRole('button', { name: 'Your account' }).first().click()
  await page.getByRole('button', { name: 'Keep me signed in here' }).click()
  await page.getByRole('status').getByText('You stay signed in').waitFor()
  await page.mouse.move(width - 1, 1)
  await page.screenshot({ path: join(folder, 'page-account-light.png'), animations: 'disabled' })
}

/** A room of one's own, and the panel of keepers. */
async function pictureKeeping(page: Page, folder: string, port: number): Promise<void> {
  const [width] = SIZES.middle
  await page.keyboard.press('Escape')
  const field = page.getByRole('textbox', { name: 'Message #' })
  await field.fill('/join harbour')
  await field.press('Enter')
  await page.getByRole('heading', { name: 'harbour' }).waitFor()
  const eve = await enter(port, 'eve', 'harbour')
  await eve.send({ type: 'say', room: 'harbour', text: 'free coins for everybody, only today' })
  await page.getByRole('log').getByText('only today').waitFor()
  await field.fill('/slow 10s')
  await field.press('Enter')
  await page.locator('.modes-on').waitFor()
  await field.fill('/mute eve for 1h advertising')
  await field.press('Enter')
  await page.getByRole('log').getByText('muted eve').waitFor()
  await page.getByRole('button', { name: 'Keep order' }).click()
  await page.getByRole('tab', { name: 'Filters' }).click()
  await page.getByLabel('Words or expression').fill('free coins')
  await page.getByRole('button', { name: 'Try on the past' }).click()
  await page.getByRole('tabpanel').getByText('it would have held 1 of').waitFor()
  await page.mouse.move(width - 1, 1)
  await page.screenshot({ path: join(folder, 'page-keeping-light.png'), animations: 'disabled' })
}

if (import.meta.main) await pagePictures(join(ROOT, 'docs/screenshots'))
