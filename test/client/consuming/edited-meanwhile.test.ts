// A program that consumes a cursor waits for a message whose edit isn't shown yet: it has no text meanwhile.
import { expect, onTestFinished, test } from 'vitest'
import { Consumer } from '../../../src/client/consuming/consumer.ts'
import type { Handed, StartHandler } from '../../../src/client/consuming/handler.ts'
import { connect } from '../../../src/client/session/connection.ts'
import { messageJson } from '../../../src/server/http/api/message-json.ts'
import { withEditing } from '../../../src/server/ingress/targets/being-edited.ts'
import { heldErasing } from '../../helpers/held-erasing.ts'
import { memoryDialer } from '../../helpers/memory-dialer.ts'
import { openWorld } from '../../helpers/open-world.ts'
import type { World } from '../../helpers/world.ts'
import { type Person, person } from '../../server/messages/living.ts'

const ALL = { after: 0 }

async function chat() {
  const { journal, ...gates } = heldErasing()
  const world = await openWorld({ rate: null }, journal)
  const spider = await person(world, 'Spider-Man')
  // Spider-Man's next commands wait for its edit.
  const other = await person(world, 'José')
  return { world, spider, other, ...gates }
}

/** Handles everything at once. Gives the texts that it was handed. */
async function consume(world: World): Promise<readonly string[]> {
  const { clock } = world
  const ports = { dial: memoryDialer(world).dial, clock, random: () => 0.5, secret: () => 'etl'.padStart(48, '0') }
  const client = connect(ports, { name: '田中', room: 'lobby', reconnect: true })
  const texts: string[] = []
  const start: StartHandler = ({ handled }) => ({
    window: 10,
    give(event: Handed) {
      texts.push(event.type === 'said' ? event.text : event.type)
      handled(event.seq)
    },
    drop: done => done(),
    close: done => done(),
  })
  const wish = { cursor: 'etl', room: 'lobby', from: { after: 0 }, renewMs: null, retries: null, skipAfter: null }
  const consumer = new Consumer(client, wish, { clock, random: () => 0.5, start, note: () => {}, over: () => {} })
  onTestFinished(() => consumer.abandon())
  await clock.settle()
  return texts
}

/** The place of the cursor. */
const placeOf = (world: World): number | undefined => [...world.server.api.state().cursors.values()][0]?.seq

const listed = async (other: Person): Promise<unknown> =>
  (await other.asks({ type: 'history', room: 'lobby', limit: 10 })).find(({ type }) => type === 'history')?.['messages']

test('[CU5] a message that is being edited is handed over when it is shown, before what follows', async () => {
  const { world, spider, other, open } = await chat()
  const first = await spider.says('first')
  const seq = await spider.says('tpyo')
  await spider.says('after')
  await spider.asks({ type: 'edit', seq, text: 'typo' })
  const texts = await consume(world)
  await other.says('a|b')
  await world.clock.advance(1000)
  expect(texts).toEqual(['first'])
  expect(placeOf(world)).toBe(first)
  open()
  await world.clock.advance(1000)
  expect(texts).toEqual(['first', 'typo', 'after', 'a|b'])
})

test('[CU5] a message that is deleted while it is being edited holds up nothing', async () => {
  const { world, spider, open, openLast } = await chat()
  const seq = await spider.says('tpyo')
  await spider.says('after')
  await spider.asks({ type: 'edit', seq, text: 'typo' })
  const texts = await consume(world)
  world.server.host({ type: 'delete', seq, room: 'lobby' })
  await world.clock.settle()
  expect(texts).toEqual([])
  openLast()
  await world.clock.advance(1000)
  expect(texts).toEqual(['after'])
  open()
  await world.clock.advance(1000)
  expect(texts).toEqual(['after'])
})

test('[CU5] only a deleted message is told as deleted, not one that is being edited', async () => {
  const { world, spider, other, open } = await chat()
  const seq = await spider.says('tpyo')
  await spider.asks({ type: 'edit', seq, text: 'typo' })
  expect(await listed(other)).toEqual([expect.not.objectContaining({ deleted: true })])
  expect(await listed(other)).toEqual([expect.not.objectContaining({ text: expect.anything() })])
  const found = (await other.asks({ type: 'messages', seqs: [seq] })).find(({ type }) => type === 'messages')
  expect(found?.['messages']).toEqual([expect.not.objectContaining({ deleted: true })])
  const { state, history } = world.server.api
  const inHttp = (): readonly object[] =>
    withEditing(state(), history.page({ room: 'lobby' }, ALL, 10).messages).map(messageJson)
  expect(inHttp()).toEqual([expect.not.objectContaining({ deleted: true })])
  open()
  await spider.asks({ type: 'delete', seq })
  expect(inHttp()).toMatchObject([{ seq, deleted: true }])
  expect(await listed(other)).toMatchObject([{ seq, deleted: true }])
})
