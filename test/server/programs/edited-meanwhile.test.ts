// Programs that take every message pass over deleted ones, and wait for one whose edit isn't shown yet: it has no text meanwhile.
import { expect, test } from 'vitest'
import { memoryJournal } from '../../../src/journal/memory.ts'
import { memoryHistory } from '../../../src/journal/memory-history.ts'
import type { Grant } from '../../../src/model/state/grant.ts'
import type { WebhookDelivery } from '../../../src/port/webhook-sender.ts'
import { tokenOf } from '../../helpers/api.ts'
import { heldErasing } from '../../helpers/held-erasing.ts'
import { openWorld } from '../../helpers/open-world.ts'
import type { World } from '../../helpers/world.ts'
import { person } from '../messages/living.ts'

async function grantOf(world: World): Promise<Grant> {
  const token = tokenOf(world.server)
  await world.clock.settle()
  return world.server.api.grantOf(await token) as Grant
}

test('[CU5] the next message of a cursor is the one that is being edited, when it is shown', async () => {
  const { journal, open } = heldErasing()
  const world = await openWorld({}, journal)
  const { cursors } = world.server.api
  const grant = await grantOf(world)
  const claim = cursors.carryOut(grant, { type: 'cursor-claim', cursor: 'etl', room: 'lobby', from: 0 }, '')
  await world.clock.settle()
  await claim
  const spider = await person(world, 'Spider-Man')
  const seq = await spider.says('tpyo')
  await spider.says('after')
  await spider.asks({ type: 'edit', seq, text: 'typo' })
  const gone = new AbortController().signal
  expect(await cursors.next(grant, 'etl', '', 0, gone)).toMatchObject({ ok: true, message: null })
  const next = cursors.next(grant, 'etl', '', 1000, gone)
  open()
  await world.clock.settle()
  expect(await next).toMatchObject({ ok: true, message: { seq, text: 'typo' } })
})

test('[CU5] the next message of a cursor is the one behind a message that is deleted while it is being edited', async () => {
  const { journal, open, openLast } = heldErasing()
  const world = await openWorld({}, journal)
  const { cursors } = world.server.api
  const grant = await grantOf(world)
  const claim = cursors.carryOut(grant, { type: 'cursor-claim', cursor: 'etl', room: 'lobby', from: 0 }, '')
  await world.clock.settle()
  await claim
  const spider = await person(world, 'Spider-Man')
  const seq = await spider.says('tpyo')
  const after = await spider.says('after')
  await spider.asks({ type: 'edit', seq, text: 'typo' })
  let found: unknown = null
  void cursors.next(grant, 'etl', '', 60_000, new AbortController().signal).then(next => {
    found = next
  })
  world.server.host({ type: 'delete', seq, room: 'lobby' })
  await world.clock.settle()
  openLast()
  await world.clock.settle()
  expect(found).toMatchObject({ ok: true, message: { seq: after } })
  open()
  await world.clock.settle()
})

test('[HO3] a hook gets the message that is being edited when it is shown, before what follows', async () => {
  const { journal, open } = heldErasing()
  const sent: WebhookDelivery[] = []
  const answers: (() => void)[] = []
  const webhooks = {
    secret: () => 'secret',
    forbids: (_: string, done: (failure: null) => void) => done(null),
    send: (delivery: WebhookDelivery) => {
      sent.push(delivery)
      return new Promise<null>(resolve => void answers.push(() => resolve(null)))
    },
    close: () => {},
  }
  const world = await openWorld({}, journal, { webhooks })
  world.server.hooks.add('https://example.com/hook', { room: null }, () => {})
  await world.clock.settle()
  const spider = await person(world, 'Spider-Man')
  await spider.says('first')
  const seq = await spider.says('tpyo')
  await spider.says('after')
  await spider.asks({ type: 'edit', seq, text: 'typo' })
  const taken = async (): Promise<void> => {
    for (const answer of answers.splice(0)) answer()
    await world.clock.settle()
  }
  await taken()
  expect(sent).toHaveLength(1)
  open()
  for (let k = 0; k < 3; k++) await taken()
  await world.clock.settle()
  expect(sent.map(({ body }) => (JSON.parse(body) as { text: string }).text)).toEqual(['first', 'typo', 'after'])
})

test('[CU7] deleted messages behind a cursor are looked at once, however much is said elsewhere', async () => {
  const journal = memoryJournal('epoch')
  const inner = memoryHistory(journal.textOf)
  let pages = 0
  const history = Object.create(inner, {
    page: {
      value: (...asked: Parameters<typeof inner.page>) => {
        pages++
        return inner.page(...asked)
      },
    },
  }) as typeof inner
  const world = await openWorld({ rate: null }, journal, { history })
  const { cursors } = world.server.api
  const grant = await grantOf(world)
  const claim = cursors.carryOut(grant, { type: 'cursor-claim', cursor: 'etl', room: 'lobby', from: 0 }, '')
  await world.clock.settle()
  await claim
  const spider = await person(world, 'Spider-Man')
  for (let k = 0; k < 120; k++) await spider.asks({ type: 'delete', seq: await spider.says('spam') })
  await spider.asks({ type: 'join', room: 'tea' })
  const next = cursors.next(grant, 'etl', '', 1000, new AbortController().signal)
  expect(pages).toBeGreaterThan(2)
  pages = 0
  for (let k = 0; k < 5; k++) await spider.says('elsewhere', { room: 'tea' })
  expect(pages).toBeLessThanOrEqual(5)
  const seq = await spider.says('at last')
  expect(await next).toMatchObject({ ok: true, message: { seq } })
})
