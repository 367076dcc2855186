// The conversation that warms the server up is in nobody's room.
import { expect, test } from 'vitest'
import { warmUp } from '../../../../src/program/server/start/warm-up.ts'
import { openHosting } from '../../../helpers/hosting.ts'
import { dialLine } from '../../../helpers/sockets.ts'

test('a warm-up leaves no trace in the room, the past, the counts and the statuses of a server beside it', async () => {
  const { server, port } = await openHosting()
  const blue = await dialLine(port, 'Mr.Blue')
  blue.send('/rooms\n')
  await blue.heard.has('lobby')
  const outside = async () => ({
    counts: (await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).match(
      /^rxchat_(members|sessions|journal_seq|inputs_total|deliveries_total|rings).*$/gm,
    ),
    people: server.connections().map(({ name }) => name),
  })
  const before = await outside()
  await warmUp(() => false)
  expect(await outside()).toEqual(before)
})

test('a warm-up ends with its server', async () => {
  let asked = 0
  await warmUp(() => ++asked > 10)
  expect(asked).toBeLessThan(15)
})
