/** The texts that the state refers to: how a start reads them, and goes on without damaged ones. */
import { expect, test } from 'vitest'
import { memoryJournal } from '../../../src/journal/memory.ts'
import type { Command } from '../../../src/model/command.ts'
import { PIECE_ROWS } from '../../../src/model/limits.ts'
import { newObjects, object, say } from '../../helpers/actors.ts'
import { openWorld } from '../../helpers/open-world.ts'
import type { Wire, World } from '../../helpers/world.ts'

const HOUR = 3_600_000

async function host(world: World, ...commands: readonly Command[]): Promise<void> {
  for (const command of commands) expect(world.server.host(command)).toBe(null)
  await world.clock.settle()
}

async function come(world: World, name: string, address: string): Promise<Wire> {
  const wire = world.dial(address)
  await wire.send(object({ type: 'hello', name }))
  return wire
}

const ban = (net: string): Command => ({ type: 'ban', net, reason: null })
const held = (world: World) => world.server.ask({ type: 'list', what: 'held', room: null, limit: 9 })
const filter: Command = { type: 'filter', is: 'words', pattern: 'casino', action: 'hold' }

test('a start with a damaged text says so, and knows all the others', async () => {
  const journal = memoryJournal('epoch')
  const first = await openWorld({}, { ...journal, close: async () => {} })
  await host(first, ...Array.from({ length: PIECE_ROWS + 10 }, (_, k) => ban(`10.1.${k}.0/24`)))
  const damaged = [...first.state().sanctions.values()][7]?.text
  await first.close()
  const world = await openWorld(
    {},
    {
      ...journal,
      // Folding needs no texts, and a journal may leave them out.
      async *read(seq) {
        for await (const entries of journal.read(seq)) yield entries.map(entry => ({ ...entry, texts: {} }))
      },
      texts: async seqs => {
        if (seqs.some(seq => seq === damaged)) throw new Error('the journal is damaged.')
        return journal.texts(seqs)
      },
    },
  )
  await world.clock.settle()
  expect(world.troubles.splice(0)).toMatchObject([{ type: 'storage', error: { message: 'the journal is damaged.' } }])
  const codes: unknown[] = []
  for (const [k, name] of ['Spider-Man', 'Mr.Blue', '田中'].entries()) {
    codes.push(newObjects(await come(world, name, `10.1.${[6, 7, PIECE_ROWS + 9][k]}.1`))[0]?.['code'])
  }
  expect(codes).toEqual(['banned', undefined, 'banned'])
})

test('nobody is let in before the networks are read', async () => {
  const journal = memoryJournal('epoch')
  const first = await openWorld({}, { ...journal, close: async () => {} })
  await host(first, ban('10.1.2.0/24'))
  await first.close()
  const gate = Promise.withResolvers<void>()
  const slow = {
    ...journal,
    texts: async (seqs: readonly number[]) => {
      await gate.promise
      return journal.texts(seqs)
    },
  }
  let isOpen = false
  const opening = openWorld({}, slow).then(world => {
    isOpen = true
    return world
  })
  await first.clock.settle()
  expect(isOpen).toBe(false)
  gate.resolve()
  const world = await opening
  expect(newObjects(await come(world, 'a_b', '10.1.2.3'))).toMatchObject([{ code: 'banned' }])
})

test('held messages are shown to keepers after a restart, and not once they are forgotten', async () => {
  const journal = memoryJournal('epoch')
  const first = await openWorld({}, { ...journal, close: async () => {} })
  await host(first, filter)
  await (await come(first, 'ЗОЯ', '192.0.2.1')).send(say('casino here'))
  expect(await held(first)).toMatchObject({ entries: [{ from: 'ЗОЯ', text: 'casino here' }] })
  await first.close()
  const world = await openWorld({ keep: { age: HOUR } }, journal)
  expect(await held(world)).toMatchObject({ entries: [{ from: 'ЗОЯ', text: 'casino here' }] })
  const wire = await come(world, 'مريم', '192.0.2.2')
  await wire.send(say('hello'))
  await world.clock.advance(3 * HOUR)
  expect(await held(world)).toMatchObject({ entries: [{ from: 'ЗОЯ', text: null }] })
})
