/** A server that sends absurd reactions, files and names, between the messages of a real one. */
import { expect, test } from 'vitest'
import { violations } from '../helpers/axe.ts'
import { at, join, openPage, sees } from '../helpers/browser.ts'
import { startServer } from '../helpers/program.ts'
import { dialNative } from '../helpers/sockets.ts'

const ID = 'A'.repeat(22)
const FILE = { id: ID, url: `/files/${ID}/x.png`, name: 'x.png', kind: 'image/png', size: 10 }
const LONG = `${'w'.repeat(250)}.png`

/** Within the form of the protocol, and absurd. */
const ABSURD: readonly object[] = [
  { files: [{ ...FILE, name: LONG, kind: 'application/octet-stream' }] },
  { files: [{ ...FILE, name: '\u202egnp.exe', kind: 'application/octet-stream' }] },
  { files: [{ ...FILE, name: 'مرحبا‎.(abc).مرحبا', kind: 'application/octet-stream', size: 2 ** 52 }] },
  { files: [{ ...FILE, name: '<img src=x onerror=alert(1)>', width: 1, height: 16000 }] },
  { files: [{ ...FILE, name: LONG, width: 16000, height: 1 }] },
  { files: Array.from({ length: 10 }, (_, k) => ({ ...FILE, id: `${k}${ID}`, width: 9, height: 9 })) },
  { reply: 123456 },
  { text: '' },
]

/** Against the form. */
const FOREIGN: readonly object[] = [
  { files: [{ ...FILE, url: 'https://evil.example/x.png', width: 9, height: 9 }] },
  { files: [{ ...FILE, url: '//evil.example/x.png', width: 9, height: 9 }] },
  { files: [{ ...FILE, url: 'javascript:alert(1)' }] },
  { files: [{ ...FILE, thumb: { url: 'https://evil.example/y.png', width: 9, height: 9 } }] },
  { files: [{ ...FILE, kind: 'text/html' }] },
  { files: [{ ...FILE, url: '/files/../../x/x.png' }] },
]

const SIZE = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true } as const

/** A page to which `more` is added in each message that says `absurd K`, and absurd reactions to the one that says `react`. */
async function pageBetween(address: string, more: readonly object[]) {
  const page = await openPage(SIZE)
  const asked: string[] = []
  page.on('request', request => asked.push(request.url()))
  await page.routeWebSocket(/\/ws$/, socket => {
    const upstream = socket.connectToServer()
    socket.onMessage(message => upstream.send(message))
    upstream.onMessage(message => {
      const line = String(message)
      const event = JSON.parse(line) as { readonly type: string; readonly text?: string; readonly seq?: number }
      const k = event.type === 'said' ? /^absurd (\d+)$/.exec(event.text ?? '')?.[1] : undefined
      socket.send(k === undefined ? line : `${JSON.stringify({ ...event, ...more[Number(k)] })}\n`)
      if (event.type !== 'said' || event.text !== 'react') return
      for (let one = 0; one < 30; one++) {
        const emoji =
          one % 3 === 0 ? '<b>&lt;x' : one % 3 === 1 ? `${String.fromCodePoint(0x1f600 + one)}` : `\u202e${one}`
        const by = one % 2 === 0 ? 'n'.repeat(200) : 'שלום (abc)'
        const reacted = {
          type: 'reacted',
          seq: (event.seq ?? 0) + one + 1,
          at: 1,
          room: 'lobby',
          target: event.seq,
          emoji,
          off: false,
          by,
          id: `m${one}`,
        }
        socket.send(`${JSON.stringify(reacted)}\n`)
      }
    })
  })
  await page.goto(`http://${address}/`)
  await join(page, 'ann')
  return { page, asked }
}

test('[G11] absurd files, answers and reactions are drawn within their places', async () => {
  const server = await startServer('--rate', 'off')
  const { page } = await pageBetween(server.address, ABSURD)
  await page.route('**/files/*/*', route => route.fulfill({ body: 'no picture', contentType: 'image/png' }))
  for (const [k] of ABSURD.entries()) {
    await page.getByRole('textbox', { name: /^Message/ }).fill(`absurd ${k}`)
    await page.getByRole('button', { name: 'Send' }).click()
  }
  await page.getByRole('textbox', { name: /^Message/ }).fill('react')
  await page.getByRole('button', { name: 'Send' }).click()
  await sees(page, 'react')
  await page.locator('.reaction').nth(9).waitFor()
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  const wide = `[...document.querySelectorAll('.row *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1).length`
  expect(await page.evaluate(wide)).toBe(0)
  expect(await page.evaluate('document.querySelectorAll(".row b, .row script, .row [onerror]").length')).toBe(0)
  expect(await violations(page)).toEqual([])
})

test.each([...FOREIGN.keys()])(
  '[G11] no foreign address of a file is asked for, nor is there a link to it: %i',
  async k => {
    const server = await startServer('--rate', 'off')
    const { page, asked } = await pageBetween(server.address, FOREIGN)
    await page.getByRole('textbox', { name: /^Message/ }).fill(`absurd ${k}`)
    await page.getByRole('button', { name: 'Send' }).click()
    await page
      .locator('.message')
      .filter({ hasText: `absurd ${k}` })
      .waitFor()
    const other = await dialNative(server.port, 'Spider-Man')
    other.send(`${JSON.stringify({ type: 'say', text: 'and then' })}\n`)
    await sees(page, 'and then')
    expect(asked.filter(url => !url.startsWith(at(server)) && !url.startsWith('ws:'))).toEqual([])
    expect(await page.locator('.file, .picture').count()).toBe(0)
  },
)
