/** People's acts in the page: talk, look back, find, delete, go from place to place. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { HISTORY_ON_JOIN } from '../../src/model/limits.ts'
import { at, enterPage, field, join, log, openPage, saidIn, say, sees, titled, until } from '../helpers/browser.ts'
import { openDrawn } from '../helpers/drawn.ts'
import { enteredOriginal } from '../helpers/original-client.ts'
import { eventually } from '../helpers/patience.ts'
import { launcherOf, startServer } from '../helpers/program.ts'
import { dialLine, dialNative, type Wired } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const SCREEN = { columns: 100, rows: 50 } as const

const speak = ({ send }: Wired, text: string, more: object = {}): void =>
  send(`${JSON.stringify({ type: 'say', text, ...more })}\n`)

/** Says many things, in their order, as fast as they are taken. */
async function sayMany(wired: Wired, count: number, text: (k: number) => string): Promise<void> {
  for (let k = 0; k < count; k++) speak(wired, text(k))
  await wired.heard.has(`"text":"${text(count - 1)}"`)
}

/** The result of `read` when two in a row are equal: a key scrolls smoothly. */
async function still<T>(page: Page, read: () => Promise<T>): Promise<T> {
  let before: T | null = null
  return until(page, read, now => {
    const same = now === before
    before = now
    return same
  })
}

/** In the page: how far its list is from its end; and the third visible row, which stays in place. */
const BELOW = `(({ scrollHeight, clientHeight, scrollTop }) => scrollHeight - clientHeight - scrollTop)(document.querySelector('.list'))`
const HELD = `(top => [...document.querySelectorAll('.row')].filter(row => row.getBoundingClientRect().bottom > top)[2])
  (document.querySelector('.list').getBoundingClientRect().top)`

/** Keeps the answers to questions for the past of the lobby until they are released. */
async function holdHistory(page: Page): Promise<{ readonly release: () => void }> {
  const held: (() => void)[] = []
  let isHolding = true
  await page.routeWebSocket(/\/ws$/, socket => {
    const server = socket.connectToServer()
    socket.onMessage(message => server.send(message))
    server.onMessage(message => {
      const { type, n, room } = JSON.parse(String(message)) as Record<string, unknown>
      if (isHolding && type === 'history' && n !== undefined && room === 'lobby') held.push(() => socket.send(message))
      else socket.send(message)
    })
  })
  return {
    release() {
      isHolding = false
      for (const send of held) send()
    },
  }
}

describe('[D1] one order for all', () => {
  test('two pages, a drawn terminal, a person with nc and one of the original’s clients see the same', async () => {
    const server = await startServer('--rate', 'off')
    const [ann, ben] = [await enterPage(server, 'ann'), await enterPage(server, 'ben')]
    const carl = await dialLine(server.port, 'carl')
    const dora = await enteredOriginal(server.port, 'dora')
    const eve = openDrawn([process.execPath, launcherOf('rxchat'), server.address, '--name', 'eve'], SCREEN, {
      XDG_STATE_HOME: temporaryFolder(),
    })
    await eve.has('online')
    for (let k = 0; k < 5; k++) {
      await say(ann, `ann ${k}`)
      await say(ben, `ben ${k}`)
      carl.send(`carl ${k}\n`)
      dora.say(`dora ${k}`)
      await sees(ben, `dora ${k}`)
    }
    const ours = (texts: readonly string[]): readonly string[] => texts.filter(text => /^\w+ \d$/.test(text))
    const all = (page: typeof ann) =>
      until(
        page,
        async () => ours(await saidIn(page)),
        ({ length }) => length === 20,
      )
    const [seen, other] = [await all(ann), await all(ben)]
    expect(other).toEqual(seen)
    // Each message is a row, and its text the end of it.
    const rows = () => ours(eve.rows().map(row => /\w+ \d$/.exec(row.trimEnd())?.[0] ?? ''))
    await eve.shows('all that was said', () => rows().length === seen.length)
    expect(rows()).toEqual(seen)
    await carl.heard.has(seen.findLast(text => !text.startsWith('carl')) ?? '')
    const read = ours(carl.heard.lines.flatMap(line => / > (.*)$/.exec(line)?.[1] ?? []))
    expect(read).toEqual(seen.filter(text => !text.startsWith('carl')))
    const others = seen.filter(text => !text.startsWith('dora'))
    const { heard } = dora.wired
    // How its reads fall is not of interest here.
    const shown = () =>
      ours(heard.text.split(/(?=\[\d\d:\d\d:\d\d\] )/).flatMap(text => / > (.*)$/.exec(text)?.[1] ?? []))
    await heard.until(() => shown().length === others.length)
    expect(shown()).toEqual(others)
  })
})

describe('[G4] the list of what was said', () => {
  test('Home leads to the first row, however high the rows there turn out', async () => {
    const server = await startServer('--rate', 'off')
    const bob = await dialNative(server.port, 'bob')
    await sayMany(bob, 121, k => `message ${k}${'\nof several lines'.repeat(k % 4)}`)
    const page = await openPage()
    await holdHistory(page)
    await page.goto(at(server))
    await join(page, 'ann')
    await sees(page, 'message 120')
    await log(page).focus()
    await page.keyboard.press('Home')
    await log(page)
      .getByText(`message ${121 - HISTORY_ON_JOIN}`)
      .first()
      .waitFor()
    await until(
      page,
      () => page.evaluate<number>('document.querySelector(".list").scrollTop'),
      top => top === 0,
    )
  })

  test('loads what was said before when one scrolls up, and what one looks at stays where it is', async () => {
    const server = await startServer('--rate', 'off')
    const bob = await dialNative(server.port, 'bob')
    await sayMany(bob, 420, k => `message ${k}`)
    const page = await openPage()
    const { release } = await holdHistory(page)
    await page.goto(at(server))
    await join(page, 'ann')
    await sees(page, 'message 419')
    const seen = new Set(await saidIn(page))
    // At the start of the loaded messages.
    await log(page).focus()
    await page.keyboard.press('Home')
    const row = log(page).getByText(`message ${420 - HISTORY_ON_JOIN}`, { exact: true })
    await row.waitFor()
    await until(
      page,
      () => page.evaluate<number>('document.querySelector(".list").scrollTop'),
      top => top === 0,
    )
    const read = log(page).getByText(`message ${420 - HISTORY_ON_JOIN + 2}`, { exact: true })
    const place = async () => (await read.boundingBox())?.y ?? null
    const before = await still(page, place)
    release()
    const above = log(page).getByText(`message ${420 - HISTORY_ON_JOIN - 1}`, { exact: true })
    await above.waitFor({ state: 'attached' })
    expect(Math.abs(((await still(page, place)) ?? 0) - (before ?? 1000))).toBeLessThan(2)
    await page.mouse.move(600, 400)
    // All of it, up to the beginning, each once and in order.
    await until(
      page,
      async () => {
        for (const text of await saidIn(page)) seen.add(text)
        await page.mouse.wheel(0, -400)
        return seen.has('message 0')
      },
      Boolean,
    )
    expect([...seen].filter(text => text.startsWith('message '))).toHaveLength(420)
    await log(page).getByText('this is the beginning').waitFor()
  })

  test('stays where its reader is while others talk; a button counts what is new, and leads there', async () => {
    const server = await startServer('--rate', 'off')
    const bob = await dialNative(server.port, 'bob')
    await sayMany(bob, 60, k => `old ${k}`)
    const page = await enterPage(server, 'ann')
    await sees(page, 'old 59')
    await log(page).focus()
    await page.keyboard.press('PageUp')
    await page.getByRole('button', { name: 'To the latest' }).waitFor()
    const place = async () => (await log(page).getByText('old 40', { exact: true }).boundingBox())?.y
    const before = await still(page, place)
    await sayMany(bob, 30, k => `new ${k}`)
    await page.getByRole('button', { name: '30 new' }).waitFor()
    expect(await place()).toBe(before)
    await page.getByRole('button', { name: '30 new' }).click()
    await sees(page, 'new 29')
    await page.getByText('new', { exact: true }).waitFor()
    await page.getByRole('button', { name: '30 new' }).waitFor({ state: 'detached' })
  })

  test('holds its end while very much is said, and holds each message once', async () => {
    const server = await startServer('--rate', 'off')
    const bob = await dialNative(server.port, 'bob')
    const page = await enterPage(server, 'ann')
    await sayMany(bob, 2000, k => `flood ${k}`)
    await sees(page, 'flood 1999')
    const shown = await saidIn(page)
    expect(shown.length).toBeLessThan(150)
    expect(shown).toEqual(shown.map((_, k) => `flood ${2000 - shown.length + k}`))
    const { top, height, all } = await page.evaluate<{ top: number; height: number; all: number }>(
      `(() => { const box = document.querySelector('.list'); return { top: box.scrollTop, height: box.clientHeight, all: box.scrollHeight } })()`,
    )
    expect(all - height - top).toBeLessThan(2)
  })

  test('keeps its end, or the message that is read, when the window, the type or a row changes its size', async () => {
    const server = await startServer('--rate', 'off')
    const bob = await dialNative(server.port, 'bob')
    await sayMany(bob, 121, k => `line ${k}`)
    const page = await enterPage(server, 'ann')
    await sees(page, 'line 119')
    // Each has taken effect when its promise resolves; the list follows when the browser tells it.
    const resized = async (width: number, height: number): Promise<void> => {
      await page.setViewportSize({ width, height })
      await page.waitForFunction(`innerWidth === ${width} && innerHeight === ${height}`)
    }
    const type = (size: string) => page.evaluate(`document.documentElement.style.fontSize = '${size}'`)
    const higher = (row: number) =>
      page.evaluate(`[...document.querySelectorAll('.row')].at(${row}).style.paddingTop = '150px'`)
    const changes = (row: number) => ({
      'a lower and narrower window': () => resized(800, 500),
      'larger type': () => type('22px'),
      'a message that is higher': () => higher(row),
      'a higher and wider window': () => resized(1200, 800),
      'type as before': () => type(''),
    })
    for (const [what, happen] of Object.entries(changes(-1))) {
      await happen()
      const below = await eventually(
        what,
        () => page.evaluate<number>(BELOW),
        px => px < 2,
      )
      expect(below, what).toBeLessThan(2)
    }
    await log(page).focus()
    await page.keyboard.press('PageUp')
    await page.getByRole('button', { name: 'To the latest' }).waitFor()
    await still(page, () => page.evaluate(BELOW))
    await page.evaluate(`window.held = ${HELD}`)
    const place = () =>
      page.evaluate<number>(
        `held.getBoundingClientRect().top - document.querySelector('.list').getBoundingClientRect().top`,
      )
    const before = await place()
    for (const [what, happen] of Object.entries(changes(0))) {
      await happen()
      const moved = await eventually(
        what,
        async () => Math.abs((await place()) - before),
        px => px < 2,
      )
      expect(moved, what).toBeLessThan(2)
    }
  })

  test('keeps comings and goings calm: many of them are one line', async () => {
    const server = await startServer()
    const page = await enterPage(server, 'ann')
    const [b, c] = [await dialNative(server.port, 'ben'), await dialNative(server.port, 'carl')]
    await log(page).getByText('ben and carl entered.').waitFor()
    b.send('{"type":"bye"}\n')
    c.send('{"type":"bye"}\n')
    await log(page).getByText('ben and carl came and went.').waitFor()
    expect(await page.locator('.event').count()).toBe(1)
  })
})

describe('[G5] places', () => {
  test('count what is unread; what speaks of me is louder, and stands in the title', async () => {
    const server = await startServer()
    const page = await enterPage(server, 'ann')
    const bob = await dialNative(server.port, 'bob')
    await say(page, '/join ops')
    await page.getByRole('heading', { name: 'ops' }).waitFor()
    speak(bob, 'just so')
    await page.getByRole('link', { name: 'lobby 1 unread' }).waitFor()
    await titled(page, '• #ops · rxchat')
    speak(bob, 'what says Ann?')
    await page.getByRole('link', { name: 'lobby 2 unread, 1 for you' }).waitFor()
    await titled(page, '(1) #ops · rxchat')
    await page.getByRole('link', { name: /lobby/ }).click()
    await sees(page, 'what says Ann?')
    expect(await page.locator('.message.mention').count()).toBe(1)
    await titled(page, '#lobby · rxchat')
    await page.getByText('new', { exact: true }).waitFor()
  })

  test('are left and found by keys alone', async () => {
    const server = await startServer()
    const page = await enterPage(server, 'ann')
    await page.keyboard.type('/jo')
    await page.getByRole('option', { name: /\/join <room>/ }).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.type('ops')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'ops' }).waitFor()
    await page.keyboard.press('Alt+ArrowUp')
    await page.getByRole('heading', { name: 'lobby' }).waitFor()
    await page.keyboard.type('typed without a click')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('on two lines')
    await page.keyboard.press('Enter')
    await sees(page, 'typed without a click\non two lines')
    await page.keyboard.press('ArrowUp')
    expect(await field(page).inputValue()).toBe('typed without a click\non two lines')
  })

  test('a talk with one person alone: begun by their name, unread until it is looked at', async () => {
    const server = await startServer()
    const [ann, ben] = [await enterPage(server, 'ann'), await enterPage(server, 'ben')]
    await ann.getByRole('button', { name: 'ben' }).click()
    await ann.getByRole('menuitem', { name: 'Message' }).click()
    await ann.getByRole('heading', { name: 'ben' }).waitFor()
    await say(ann, 'between us')
    await sees(ann, 'between us')
    await ben.getByRole('link', { name: 'ann 1 unread, 1 for you' }).click()
    await sees(ben, 'between us')
    // After a reload too.
    await ben.reload()
    await sees(ben, 'between us')
  })

  test('each has its draft', async () => {
    const server = await startServer()
    const page = await enterPage(server, 'ann')
    await say(page, '/join ops')
    await page.getByRole('heading', { name: 'ops' }).waitFor()
    await field(page).fill('half a thou')
    await page.getByRole('link', { name: 'lobby' }).click()
    expect(await page.getByRole('textbox', { name: 'Message #lobby' }).inputValue()).toBe('')
    await page.reload()
    await page.getByRole('link', { name: 'ops' }).click()
    expect(await page.getByRole('textbox', { name: 'Message #ops' }).inputValue()).toBe('half a thou')
  })
})

test('[G6] a search finds what was said, and leads to it', async () => {
  const server = await startServer('--rate', 'off')
  const bob = await dialNative(server.port, 'bob')
  speak(bob, 'the needle')
  await sayMany(bob, 300, k => `hay ${k}`)
  const page = await enterPage(server, 'ann')
  await sees(page, 'hay 299')
  await page.keyboard.press('Control+k')
  await page.getByRole('searchbox').fill('needle')
  await page.keyboard.press('Enter')
  const hit = page.getByRole('region', { name: 'Found' }).getByText('the needle')
  await hit.click()
  await page.locator('.message.target').getByText('the needle').waitFor()
  expect(await page.getByRole('region', { name: 'Found' }).count()).toBe(0)
  await page.getByRole('button', { name: 'To the latest' }).click()
  await sees(page, 'hay 299')
})

test('[G6] one’s own message is deleted when one has asked twice; others’ cannot be', async () => {
  const server = await startServer()
  const [ann, ben] = [await enterPage(server, 'ann'), await enterPage(server, 'ben')]
  await say(ann, 'a slip')
  await sees(ben, 'a slip')
  expect(await ben.getByRole('button', { name: 'Delete' }).count()).toBe(0)
  await ann.getByRole('button', { name: 'Delete' }).click()
  await ann.getByRole('button', { name: 'Delete it?' }).click()
  await log(ann).getByText('(deleted)').waitFor()
  await log(ben).getByText('(deleted)').waitFor()
  expect(await log(ben).textContent()).not.toContain('a slip')
})

test('[G6] a refused message stands there with the reason, and is said again by a button', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann')
  await say(page, '/msg nobody are you there')
  const failed = page.locator('.failed')
  await failed.getByText('There is nobody called nobody').waitFor()
  await failed.getByText('are you there').waitFor()
  await dialNative(server.port, 'nobody')
  await failed.getByRole('button', { name: 'Send again' }).click()
  await page.locator('.message[data-seq]').getByText('are you there').waitFor()
  expect(await failed.count()).toBe(0)
})

test('[G6] commands answer in the page, and help is the table of them', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann')
  await say(page, '/who')
  await log(page).getByText('In #lobby: ann').waitFor()
  await say(page, '/nonsense')
  await page.getByRole('alert').getByText('There is no command /nonsense').waitFor()
  expect(await field(page).inputValue(), 'what was wrong stays to be mended').toBe('/nonsense')
  await field(page).fill('')
  await page.getByRole('alert').waitFor({ state: 'detached' })
  await say(page, '/help')
  const help = page.getByRole('dialog', { name: 'Help' })
  await help.getByText('/topic [text]').waitFor()
  await page.keyboard.press('Escape')
  await help.waitFor({ state: 'detached' })
})

test('[G9] a screen reader hears of messages as they come, of many only their number', async () => {
  const server = await startServer('--rate', 'off')
  const page = await enterPage(server, 'ann')
  const bob = await dialNative(server.port, 'bob')
  const heard: string[] = []
  await page.exposeFunction('hear', (text: string) => heard.push(text))
  await page.evaluate(
    `new MutationObserver(() => hear(document.querySelector('[aria-live=polite].unseen').textContent)).observe(document.querySelector('[aria-live=polite].unseen'), { childList: true, characterData: true, subtree: true })`,
  )
  speak(bob, 'good morning')
  await until(
    page,
    async () => heard,
    ({ length }) => length > 0,
  )
  expect(heard).toEqual(['bob: good morning'])
  await sayMany(bob, 200, k => `flood ${k}`)
  await until(
    page,
    async () => heard.at(-1),
    last => /new messages in #lobby/.test(last ?? ''),
  )
  // However long the flood takes to come: it is announced in numbers, but for a straggler.
  expect(heard.filter(text => text.includes('flood ')).length).toBeLessThan(6)
})

test('[G5] notices are offered by a button, and come when one is spoken to and looks elsewhere', async () => {
  const server = await startServer()
  const page = await openPage()
  const shown: string[] = []
  await page.exposeFunction('noticed', (title: string, body: string) => shown.push(`${title}: ${body}`))
  // A browser without a screen shows none; the page's request is the same.
  await page.addInitScript(`
    window.Notification = class {
      static permission = 'default'
      static requestPermission = async () => (Notification.permission = 'granted')
      constructor(title, { body }) { noticed(title, body) }
      close() {}
    }
    let isAway = false
    Object.defineProperty(document, 'hidden', { get: () => isAway })
    Object.defineProperty(document, 'visibilityState', { get: () => (isAway ? 'hidden' : 'visible') })
    window.lookAway = away => { isAway = away; document.dispatchEvent(new Event('visibilitychange')) }`)
  await page.goto(at(server))
  await join(page, 'ann')
  const bob = await dialNative(server.port, 'bob')
  await page.evaluate('lookAway(true)')
  speak(bob, 'ann: not asked yet')
  await sees(page, 'ann: not asked yet')
  expect(shown).toEqual([])
  await page.getByRole('button', { name: 'Notify me of messages to me' }).click()
  await page.getByRole('button', { name: 'Notifications are on' }).waitFor()
  speak(bob, 'nothing for anybody')
  speak(bob, 'ann: lunch?')
  await until(
    page,
    async () => shown.length,
    length => length > 0,
  )
  expect(shown).toEqual(['bob mentioned you in #lobby: ann: lunch?'])
  await titled(page, '(2) #lobby · rxchat')
  await page.evaluate('lookAway(false)')
  await titled(page, '#lobby · rxchat')
})
