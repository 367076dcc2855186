/** The picture of an account: chosen, cut to a square, seen by others, and removed. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createAccount, openAccount } from '../helpers/accounts-in-browser.ts'
import { violations } from '../helpers/axe.ts'
import { at, enterPage, field, openPage, sees } from '../helpers/browser.ts'
import { startServer } from '../helpers/program.ts'

const SIZES = {
  phone: { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true },
  desk: { viewport: { width: 1200, height: 760 } },
} as const

const PICTURE = join(import.meta.dirname, '../../src/web/public/icon-192.png')

test.each(['phone', 'desk'] as const)('[G24] on a %s, a picture takes the place of the initials', async size => {
  const server = await startServer()
  const owner = await openPage(SIZES[size])
  await owner.goto(at(server))
  await createAccount(owner, 'Spider-Man')
  await field(owner).fill('hello')
  await owner.getByRole('button', { name: 'Send' }).click()
  const other = await enterPage(server, '田中')
  await sees(other, 'hello')
  const face = other.locator('.message').filter({ hasText: 'hello' }).locator('.face')
  expect(await face.getAttribute('data-initials')).toBe('SM')

  await openAccount(owner)
  const form = owner.getByRole('region', { name: 'Your picture' })
  await form.getByLabel('File of the picture').setInputFiles(PICTURE)
  await form.getByRole('img', { name: 'The new picture' }).waitFor()
  await form.getByRole('slider', { name: 'Zoom' }).focus()
  await owner.keyboard.press('ArrowRight')
  expect(await violations(owner)).toEqual([])
  await form.getByRole('button', { name: 'Use this picture' }).click()
  await form.getByText('The picture is there for all to see.').waitFor()
  await face.locator('img').waitFor()
  const [width, height, source] = await other.evaluate<readonly [number, number, string]>(`(async () => {
    const image = document.querySelector('.message .face img')
    await image.decode()
    return [image.naturalWidth, image.naturalHeight, image.getAttribute('src')]
  })()`)
  expect([width, height]).toEqual([256, 256])
  expect(source).toMatch(/^\/files\/[\w-]{16,}\/picture$/)

  await form.getByRole('button', { name: 'Remove it' }).click()
  await form.getByText('The picture is removed.').waitFor()
  await face.and(other.locator('[data-initials="SM"]')).waitFor()
  const gone = await other.request.get(at(server, '').replace(/\/$/, '') + source)
  expect(gone.status()).toBe(404)
})

test('[G24] a file that is no picture is refused at its choice', async () => {
  const server = await startServer()
  const owner = await openPage()
  await owner.goto(at(server))
  await createAccount(owner, 'Ünal')
  await openAccount(owner)
  const form = owner.getByRole('region', { name: 'Your picture' })
  const file = { name: 'x.svg', mimeType: 'image/png', buffer: Buffer.from('<script>alert(1)</script>') }
  await form.getByLabel('File of the picture').setInputFiles(file)
  await form.getByRole('alert').getByText('cannot read that file').waitFor()
  expect(await form.getByRole('button', { name: 'Use this picture' }).count()).toBe(0)
})
