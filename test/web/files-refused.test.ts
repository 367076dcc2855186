/**
 * Files that the server refuses, or that a cut keeps from it: the error stands at the choice, and nothing else is lost.
 */
import { expect, test } from 'vitest'
import { violations } from '../helpers/axe.ts'
import { enterPage, field, openPage, sees } from '../helpers/browser.ts'
import { bytes, choose, give, picture, sentOf, tray } from '../helpers/files-in-browser.ts'
import { startServer } from '../helpers/program.ts'

test('[G25] a file that is too large is refused with the reason, and the others go', async () => {
  const server = await startServer('--rate', 'off', '--files', '100KB')
  const page = await enterPage(server, 'a|b')
  await choose(page, picture('fine.png'), bytes('huge.bin', 150_000))
  await sentOf(page).getByText('fine.png').waitFor()
  await tray(page).getByRole('alert').getByText('The file is larger than 100 KB').waitFor()
  expect(await violations(page)).toEqual([])
  await field(page).fill('the fine one')
  expect(await page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'Remove huge.bin' }).click()
  await page.getByRole('button', { name: 'Send' }).click()
  await sees(page, 'the fine one')
  await page.locator('.message').getByRole('button', { name: 'fine.png' }).waitFor()
})

test('[G25] if the store of files is full, the page says so, and a file goes when there is room', async () => {
  const server = await startServer('--rate', 'off', '--files', '100KB', '--files-quota', '150KB')
  const page = await enterPage(server, 'Ünal')
  await give(page, 'drop', bytes('first.bin', 90_000))
  await sentOf(page).getByText('first.bin').waitFor()
  await field(page).fill('first')
  await field(page).press('Enter')
  await sees(page, 'first')
  await give(page, 'drop', bytes('second.bin', 90_000))
  await tray(page).getByRole('alert').getByText('Files take up').waitFor()
  await page.locator('.message').filter({ hasText: 'first' }).focus()
  await page.keyboard.press('Delete')
  await page.keyboard.press('Enter')
  await page.locator('.deleted').waitFor()
  await page.getByRole('button', { name: 'Try again' }).click()
  await sentOf(page).getByText('second.bin').waitFor()
})

test('[G25] a server that takes no files says so', async () => {
  const server = await startServer('--files', 'off')
  const page = await enterPage(server, 'ann')
  await choose(page, picture('one.png'))
  await tray(page).getByRole('alert').getByText('This server takes no files.').waitFor()
})

test('[G25] progress is shown, a file can be cancelled, and one that a cut has stopped is tried again', async () => {
  const server = await startServer('--rate', 'off')
  const page = await enterPage(server, 'Mr.Blue')
  const held = Promise.withResolvers<void>()
  let cuts = 1
  await page.route('**/files?name=*', async route => {
    if (route.request().url().includes('cut') && cuts-- > 0) return route.abort('connectionreset')
    if (route.request().url().includes('slow')) await held.promise
    await route.continue().catch(() => {})
  })
  await choose(page, bytes('slow.bin', 5000), bytes('cut.bin', 5000))
  await tray(page).getByRole('progressbar', { name: 'Sending slow.bin' }).waitFor()
  await tray(page).getByRole('alert').getByText('The connection was lost').waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Try again' }).click()
  await sentOf(page).getByText('cut.bin').waitFor()
  await page.getByRole('button', { name: 'Cancel slow.bin' }).click()
  held.resolve()
  await field(page).press('Enter')
  await page.locator('.message').getByRole('link', { name: 'cut.bin' }).waitFor()
  expect(await page.getByRole('link', { name: 'slow.bin' }).count()).toBe(0)
})

test('[G25] a file that is dropped where nothing takes it does not replace the page', async () => {
  const server = await startServer()
  const page = await openPage()
  await page.goto(`http://127.0.0.1:${server.port}/`)
  await page.getByRole('textbox').first().waitFor()
  const isLeftToBrowser = (item: string): Promise<boolean> =>
    page.evaluate(`(() => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(${item})
      return document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }))
    })()`)
  expect(await isLeftToBrowser("new File(['x'], 'notes.txt')")).toBe(false)
  expect(await isLeftToBrowser("'some text', 'text/plain'")).toBe(true)
})
