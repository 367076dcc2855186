/**
 * Questions, polls, buzzes and hands in the page: seen, answered by pointer and by keys, and shown with their outcomes.
 */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { violations } from '../helpers/axe.ts'
import { enterPage, field, log } from '../helpers/browser.ts'
import { type RunningServer, startServer } from '../helpers/program.ts'
import { dialNative, type Wired } from '../helpers/sockets.ts'

const SIZES = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  desk: { viewport: { width: 1200, height: 760 } },
} as const

const send = (wired: Wired, command: object): void => wired.send(`${JSON.stringify({ room: 'lobby', ...command })}\n`)

/** Somebody who asks, and the number of the question. */
async function asks(
  { port }: RunningServer,
  name: string,
  text: string,
  ask: object,
): Promise<{ wired: Wired; seq: number }> {
  const wired = await dialNative(port, name)
  send(wired, { type: 'say', n: 1, text, ask })
  const seq = await wired.heard.until(heard => /"type":"ok","n":1,"seq":(\d+)/.exec(heard)?.[1], 'the question')
  return { wired, seq: Number(seq) }
}

const box = (page: Page, text: string) => page.getByRole('group', { name: text, exact: true })
const fits = async (page: Page): Promise<void> =>
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)

describe.each(['phone', 'desk'] as const)('[G28] on a %s', size => {
  const options = { ...SIZES[size], reducedMotion: 'reduce' } as const

  test('a question has a button for each choice, and says who decided it, now and later', async () => {
    const server = await startServer('--rate', 'off')
    const page = await enterPage(server, 'ann', options)
    const { wired } = await asks(server, '田中', 'Deploy 2.1?', { kind: 'ask', choices: ['はい、今すぐ', 'no'] })
    const question = box(page, 'Deploy 2.1?')
    await question.getByText('the first answer decides').waitFor()
    expect(await violations(page)).toEqual([])
    await fits(page)
    await question.getByRole('button', { name: 'はい、今すぐ' }).click()
    await question.getByText('ann answered はい、今すぐ').waitFor()
    await wired.heard.has('"outcome":"decided"')
    expect(await question.getByRole('button').count()).toBe(0)
    await log(page).getByText('ann answered question').waitFor()
    const late = await enterPage(server, 'José', options)
    await box(late, 'Deploy 2.1?').getByText('ann answered はい、今すぐ').waitFor()
    expect(await box(late, 'Deploy 2.1?').getByRole('button').count()).toBe(0)
    expect(await violations(late)).toEqual([])
  })

  test('a poll counts votes as they come, marks one’s own, and keeps its counts when it has ended', async () => {
    const server = await startServer('--rate', 'off')
    const page = await enterPage(server, 'ann', options)
    await field(page).fill('/poll Lunch? | soup | rice')
    await page.getByRole('button', { name: 'Send' }).click()
    const poll = box(page, 'Lunch?')
    const choice = (label: string) => poll.locator('.vote').filter({ hasText: label })
    await choice('soup').click()
    await choice('soup').filter({ hasText: '1' }).waitFor()
    expect(await choice('soup').getAttribute('aria-pressed')).toBe('true')
    const other = await dialNative(server.port, 'a|b')
    const seq = Number(await page.locator('.message').filter({ hasText: 'Lunch?' }).getAttribute('data-seq'))
    send(other, { type: 'answer', seq, choice: 1 })
    await choice('rice').filter({ hasText: '1' }).waitFor()
    await poll.getByText('2 votes').waitFor()
    // By keys alone.
    await choice('rice').focus()
    await page.keyboard.press('Enter')
    await choice('rice').filter({ hasText: '2' }).waitFor()
    expect(await choice('soup').getAttribute('aria-pressed')).toBe('false')
    expect(await violations(page)).toEqual([])
    await fits(page)
    await poll.getByRole('button', { name: 'Close' }).click()
    await poll.getByText('ended with 2 votes').waitFor()
    await choice('rice').filter({ hasText: '2' }).waitFor()
  })

  test('a buzz has one big button, and then the order', async () => {
    const server = await startServer('--rate', 'off')
    const page = await enterPage(server, 'ann', options)
    const { seq } = await asks(server, '田中', 'Who knows?', { kind: 'buzz' })
    const first = await dialNative(server.port, 'Spider-Man')
    send(first, { type: 'answer', seq })
    const buzz = box(page, 'Who knows?')
    await buzz.getByRole('listitem').filter({ hasText: 'Spider-Man' }).waitFor()
    await buzz.getByRole('button', { name: 'Buzz!' }).click()
    await buzz.getByRole('listitem').filter({ hasText: 'ann' }).waitFor()
    expect(await buzz.getByRole('listitem').allTextContents()).toEqual(['Spider-Man', 'ann'])
    expect(await buzz.getByRole('button', { name: 'Buzzed' }).isDisabled()).toBe(true)
    expect(await violations(page)).toEqual([])
    await fits(page)
  })

  test('a question for somebody else is disabled, with the reason', async () => {
    const server = await startServer('--rate', 'off')
    await dialNative(server.port, 'a|b')
    const page = await enterPage(server, 'ann', options)
    await asks(server, '田中', 'Deploy?', { kind: 'ask', choices: ['yes', 'no'], to: '@a|b' })
    await box(page, 'Deploy?').getByText('Only a|b can answer').waitFor()
    expect(await box(page, 'Deploy?').getByRole('button', { name: 'yes' }).isDisabled()).toBe(true)
    expect(await violations(page)).toEqual([])
  })

  test('a question that is out of sight waits above the field, and is shown from there', async () => {
    const server = await startServer('--rate', 'off')
    const page = await enterPage(server, 'ann', options)
    const { wired, seq } = await asks(server, '田中', 'Ready?', { kind: 'ask', choices: ['yes', 'no'] })
    await box(page, 'Ready?').waitFor()
    // The browser tells the page a frame later that the question is in sight.
    const strip = page.locator('.asked')
    await strip.waitFor({ state: 'detached' })
    for (let k = 0; k < 60; k++) send(wired, { type: 'say', text: `line ${k}` })
    await strip.getByText('Ready?').waitFor()
    expect(await violations(page)).toEqual([])
    await fits(page)
    await strip.getByRole('button', { name: 'Show' }).click()
    await box(page, 'Ready?').getByRole('button', { name: 'yes' }).click()
    await strip.waitFor({ state: 'detached' })
    await wired.heard.has(`"target":${seq},"kind":"ask"`)
  })

  test('raised hands stand in a bar, and are called on in order', async () => {
    const server = await startServer('--rate', 'off')
    const page = await enterPage(server, 'ann', options)
    const other = await dialNative(server.port, '田中')
    send(other, { type: 'hand' })
    const hands = page.getByRole('region', { name: 'Raised hands' })
    await hands.getByRole('button', { name: 'Raise mine' }).click()
    await hands.getByText('田中 and ann').waitFor()
    expect(await violations(page)).toEqual([])
    await fits(page)
    await hands.getByRole('button', { name: 'Next' }).click()
    await log(page).getByText('ann calls on 田中').waitFor()
    await hands.getByRole('button', { name: 'Lower mine' }).click()
    await hands.waitFor({ state: 'detached' })
  })
})
