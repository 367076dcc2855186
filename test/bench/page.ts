/**
 * The page in a real Chromium: its weight, how soon one is in the room, and how smoothly it draws a room that floods.
 */

import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { launchChromium } from '../helpers/chromium.ts'
import type { Report } from './checks.ts'
import { rxchat, start } from './servers.ts'
import { milliseconds, type Sheet, sheet, summary } from './table.ts'

const WEB = join(import.meta.dirname, '../../dist/web')
const GOAL_KB = 120
/** Messages in the room before, a second while frames are measured, and seconds of that. */
const PAST = 100_000
const PER_SECOND = 500
const SECONDS = 20
const TICK_MS = 10
const REACTED_EVERY = 5

export async function page(reps: number, progress: (what: string) => void): Promise<Report> {
  const server = await start(rxchat)
  const browser = await launchChromium()
  try {
    const speaker = await enter(server.port)
    progress(`page: ${PAST} messages`)
    await say(speaker, PAST)
    const joins: number[] = []
    for (let run = 0; run < reps; run++) joins.push(await joinTime(browser, server.port))
    progress(`page: ${SECONDS} s at ${PER_SECOND} messages a second`)
    const { frames, last } = await flooded(browser, server.port, speaker, await enter(server.port, 'fan'))
    const wrong = last === PER_SECOND * SECONDS ? [] : [`page: the last message is ${last}`]
    return { sheets: [await weight(browser, server.port), times(joins, frames)], wrong }
  } finally {
    await browser.close()
    await server.stop()
  }
}

/** Bytes that a visit has loaded when one is in the room and nothing more comes; all parts together are more. */
async function weight(browser: Browser, port: number): Promise<Sheet> {
  const paths = new Set<string>()
  const page = await browser.newPage()
  page.on('response', response => paths.add(new URL(response.url()).pathname))
  await joinAs(page, port, 'weighed')
  await page.waitForLoadState('networkidle')
  await page.close()
  const names = readdirSync(WEB, { recursive: true, encoding: 'utf8' })
  const isLoaded = (name: string): boolean => paths.has(`/${name}`) || name === 'index.html'
  const sum = (ending: string, isMeant = isLoaded): number =>
    names
      .filter(name => name.endsWith(ending) && isMeant(name.slice(0, -ending.length)))
      .reduce((bytes, name) => bytes + readFileSync(join(WEB, name)).length, 0)
  const kb = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`
  const gzip = sum('.gz')
  return sheet(
    ['page, what a visit loads', 'gzip', 'brotli', 'goal', ''],
    [
      ['', kb(gzip), kb(sum('.br')), `≤ ${GOAL_KB} KB`, gzip <= GOAL_KB * 1024 ? 'met' : 'missed'],
      ['all parts', kb(sum('.gz', () => true)), kb(sum('.br', () => true)), '', ''],
    ],
  )
}

const MICROSECONDS = 1000

function times(joins: readonly number[], frames: readonly number[]): Sheet {
  const sorted = [...frames].sort((a, b) => a - b)
  const at = (share: number): string =>
    milliseconds((sorted[Math.floor(share * (sorted.length - 1))] ?? 0) * MICROSECONDS)
  const late = frames.filter(ms => ms > 50).length
  return sheet(
    ['page', '', '', ''],
    [
      [
        `navigation to joined, ${PAST} messages in the room`,
        summary(
          joins.map(ms => ms * MICROSECONDS),
          milliseconds,
        ),
        '',
        '',
      ],
      [`frames at ${PER_SECOND} messages a second: median, p95, p99`, at(0.5), at(0.95), at(0.99)],
      ['frames longer than 50 ms', `${late} of ${frames.length}`, '', ''],
    ],
  )
}

async function enter(port: number, name = 'speaker'): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.resume()
  socket.write(`{"type":"hello","name":"${name}"}\n`)
  await once(socket, 'data')
  return socket
}

/**
 * Resolves when all messages have been sent: a batch at a time, since the server refuses more than its journal takes.
 */
async function say(socket: Socket, count: number): Promise<void> {
  const BATCH = 500
  for (let k = 0; k < count; k += BATCH) {
    const texts = Array.from({ length: BATCH }, (_, j) => text(k + j))
    const said = heard(socket, JSON.stringify(texts.at(-1)))
    socket.write(texts.map(text => `${JSON.stringify({ type: 'say', text })}\n`).join(''))
    await said
  }
}

const heard = (socket: Socket, what: string): Promise<void> =>
  new Promise(resolve => {
    let last = ''
    const look = (bytes: Buffer): void => {
      last = (last + bytes).slice(-bytes.length - what.length)
      if (!last.includes(what)) return
      socket.off('data', look)
      resolve()
    }
    socket.on('data', look)
  })

/** Texts of usual length, a few of them with more in it. */
const text = (k: number): string =>
  `message ${k} ${'and so on '.repeat(k % 9)}${k % 20 === 0 ? 'see https://example.org/a `code`' : ''}`

async function joinTime(browser: Browser, port: number): Promise<number> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const begun = performance.now()
  await joinAs(page, port, 'visitor')
  const ms = performance.now() - begun
  await page.getByRole('button', { name: 'Leave', exact: true }).click()
  await page.getByRole('button', { name: 'Leave the chat?' }).click()
  await page.getByLabel('Your name').waitFor()
  await context.close()
  return ms
}

async function joinAs(page: Page, port: number, name: string): Promise<void> {
  await page.goto(`http://127.0.0.1:${port}/`)
  await page.getByLabel('Your name').fill(name)
  await page.keyboard.press('Enter')
  await page.locator('.message').last().waitFor()
}

async function flooded(browser: Browser, port: number, speaker: Socket, fan: Socket) {
  const page = await browser.newPage()
  await joinAs(page, port, 'reader')
  await page.evaluate(`{
    window.frames_ = []
    let before = performance.now()
    const frame = now => { frames_.push(now - before); before = now; requestAnimationFrame(frame) }
    requestAnimationFrame(frame)
  }`)
  for (let tick = 1, k = 0; tick <= (SECONDS * 1000) / TICK_MS; tick++) {
    const until = (tick * TICK_MS * PER_SECOND) / 1000
    let lines = ''
    for (; k < until; k++) {
      lines += `${JSON.stringify({ type: 'say', text: `flood ${k + 1}. ${text(k)}` })}\n`
      // The latest message gets a reaction, which changes the visible rows.
      if (k % REACTED_EVERY === 0) fan.write('{"type":"react","emoji":"👍"}\n')
    }
    speaker.write(lines)
    await sleep(TICK_MS)
  }
  await page
    .locator('.message')
    .getByText(`flood ${PER_SECOND * SECONDS}.`)
    .waitFor()
  const frames = (await page.evaluate('frames_')) as readonly number[]
  const last = Number(/flood (\d+)\./.exec((await page.locator('.message').last().textContent()) ?? '')?.[1])
  return { frames: frames.slice(1), last }
}
