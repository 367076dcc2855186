/** Links to messages: far back, on a first visit, in a tab that comes back, and to missing ones. */
import { expect, test } from 'vitest'
import { at, enterPage, join, openPage, sees, until } from '../helpers/browser.ts'
import { type RunningServer, startServer } from '../helpers/program.ts'
import { dialNative } from '../helpers/sockets.ts'

const COUNT = 320

/** A room with many messages. Gives the number of one that is far back. */
async function longRoom(): Promise<{ readonly server: RunningServer; readonly old: number }> {
  const server = await startServer('--rate', 'off')
  const other = await dialNative(server.port, 'Mr.Blue')
  for (let k = 0; k < COUNT; k++) {
    const text = k === 3 ? 'the old rule 🦊' : `line ${k}`
    other.send(`${JSON.stringify({ type: 'say', text })}\n`)
  }
  await other.heard.until(heard => heard.includes(`"line ${COUNT - 1}"`))
  const said = other.heard.lines.find(line => line.includes('the old rule')) ?? ''
  return { server, old: (JSON.parse(said) as { readonly seq: number }).seq }
}

const target = 'document.querySelector(".message.target")'
const inSight = `(() => {
  const [one, list] = [${target}, document.querySelector('[role="log"]')].map(it => it?.getBoundingClientRect())
  return one !== undefined && one.top >= list.top && one.bottom <= list.bottom && ${target}.textContent.includes('the old rule')
})()`

test('[Y17] a link to a message far back leads to it from the page, on a first visit, and in a tab that comes back', async () => {
  const { server, old } = await longRoom()
  const page = await enterPage(server, 'ann')
  await sees(page, `line ${COUNT - 1}`)
  await page.evaluate(`location.hash = 'lobby/${old}'`)
  const arrives = (): Promise<unknown> =>
    until(
      page,
      () => page.evaluate<boolean>(inSight),
      isSo => isSo,
    )
  await arrives()
  await page.getByRole('button', { name: 'To the latest' }).click()
  await sees(page, `line ${COUNT - 1}`)

  const fresh = await openPage()
  await fresh.goto(at(server, `#lobby/${old}`))
  await join(fresh, '田中')
  const there = (): Promise<unknown> =>
    until(
      fresh,
      () => fresh.evaluate<boolean>(inSight),
      isSo => isSo,
    )
  await there()
  // In a tab whose session goes on.
  await fresh.goto('about:blank')
  await fresh.goto(at(server, `#lobby/${old}`))
  await there()
})

test('[Y17] a link to a message that is not there says so, and stays in its room', async () => {
  const server = await startServer()
  const page = await enterPage(server, 'ann')
  await page.evaluate(`location.hash = 'lobby/999999'`)
  await page.getByRole('alert').getByText('999999').waitFor()
  expect(page.url()).toMatch(/#lobby$/)
})
