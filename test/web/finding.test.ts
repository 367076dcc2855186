/** Finding things in the page: old messages, rooms, members; and errors at their causes. */
import { expect, test } from 'vitest'
import {
  at,
  enterPage,
  field,
  join,
  log,
  mustStayQuiet,
  openPage,
  saidIn,
  say,
  sees,
  until,
} from '../helpers/browser.ts'
import { startServer } from '../helpers/program.ts'
import { dialNative, type Wired } from '../helpers/sockets.ts'

const send = ({ send }: Wired, request: object): void => send(`${JSON.stringify(request)}\n`)

test('[G6] a search hit older than what is loaded leads there with one question, and on to the latest', async () => {
  const server = await startServer('--rate', 'off')
  const bob = await dialNative(server.port, 'bob')
  send(bob, { type: 'say', text: 'the needle' })
  for (let k = 0; k < 1500; k++) send(bob, { type: 'say', text: `hay ${k}` })
  await bob.heard.has('"hay 1499"')
  const page = await openPage()
  let questions = 0
  await page.routeWebSocket(/\/ws$/, socket => {
    const upstream = socket.connectToServer()
    socket.onMessage(message => {
      const { type, room, before, after } = JSON.parse(String(message)) as Record<string, unknown>
      // Questions about the latest fill the first sight of the room, at any time.
      if (type === 'history' && room === 'lobby' && Number(before ?? after ?? 2000) < 1000) questions++
      upstream.send(message)
    })
    upstream.onMessage(message => socket.send(message))
  })
  await page.goto(at(server))
  await join(page, 'ann')
  await sees(page, 'hay 1499')
  await page.keyboard.press('Control+k')
  await page.getByRole('searchbox').fill('needle')
  await page.keyboard.press('Enter')
  await page.getByRole('region', { name: 'Found' }).getByText('the needle').click()
  await page.locator('.message.target').getByText('the needle').waitFor()
  await log(page).getByText('hay 0', { exact: true }).waitFor()
  expect(questions, 'one for what was said up to it, one for what follows').toBeLessThanOrEqual(2)
  await log(page).getByText('this is the beginning').waitFor({ state: 'attached' })
  send(bob, { type: 'say', text: 'meanwhile' })
  await bob.heard.has('"meanwhile"')
  await page.getByRole('button', { name: '1 new' }).click()
  await sees(page, 'meanwhile')
  expect((await saidIn(page)).at(-1)).toBe('meanwhile')
})

test('[G13] rooms are found: in a list with members and topics, and as suggestions', async () => {
  const server = await startServer()
  const bob = await dialNative(server.port, 'bob')
  for (const room of ['ops', 'dev']) send(bob, { type: 'join', room })
  send(bob, { type: 'topic', room: 'ops', topic: 'what runs' })
  await bob.heard.has('"what runs"')
  const page = await enterPage(server, 'ann')
  await page.getByRole('button', { name: 'All rooms' }).click()
  const rooms = page.getByRole('dialog', { name: 'Rooms' })
  await rooms.getByRole('link', { name: /lobby 2 people, you too/ }).waitFor()
  await rooms.getByRole('textbox', { name: 'Find a room' }).fill('RUNS')
  await rooms.getByRole('link', { name: /dev/ }).waitFor({ state: 'detached' })
  await rooms.getByRole('link', { name: /ops 1 person what runs/ }).click()
  await page.getByRole('heading', { name: 'ops' }).waitFor()
  const go = page.getByRole('combobox', { name: 'Go to a room' })
  await go.fill('d')
  await page.getByRole('option', { name: '#dev' }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'dev' }).waitFor()
  await say(page, '/rooms')
  await rooms.waitFor()
})

test('[G14] an error is shown at its cause, and goes away', async () => {
  const server = await startServer()
  await dialNative(server.port, 'bob')
  const page = await enterPage(server, 'ann')
  const alert = page.getByRole('alert')
  await page.getByRole('combobox', { name: 'Go to a room' }).fill('no/room')
  await page.keyboard.press('Enter')
  await page.getByRole('navigation').getByRole('alert').getByText('The room name').waitFor()
  await page.getByRole('combobox', { name: 'Go to a room' }).fill('')
  await alert.waitFor({ state: 'detached' })
  await say(page, '/nick bob')
  await page.locator('.composer').getByText('The name is taken').waitFor()
  await page.getByRole('button', { name: 'Close this message' }).click()
  await alert.waitFor({ state: 'detached' })
  await say(page, '/nick bob')
  await alert.waitFor()
  await say(page, 'never mind')
  await sees(page, 'never mind')
  expect(await alert.count()).toBe(0)
  expect(await log(page).textContent()).not.toContain('taken')
})

test('[G1] an address that names no room says so, in the form and in the chat', async () => {
  const server = await startServer()
  const page = await openPage()
  await page.goto(at(server, '#bad room'))
  await page.getByRole('alert').getByText('The room name “bad room” has other characters').waitFor()
  expect(await page.getByLabel('Room').inputValue()).toBe('bad room')
  await page.getByLabel('Room').fill('lobby')
  await join(page, 'ann')
  await page.evaluate('location.hash = "#worse/room"')
  await page.getByRole('alert').getByText('“worse/room”').waitFor()
  expect(new URL(page.url()).hash).toBe('#lobby')
})

test('[G13] the form, the first visit and an empty room say what this is, who is in, and give the link', async () => {
  const server = await startServer()
  const bob = await dialNative(server.port, 'bob')
  const page = await openPage({ permissions: ['clipboard-read', 'clipboard-write'] })
  await page.goto(at(server))
  await page.getByText('One person is here.').waitFor()
  await join(page, 'ann')
  const about = page.getByRole('region', { name: 'About this place' })
  await about.getByText('bob is here with you.').waitFor()
  await about.getByRole('button', { name: 'Copy link' }).click()
  await about.getByRole('button', { name: 'Copied' }).waitFor()
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(at(server, '#lobby'))
  send(bob, { type: 'say', text: 'hello' })
  await sees(page, 'hello')
  expect(await about.count()).toBe(0)
  await page.getByRole('complementary', { name: 'Welcome' }).getByText('Welcome, ann.').waitFor()
  await say(page, 'hello bob')
  await page.getByRole('complementary', { name: 'Welcome' }).waitFor({ state: 'detached' })
  // A user who was here before knows.
  const next = await page.context().newPage()
  mustStayQuiet(next)
  await next.goto(at(server))
  await join(next, 'anna')
  await sees(next, 'hello bob')
  expect(await next.getByRole('complementary', { name: 'Welcome' }).count()).toBe(0)
})

test('[G5] a talk with one person alone shows whether they are here, away, or gone', async () => {
  const server = await startServer()
  const bob = await dialNative(server.port, 'bob')
  const page = await enterPage(server, 'ann')
  await say(page, '/msg bob psst')
  const header = page.locator('.head')
  await header.getByText('here now').waitFor()
  send(bob, { type: 'away', note: 'lunch' })
  await header.getByText('away: lunch').waitFor()
  await page.getByRole('link', { name: /bob away: lunch/ }).waitFor()
  send(bob, { type: 'bye' })
  await header.getByText('in none of your rooms now', { exact: true }).waitFor()
})

test('[G12] the page follows a change of the time zone and of the day without a reload', async () => {
  const server = await startServer()
  const page = await openPage({ locale: 'en-US' })
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setTimezoneOverride', { timezoneId: 'UTC' })
  await page.clock.install({ time: Date.now() })
  await page.goto(at(server))
  await join(page, 'ann')
  await say(page, 'hello')
  await sees(page, 'hello')
  const time = page.locator('.message time')
  const shown = await time.textContent()
  expect(shown).toMatch(/^\d{1,2}:\d\d\s[AP]M$/)
  await log(page).getByText('Today', { exact: true }).waitFor()
  await session.send('Emulation.setTimezoneOverride', { timezoneId: 'Asia/Kathmandu' })
  await page.evaluate('window.dispatchEvent(new Event("focus"))')
  const there = await until(
    page,
    () => time.textContent(),
    text => text !== shown,
  )
  expect(there).toMatch(/^\d{1,2}:\d\d\s[AP]M$/)
  expect(await time.getAttribute('title')).toContain(there?.slice(-2))
  await page.clock.setSystemTime(Date.now() + 36 * 3_600_000)
  await page.evaluate('window.dispatchEvent(new Event("focus"))')
  await log(page).getByText('Today', { exact: true }).waitFor({ state: 'detached' })
})

test('[G9] Tab passes no Delete; the arrows of the list lead to a message, and Delete asks', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann')
  for (const text of ['one', 'two', 'three']) await say(page, text)
  await sees(page, 'three')
  const stops = await page.evaluate<number>(`[...document.querySelectorAll('.message button')]
    .filter(button => button.tabIndex >= 0).length`)
  expect(stops).toBe(0)
  await log(page).focus()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Delete')
  await page.getByRole('button', { name: 'Delete it?' }).waitFor()
  await page.keyboard.press('Enter')
  await log(page).getByText('(deleted)').waitFor()
  expect(await saidIn(page)).toEqual(['one', '(deleted)', 'three'])
  expect(await field(page).inputValue()).toBe('')
})

test('[G6] [R4] a message of the former holder of my name is not mine to delete', async () => {
  const server = await startServer()
  const before = await dialNative(server.port, 'Spider-Man')
  send(before, { type: 'say', text: 'of the one before' })
  await before.heard.has('"of the one before"')
  send(before, { type: 'bye' })
  await before.heard.has('"closed"')
  const page = await openPage()
  await page.goto(at(server))
  await join(page, 'Spider-Man')
  await say(page, 'of mine')
  const rows = log(page).locator('.message')
  await rows.filter({ hasText: 'of mine' }).getByRole('button', { name: 'Delete' }).waitFor({ state: 'attached' })
  expect(await rows.filter({ hasText: 'of the one before' }).getByRole('button', { name: 'Delete' }).count()).toBe(0)
})
