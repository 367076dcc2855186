/** The settings of a room, and the lists of those who keep order, in the page. */
import { expect, test } from 'vitest'
import { violations } from '../helpers/axe.ts'
import { log, until } from '../helpers/browser.ts'
import { choose, founderAt, guestIn, openLists, openSettings, ROOM } from '../helpers/keepers-in-browser.ts'
import { startServer } from '../helpers/program.ts'

test('[G23] what its founder sets in a room, its members read there, and the header says in small words', async () => {
  const server = await startServer('--rate', 'off')
  const keeper = await founderAt(server, 'İbo')
  const zoya = await guestIn(server, 'ЗОЯ')
  await openSettings(keeper)
  const settings = keeper.getByRole('dialog', { name: `#${ROOM}` })
  await settings.getByLabel('Topic', { exact: true }).fill('Boats, and nothing else')
  await settings.getByRole('button', { name: 'Set', exact: true }).first().click()
  await zoya.locator('.topic').getByText('Boats, and nothing else').waitFor()
  await settings.getByRole('switch', { name: 'Topic protected' }).check()
  await settings.getByRole('spinbutton', { name: 'Limit' }).fill('20')
  await settings.getByRole('spinbutton', { name: 'Limit' }).press('Enter')
  await zoya.getByRole('button', { name: /topic-protected · limit 20/ }).click()
  const read = zoya.getByRole('dialog', { name: `#${ROOM}` })
  await read.getByText('Limit: 20').waitFor()
  await read.getByText('Only operators set the topic.').waitFor()
  expect(await read.getByLabel('Topic', { exact: true }).count()).toBe(0)
  expect(await violations(zoya)).toEqual([])

  await settings.getByRole('textbox', { name: 'Key' }).fill('sesame')
  await settings.getByRole('textbox', { name: 'Key' }).press('Enter')
  await read.getByText('People need the key to join.').waitFor()
  await settings.getByRole('button', { name: 'Remove' }).first().click()
  await read.getByText('People need the key to join.').waitFor({ state: 'detached' })
  await settings.getByRole('button', { name: 'Lock', exact: true }).click()
  await settings.getByRole('button', { name: 'Lock it?' }).click()
  await read.getByText('Lockdown').waitFor()
  await settings.getByRole('button', { name: 'Open again' }).click()
  await read.getByText('Lockdown').waitFor({ state: 'detached' })
  await settings.getByRole('switch', { name: 'Topic protected' }).uncheck()
  await read.getByLabel('Topic', { exact: true }).waitFor()
  expect(await violations(keeper)).toEqual([])
})

test('[G23] the lists are kept by names and networks, follow what others do, and the log is searched', async () => {
  const server = await startServer('--rate', 'off')
  const keeper = await founderAt(server, '[x]_^')
  const [zoya] = [await guestIn(server, 'ЗОЯ'), await guestIn(server, 'a_b')]
  await choose(keeper, 'ЗОЯ', 'Make an operator', 'Make ЗОЯ an operator?')
  await openLists(keeper, 'Bans')
  const panel = keeper.getByRole('tabpanel')
  await panel.getByText('Nobody is banned.').waitFor()
  await choose(zoya, 'a_b', 'Ban…')
  await zoya.getByRole('button', { name: 'Ban a_b' }).click()
  await panel.getByText('by ЗОЯ').waitFor()
  await panel.getByLabel('Name or network').fill('192.0.2.0/24')
  await panel.getByLabel('For how long').selectOption('good')
  await panel.getByLabel('Reason').fill('spam from there')
  await panel.getByRole('button', { name: 'Ban', exact: true }).click()
  await panel.getByRole('listitem').filter({ hasText: '192.0.2.0/24' }).getByText('for good').waitFor()
  await panel.getByLabel('Name or network').fill('10.0.0.0/2')
  await panel.getByRole('button', { name: 'Ban', exact: true }).click()
  await panel.getByRole('alert').getByText('The network cannot be used').waitFor()
  expect(await violations(keeper)).toEqual([])
  await panel.getByRole('button', { name: 'End it for a_b' }).click()
  await panel.getByRole('listitem').filter({ hasText: 'a_b' }).waitFor({ state: 'detached' })

  await keeper.getByRole('tab', { name: 'Bans' }).press('ArrowLeft')
  await panel.getByText('ЗОЯ banned a_b from #harbour').waitFor()
  await panel.getByText('[x]_^ made ЗОЯ an operator').waitFor()
  await panel.getByLabel('Acts about a name').fill('a_b')
  await panel.getByLabel('Acts about a name').press('Enter')
  await panel.getByText('[x]_^ made ЗОЯ an operator').waitFor({ state: 'detached' })
  await until(
    keeper,
    () => panel.getByRole('listitem').count(),
    count => count === 2,
  )
  expect(await violations(keeper)).toEqual([])
  await log(keeper).getByText('ЗОЯ banned a_b from #harbour').waitFor({ state: 'attached' })
})
