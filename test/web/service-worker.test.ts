/** The page while its server is away: its service worker opens it, and gives way to a new build. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { type PageFiles, readPageFiles } from '../../src/server/http/page-files.ts'
import { at, enterPage, field, mustStayQuiet, openPage, say, sees, until } from '../helpers/browser.ts'
import { ownerOf } from '../helpers/owner.ts'
import { runServer, startServer } from '../helpers/program.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const built = (): PageFiles => readPageFiles(new URL('../../dist/web', import.meta.url).pathname)

/** Resolves when the worker has the page's files and answers for it. */
const isKept = (page: Page): Promise<unknown> =>
  page.evaluate(`navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller ??
    new Promise(resolve => navigator.serviceWorker.addEventListener('controllerchange', resolve)))
    .then(() => true)`)

/** The paths in all of the page's caches. */
const keptPaths = (page: Page): Promise<readonly string[]> =>
  page.evaluate(`(async () => {
    const names = await caches.keys()
    const lists = await Promise.all(names.map(async name => (await caches.open(name)).keys()))
    return lists.flat().map(({ url }) => new URL(url).pathname).sort()
  })()`)

test('[G7] a page opened while its server is away says that it reconnects, and is in again when the server is back', async () => {
  const data = temporaryFolder()
  const server = await startServer('--data', data)
  const page = await enterPage(server, '田中')
  await say(page, 'before 🦊')
  await sees(page, 'before 🦊')
  await isKept(page)
  process.kill(ownerOf(server), 'SIGKILL')
  await server.ended

  await page.reload()
  await page
    .getByText(/offline, reconnecting/)
    .first()
    .waitFor()
  await say(page, 'said to nobody yet')
  runServer('--port', `${server.port}`, '--host', '127.0.0.1', '--data', data)
  await page.getByRole('button', { name: 'Try now' }).click()
  await sees(page, 'said to nobody yet')
  await sees(page, 'before 🦊')
})

test('[G7] [G26] a new visit to a server that is away begins at the form, and what nobody keeps stays away', async () => {
  const server = await startServer('--ephemeral')
  const page = await openPage()
  await page.goto(at(server))
  await isKept(page)
  await page.evaluate(`fetch('/api/here').then(answer => answer.text())`)
  process.kill(ownerOf(server), 'SIGKILL')
  await server.ended
  const later = await page.context().newPage()
  mustStayQuiet(later)
  await later.goto(at(server, '#ops'))
  await later.getByLabel('Your name').waitFor()
  expect(await later.evaluate(`fetch('/api/here').then(() => 'answered', () => 'away')`)).toBe('away')
  const ours = /^\/(assets\/.*|favicon.svg|manifest.webmanifest|icon-192.png)?$/
  expect((await keptPaths(later)).filter(path => !ours.test(path))).toEqual([])
  await expect(later.goto(`${at(server)}metrics`)).rejects.toThrow()
})

/** A server of page files, behind a proxy: it can get another build, or be away. */
async function site(files: PageFiles) {
  const now = { files, isAway: false }
  const server = createServer((request, response) => {
    const file = now.files.get(request.url?.split('?')[0] ?? '')
    if (now.isAway || !file) return void response.writeHead(502, { 'Content-Type': 'text/plain' }).end('Bad Gateway')
    const caching = file.hashed ? 'public, max-age=31536000, immutable' : 'no-cache'
    response.writeHead(200, { 'Content-Type': file.type, 'Cache-Control': caching }).end(file.plain)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { now, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

/** The same page as if something had changed in it. */
function nextBuild(files: PageFiles): PageFiles {
  const rename = (text: string): string =>
    text
      .replaceAll(/(assets\/page-)[\w-]{8}/g, '$1NEXTNEXT')
      .replace(/(`rxchat-`.*?\}?)([\w-]{12})`/, '$1nextnextnext`')
  return new Map(
    [...files].map(([path, file]) => {
      const isText = /^\/(sw\.js)?$/.test(path)
      return [
        rename(path.slice(1)).replace(/^/, '/'),
        isText ? { ...file, plain: Buffer.from(rename(`${file.plain}`)) } : file,
      ]
    }),
  )
}

test('[G26] a new build takes the place of the old one, of which nothing stays', async () => {
  const files = built()
  const { now, address } = await site(files)
  const page = await openPage()
  await page.goto(address)
  await isKept(page)
  const old = await keptPaths(page)
  expect(old.filter(path => path.startsWith('/assets/page-'))).toHaveLength(2)

  now.files = nextBuild(files)
  await page.reload()
  const paths = await until(
    page,
    () => keptPaths(page),
    kept => kept.length > 0 && !kept.some(path => path.startsWith('/assets/page-') && old.includes(path)),
  )
  expect(paths.filter(path => path.includes('NEXTNEXT'))).toHaveLength(2)
  expect(await page.evaluate('caches.keys()')).toHaveLength(1)
  now.isAway = true
  await page.reload()
  await page.getByLabel('Your name').waitFor()
  expect(await page.locator('script[src*="NEXTNEXT"]').count()).toBe(1)
})

test('[G26] a build that is half of one and half of another is not kept: the page goes on with what it has', async () => {
  const files = built()
  const { now, address } = await site(files)
  const page = await openPage()
  await page.goto(address)
  await isKept(page)
  const old = await keptPaths(page)
  const next = nextBuild(files)
  const worker = next.get('/sw.js')
  if (!worker) throw new Error('no worker')
  now.files = new Map([...files, ['/sw.js', worker]])
  const end = await page.evaluate(`navigator.serviceWorker.ready.then(async registration => {
    const { installing } = await registration.update()
    return new Promise(resolve => {
      const look = () => ['redundant', 'activated'].includes(installing.state) && resolve(installing.state)
      installing.addEventListener('statechange', look)
      look()
    })
  })`)
  expect(end).toBe('redundant')
  now.isAway = true
  await page.reload()
  await page.getByLabel('Your name').waitFor()
  for (const path of old) expect(await keptPaths(page)).toContain(path)
})

test('[G26] the page can be installed: its manifest and its icons are there, and no address of a visit is in them', async () => {
  const server = await startServer('--ephemeral')
  const page = await openPage()
  await page.goto(at(server, '#ops'))
  await isKept(page)
  const devtools = await page.context().newCDPSession(page)
  const { url, errors, data } = await devtools.send('Page.getAppManifest')
  expect([url, errors]).toEqual([`${at(server)}manifest.webmanifest`, []])
  const manifest = JSON.parse(data ?? '{}')
  expect(manifest).toMatchObject({ start_url: '/', scope: '/', display: 'standalone' })
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([])
  for (const { src } of manifest.icons) expect((await fetch(new URL(src, at(server)))).status).toBe(200)
})

test('[G26] without HTTPS a page has no worker, and works as ever', async () => {
  const server = await startServer('--ephemeral')
  const page = await openPage()
  mustStayQuiet(page)
  await page.addInitScript(`Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: () => undefined })`)
  await page.goto(at(server))
  await page.getByLabel('Your name').fill('Ünal')
  await page.getByRole('button', { name: 'Join' }).click()
  await field(page).waitFor()
})
