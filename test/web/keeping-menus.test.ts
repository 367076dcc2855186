/** Menus of people and of messages: the allowed acts are offered, and nothing else; by mouse, by finger and by keys. */
import { expect, test } from 'vitest'
import { violations } from '../helpers/axe.ts'
import { field, log, say, sees, until } from '../helpers/browser.ts'
import {
  choose,
  founderAt,
  guestIn,
  itemsOf,
  memberIn,
  openMenu,
  openSettings,
  ROOM,
} from '../helpers/keepers-in-browser.ts'
import { startServer } from '../helpers/program.ts'

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } as const

test('[G21] a member without a role is offered nothing that the server would refuse, and its founder all', async () => {
  const server = await startServer('--rate', 'off')
  const keeper = await founderAt(server, 'Mr.Blue')
  const [zoya, spider] = [await guestIn(server, 'ЗОЯ'), await guestIn(server, 'Spider-Man')]
  await say(spider, 'buy gold')
  await sees(zoya, 'buy gold')
  await openMenu(zoya, 'Spider-Man')
  expect(await itemsOf(zoya)).toEqual(['Message', 'Mention', 'Ignore'])
  expect(await violations(zoya)).toEqual([])
  await zoya.keyboard.press('Escape')
  await log(zoya).getByText('buy gold').hover()
  await zoya.getByRole('button', { name: 'More about the message of Spider-Man' }).click()
  expect(await itemsOf(zoya)).toEqual([
    ...['👍', '❤️', '😂', '🎉', '🙏', '👀', 'Reply', 'React…', 'Pin'],
    ...['Copy the text', 'Copy the link', 'About Spider-Man'],
  ])
  await zoya.keyboard.press('Escape')
  expect(await zoya.getByRole('button', { name: 'Keep order' }).count()).toBe(0)
  await openSettings(zoya)
  const settings = zoya.getByRole('dialog')
  await settings.getByText('Everybody can join, read and write.').waitFor()
  expect(await settings.getByRole('switch').count()).toBe(0)
  expect(await settings.getByRole('button', { name: 'Bans, filters' }).count()).toBe(0)

  await openMenu(keeper, 'Spider-Man')
  expect(await itemsOf(keeper)).toEqual([
    ...['Message', 'Mention', 'Ignore', 'Give a voice', 'Make an operator'],
    ...['Mute…', 'Kick…', 'Ban…', 'Delete messages…'],
  ])
  await keeper.keyboard.press('Escape')
  await choose(keeper, 'ЗОЯ', 'Make an operator', 'Make ЗОЯ an operator?')
  // An operator is not below another, nor below the founder.
  await zoya.keyboard.press('Escape')
  await zoya.getByRole('button', { name: 'Keep order' }).waitFor()
  await openMenu(zoya, 'Mr.Blue')
  expect(await itemsOf(zoya)).toEqual(['Message', 'Mention', 'Ignore'])
})

test('[G21] the menu works with keys alone, and gives the focus back', async () => {
  const server = await startServer('--rate', 'off')
  const keeper = await founderAt(server, '[x]_^')
  const other = await guestIn(server, 'a_b')
  await say(other, 'first')
  await say(other, 'second')
  await sees(keeper, 'second')
  await memberIn(keeper, 'a_b').focus()
  await keeper.keyboard.press('Enter')
  await keeper.getByRole('menu').waitFor()
  const focused = (): Promise<string> => keeper.evaluate('document.activeElement.textContent')
  expect(await focused()).toBe('Message')
  const pressed = async (key: string): Promise<string> => {
    await keeper.keyboard.press(key)
    return focused()
  }
  expect(await pressed('ArrowUp')).toBe('Delete messages…')
  expect(await pressed('ArrowDown')).toBe('Message')
  expect(await pressed('End')).toBe('Delete messages…')
  expect(await pressed('b')).toBe('Ban…')
  await keeper.keyboard.press('Escape')
  await keeper.getByRole('menu').waitFor({ state: 'detached' })
  await until(keeper, focused, text => text.startsWith('a_b'))

  // From the list of messages: to one, its menu, and out of it another member's message.
  await log(keeper).focus()
  await keeper.keyboard.press('ArrowUp')
  await until(keeper, focused, text => text.includes('second'))
  await keeper.keyboard.press('Enter')
  await keeper.getByRole('menu', { name: 'Message of a_b' }).waitFor()
  expect(await focused()).toBe('Reply')
  expect(await pressed('d')).toBe('Delete')
  expect(await pressed('Enter')).toBe('Delete it?')
  await keeper.keyboard.press('Enter')
  await log(other).getByText('(deleted)').waitFor()
  expect(await log(other).getByText('first').count()).toBe(1)
})

test('[G21] a mention is written at the cursor, and somebody ignored is said to be', async () => {
  const server = await startServer('--rate', 'off')
  const [zoya, spider] = [await guestIn(server, 'ЗОЯ'), await guestIn(server, 'Spider-Man')]
  await memberIn(zoya, 'Spider-Man').waitFor()
  await field(zoya).fill('well')
  await choose(zoya, 'Spider-Man', 'Mention')
  expect(await field(zoya).inputValue()).toBe('well @Spider-Man ')
  expect(await zoya.evaluate('document.activeElement.tagName')).toBe('TEXTAREA')
  await choose(zoya, 'Spider-Man', 'Ignore')
  await memberIn(zoya, 'Spider-Man').getByText('ignored').waitFor()
  await say(spider, 'can you hear me')
  await sees(spider, 'can you hear me')
  await choose(zoya, 'Spider-Man', 'Stop ignoring')
  await memberIn(zoya, 'Spider-Man').getByText('ignored').waitFor({ state: 'detached' })
  await sees(zoya, 'can you hear me')
})

test('[G21] [G8] on a phone a menu is a sheet at the bottom, and everything to tap is 44 pixels high', async () => {
  const server = await startServer('--rate', 'off')
  const keeper = await founderAt(server, 'José', { ...PHONE })
  await guestIn(server, 'back\\slash')
  const small = `[...document.querySelectorAll('.menu button, dialog button, dialog input, dialog select, .check')]
    .filter(one => one.type !== 'checkbox' || one.role === 'switch')
    .filter(one => one.checkVisibility({ opacityProperty: true }))
    .map(one => [one.getAttribute('aria-label') ?? one.textContent, one.getBoundingClientRect()])
    .filter(([, { height }]) => height < 43.9)
    .map(([name, { height }]) => name + ' ' + height)`
  const wide =
    'Math.max(document.documentElement.scrollWidth, ...[...document.querySelectorAll("dialog")].map(one => one.scrollWidth))'
  await keeper.getByRole('button', { name: /^Members/ }).tap()
  await memberIn(keeper, 'back\\slash').tap()
  const sheet = await keeper.getByRole('menu').boundingBox()
  expect([sheet?.x, sheet?.width, Math.round((sheet?.y ?? 0) + (sheet?.height ?? 0))]).toEqual([0, 360, 740])
  expect(await keeper.evaluate(small)).toEqual([])
  await keeper.getByRole('menuitem', { name: 'Mute…' }).tap()
  await keeper.getByRole('dialog', { name: 'Mute back\\slash' }).waitFor()
  expect(await keeper.evaluate(small)).toEqual([])
  expect(await violations(keeper)).toEqual([])
  expect(await keeper.evaluate(wide)).toBe(360)
  await keeper.goBack()
  await keeper.getByRole('dialog').waitFor({ state: 'detached' })
  await keeper.getByRole('heading', { name: ROOM }).getByRole('button').tap()
  await keeper.getByRole('dialog', { name: `#${ROOM}` }).waitFor()
  expect(await keeper.evaluate(small)).toEqual([])
  expect(await violations(keeper)).toEqual([])
  await keeper.getByRole('button', { name: 'Bans, filters and the log…' }).tap()
  await keeper.getByText('Nobody is banned.').waitFor()
  expect(await keeper.evaluate(small)).toEqual([])
  expect(await violations(keeper)).toEqual([])
  expect(await keeper.evaluate(wide)).toBe(360)
})
