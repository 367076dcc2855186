/** Files in the page: chosen, dropped, and pasted. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'

export type Given = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }

const iconAt = (name: string): Buffer => readFileSync(join(import.meta.dirname, '../../src/web/public', name))

/** A picture of 192 by 192 pixels, or of 512 by 512. */
export const picture = (name: string, side: 192 | 512 = 192): Given => ({
  name,
  mimeType: 'image/png',
  buffer: iconAt(`icon-${side}.png`),
})

export const bytes = (name: string, size: number): Given => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.alloc(size, 7),
})

/** By the button, whose chooser the browser opens. */
export async function choose(page: Page, ...files: readonly Given[]): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Attach files' }).click(),
  ])
  await chooser.setFiles([...files])
}

/** Gives the page an event with these files, as a browser does. */
export async function give(page: Page, how: 'drop' | 'paste', ...files: readonly Given[]): Promise<void> {
  await page.getByRole('button', { name: 'Attach files' }).waitFor()
  const given = files.map(({ name, mimeType, buffer }) => ({ name, type: mimeType, base64: buffer.toString('base64') }))
  await page.evaluate(`(() => {
    const transfer = new DataTransfer()
    for (const { name, type, base64 } of ${JSON.stringify(given)}) {
      const bytes = Uint8Array.from(atob(base64), one => one.charCodeAt(0))
      transfer.items.add(new File([bytes], name, { type }))
    }
    const init = { bubbles: true, cancelable: true }
    const field = document.querySelector('.composer textarea')
    if (${how === 'paste'}) return field.dispatchEvent(new ClipboardEvent('paste', { ...init, clipboardData: transfer }))
    for (const type of ['dragover', 'drop']) field.dispatchEvent(new DragEvent(type, { ...init, dataTransfer: transfer }))
  })()`)
}

export const tray = (page: Page): Locator => page.getByRole('list', { name: 'Files to send' })

/** Those of the tray that are on the server. */
export const sentOf = (page: Page): Locator => tray(page).locator('.upload:not(.wrong):not(:has(progress))')
