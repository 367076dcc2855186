/** The signal of typing: it is never stored, and nobody waits for it. */
import { Subject } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { TYPING_MS } from '../../../src/model/limits.ts'
import type { Signals } from '../../../src/port/signals.ts'
import { object } from '../../helpers/actors.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { person } from './living.ts'

const typing = (fields: object = {}): string => object({ type: 'typing', ...fields })

describe('[Y16] typing', () => {
  test('is told to the others in the room, once in a while, and leaves nothing in the journal', async () => {
    const world = await openWorld()
    const [spider, tanaka, blue] = [
      await person(world, 'Spider-Man'),
      await person(world, '田中'),
      await person(world, 'Mr.Blue', { room: 'tea' }),
    ]
    for (const one of [spider, tanaka]) one.hears()
    const { length } = world.steps
    await spider.wire.send(typing() + typing({ room: 'lobby' }))
    const id = world.state().members.find(({ name }) => name.text === 'Spider-Man')?.id
    expect(tanaka.hears()).toEqual([{ type: 'typing', room: 'lobby', name: 'Spider-Man', id }])
    expect([spider.hears(), blue.hears(), world.steps.length]).toEqual([[], [], length])
    await world.clock.advance(TYPING_MS)
    await spider.wire.send(typing())
    expect(tanaka.hears()).toHaveLength(1)
  })

  test('to one person is told to that person alone', async () => {
    const world = await openWorld()
    const [spider, tanaka, blue] = [
      await person(world, 'Spider-Man'),
      await person(world, '田中'),
      await person(world, 'Mr.Blue'),
    ]
    for (const one of [spider, tanaka]) one.hears()
    await spider.wire.send(typing({ with: '田中' }))
    expect(tanaka.hears()).toMatchObject([{ type: 'typing', name: 'Spider-Man' }])
    expect(tanaka.wire.objects().at(-1)).not.toHaveProperty('room')
    expect(blue.hears()).toEqual([])
  })

  test('of somebody who is ignored, muted, or not there is not told', async () => {
    const world = await openWorld()
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    await tanaka.asks({ type: 'ignore', who: 'Spider-Man' })
    await spider.wire.send(typing() + typing({ with: '田中' }))
    expect(tanaka.hears()).toEqual([])
    await tanaka.asks({ type: 'unignore', who: 'Spider-Man' })
    world.server.host({ type: 'mute', who: 'Spider-Man', reason: null })
    await world.clock.advance(TYPING_MS)
    tanaka.hears()
    await spider.wire.send(typing() + typing({ with: '田中' }) + typing({ room: 'tea' }) + typing({ with: 'nobody' }))
    expect(tanaka.hears()).toEqual([])
    expect(spider.hears().filter(({ type }) => type === 'rejected')).toEqual([])
  })

  test('reaches those on other servers, and nothing that comes from there is relied on', async () => {
    const heard = new Subject<{ node: string; signal: unknown }>()
    const sent: unknown[] = []
    const signals: Signals = { signals$: heard, signal: signal => void sent.push(signal) }
    const world = await openWorld({}, undefined, { signals })
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    spider.hears()
    const id = world.state().members.find(({ name }) => name.text === 'Spider-Man')?.id
    await spider.wire.send(typing())
    expect(sent).toEqual([{ typing: { member: id, room: 'lobby', to: null } }])
    tanaka.hears()
    for (const signal of [
      null,
      7,
      {},
      { typing: null },
      { typing: { member: 'x', room: 'lobby' } },
      { typing: { member: id } },
    ])
      heard.next({ node: 'east', signal })
    await world.clock.settle()
    expect(tanaka.hears()).toEqual([])
    heard.next({ node: 'east', signal: { typing: { member: id, room: 'lobby', to: null } } })
    await world.clock.settle()
    expect(tanaka.hears()).toMatchObject([{ type: 'typing', name: 'Spider-Man' }])
  })

  test('is dropped for a client that is behind', async () => {
    const world = await openWorld()
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    tanaka.wire.peer.stall()
    await spider.says('fills the line')
    const { outstanding } = tanaka.wire
    const before = outstanding()
    for (let at = 0; at < 50; at++) {
      await spider.wire.send(typing())
      await world.clock.advance(TYPING_MS)
    }
    expect(outstanding()).toBe(before)
  })
})
