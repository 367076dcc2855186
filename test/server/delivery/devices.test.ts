/** Several sessions of one member: each hears all, once and in order, and goes on by its own cursor. */
import { describe, expect, test } from 'vitest'
import { RING_BYTES } from '../../../src/model/limits.ts'
import { line, native, newObjects, object, say, textsOf, typesOf } from '../../helpers/actors.ts'
import { device, lineDevice, owner } from '../../helpers/devices.ts'
import { openWorld } from '../../helpers/open-world.ts'
import type { Wire } from '../../helpers/world.ts'

const TOKEN = 't'.repeat(40)
const rooms = (wire: Wire): readonly unknown[] =>
  wire.objects().flatMap(({ type, room }) => (type === 'room' ? [room] : []))

describe('[I2] one more session of a member that is here', () => {
  test('gets all its rooms as they are, with what was said there, and nobody sees it come', async () => {
    const world = await openWorld()
    const desk = await owner(world, 'Spider-Man')
    await desk.send(object({ type: 'join', room: 'ops' }))
    await desk.send(say('in the lobby'))
    await desk.send(say('in ops', { room: 'ops' }))
    const other = await native(world, 'a|b')
    desk.news()
    const phone = await device(world, 'Spider-Man')
    expect(newObjects(phone)).toMatchObject([
      { type: 'welcome', resumed: false, gap: false, account: true },
      { type: 'room', room: 'lobby', members: [{ name: 'Spider-Man', account: true }, { name: 'a|b' }], unread: 0 },
      { type: 'history', room: 'lobby', messages: [{ text: 'in the lobby', account: true }] },
      { type: 'room', room: 'ops', members: [{ name: 'Spider-Man' }] },
      { type: 'history', room: 'ops', messages: [{ text: 'in ops' }] },
    ])
    expect(phone.listed()).toMatchObject([{ conversations: [] }])
    expect([newObjects(desk), newObjects(other)]).toEqual([[], []])
  })

  test('hears what the others of the member say, as everybody does, once and in order', async () => {
    const world = await openWorld()
    const desk = await owner(world, 'Spider-Man')
    const phone = await device(world, 'Spider-Man')
    const other = await native(world, 'a|b')
    await desk.send(say('1'))
    await phone.send(say('2'))
    await other.send(say('3'))
    await desk.send(object({ type: 'tell', to: 'a|b', text: '4' }))
    await other.send(object({ type: 'tell', to: 'Spider-Man', text: '5' }))
    await phone.send(object({ type: 'tell', to: 'Spider-Man', text: '6' }))
    expect(textsOf(desk)).toEqual(['1', '2', '3', '4', '5', '6'])
    expect(textsOf(phone)).toEqual(['1', '2', '3', '4', '5', '6'])
    expect(textsOf(other)).toEqual(['1', '2', '3', '4', '5'])
  })

  test('in line mode it hears the others too, and itself not', async () => {
    const world = await openWorld()
    const desk = await owner(world, 'Spider-Man')
    const phone = await lineDevice(world, 'Spider-Man')
    const other = await line(world, '田中')
    await desk.send(say('from the desk'))
    await desk.send(object({ type: 'tell', to: '田中', text: 'secret' }))
    await phone.send('from the phone\n')
    const heard = (wire: Wire): readonly string[] => wire.news().map(text => text.replace(/^\[[^\]]*\] /, ''))
    expect(heard(phone)).toEqual([
      '[*] 田中 entered.',
      'Spider-Man > from the desk',
      'Spider-Man (to 田中 alone) > secret',
    ])
    expect(heard(other)).toEqual([
      'Spider-Man > from the desk',
      'Spider-Man (to 田中 alone) > secret',
      'Spider-Man > from the phone',
    ])
    expect(textsOf(desk)).toEqual(['from the desk', 'secret', 'from the phone'])
  })

  test('joins, parts and renames with the member', async () => {
    const world = await openWorld()
    const desk = await owner(world, 'Spider-Man')
    const phone = await device(world, 'Spider-Man')
    phone.news()
    await desk.send(object({ type: 'join', room: 'ops' }))
    expect(newObjects(phone)).toMatchObject([{ type: 'room', room: 'ops' }])
    await phone.send(object({ type: 'nick', name: 'Peter' }))
    await desk.send(object({ type: 'part', room: 'ops' }))
    expect(newObjects(phone)).toMatchObject([
      { type: 'renamed', to: 'Peter' },
      { type: 'parted', room: 'ops' },
    ])
    await desk.send(say('gone', { room: 'ops' }))
    expect(newObjects(desk).at(-1)).toMatchObject({ type: 'rejected', code: 'not-in-room' })
  })

  test('that asks for another room brings the member there, and the others with it', async () => {
    const world = await openWorld()
    const desk = await owner(world, 'Spider-Man')
    const phone = await device(world, 'Spider-Man', { room: 'ops' })
    expect(rooms(phone)).toEqual(['lobby', 'ops'])
    expect(newObjects(desk)).toMatchObject([{ type: 'room', room: 'ops' }])
    await desk.send(say('hi', { room: 'ops' }))
    expect([textsOf(desk), textsOf(phone)]).toEqual([['hi'], ['hi']])
  })

  test('whose account begins with its hello is listed as one, in an empty room too', async () => {
    const world = await openWorld()
    for (const [name, room] of [
      ['Spider-Man', 'ops'],
      ['José', 'ops'],
    ] as const) {
      const wire = world.dial()
      await wire.send(object({ type: 'hello', name, room, register: { password: 'correct horse' } }))
      const [welcome, view, ...rest] = newObjects(wire)
      expect(welcome).toMatchObject({ type: 'welcome', account: true })
      const { members } = view as { members: readonly { name: string; account?: boolean }[] }
      expect(members.find(one => one.name === name)).toMatchObject({ account: true })
      expect([rest, wire.listed()]).toMatchObject([[], [{ conversations: [] }]])
    }
  })

  test('names the member once to all who ask', async () => {
    const world = await openWorld()
    await owner(world, 'Spider-Man')
    const phone = await device(world, 'Spider-Man')
    phone.news()
    await phone.send(object({ type: 'who' }))
    await phone.send(object({ type: 'rooms' }))
    expect(newObjects(phone)).toMatchObject([
      { type: 'who', members: [{ name: 'Spider-Man', account: true }] },
      { type: 'rooms', rooms: [{ room: 'lobby', members: 1 }] },
    ])
  })
})

describe('[I2] the end of one session', () => {
  test('is no exit while another lives; with the last one the member exits', async () => {
    const world = await openWorld()
    const other = await native(world, 'a|b')
    const desk = await owner(world, 'Spider-Man')
    const phone = await device(world, 'Spider-Man')
    other.news()
    await desk.send(object({ type: 'bye' }))
    expect(newObjects(desk).at(-1)).toMatchObject({ type: 'closed', code: 'bye' })
    expect(newObjects(other)).toEqual([])
    await other.send(say('still there?'))
    expect(textsOf(phone)).toEqual(['still there?'])
    await phone.send(object({ type: 'bye' }))
    expect(newObjects(other)).toMatchObject([{ type: 'said' }, { type: 'quit', name: 'Spider-Man', cause: 'quit' }])
  })

  test('by its grace is none either; it comes back to the member, and hears all that it missed', async () => {
    const world = await openWorld({ grace: 1000 })
    const desk = await owner(world, 'Spider-Man')
    const phone = await device(world, 'Spider-Man', { token: TOKEN })
    const other = await native(world, 'a|b')
    other.news()
    phone.peer.vanish()
    await world.clock.advance(1001)
    await other.send(say('missed'))
    expect(typesOf(newObjects(other))).toEqual(['said'])
    const { epoch } = phone.objects()[0] as { epoch: string }
    const again = world.dial()
    await again.send(object({ type: 'hello', token: TOKEN, epoch, cursor: 1 }))
    expect(newObjects(again)).toMatchObject([
      { type: 'welcome', resumed: true, gap: true, returned: true, account: true },
      { type: 'room', room: 'lobby' },
      { type: 'history', missed: 1, messages: [{ text: 'missed' }] },
    ])
    await other.send(say('heard'))
    expect(textsOf(again)).toEqual(['heard'])
    expect(textsOf(desk)).toEqual(['missed', 'heard'])
    expect(typesOf(newObjects(other))).toEqual(['said'])
  })

  test('of an account that was away altogether: it returns to its rooms, and others see it enter', async () => {
    const world = await openWorld()
    const other = await native(world, 'a|b')
    await other.send(object({ type: 'join', room: 'ops' }))
    const desk = await owner(world, 'Spider-Man')
    await desk.send(object({ type: 'join', room: 'ops' }))
    await desk.send(object({ type: 'bye' }))
    await other.send(say('for later', { room: 'ops' }))
    other.news()
    const phone = await device(world, 'Spider-Man')
    expect(newObjects(phone)).toMatchObject([
      { type: 'welcome', resumed: false },
      { type: 'room', room: 'lobby', unread: 0 },
      { type: 'room', room: 'ops', unread: 1, mentions: 0 },
      { type: 'history', room: 'ops', messages: [{ text: 'for later' }] },
    ])
    expect(newObjects(other)).toMatchObject([
      { type: 'joined', room: 'lobby', name: 'Spider-Man', account: true },
      { type: 'joined', room: 'ops', name: 'Spider-Man' },
    ])
    await phone.send(say('back', { room: 'ops' }))
    expect(textsOf(phone)).toEqual(['back'])
  })

  test('a kick ends all of them', async () => {
    const world = await openWorld()
    const desk = await owner(world, 'Spider-Man')
    const phone = await lineDevice(world, 'Spider-Man')
    world.server.host({ type: 'kick', name: 'Spider-Man', reason: null })
    await world.clock.settle()
    expect(newObjects(desk).at(-1)).toMatchObject({ type: 'closed', code: 'kicked' })
    expect([desk.closed(), phone.closed()]).toEqual([true, true])
    expect(world.state().members.size).toBe(0)
  })
})

describe('[I2] [D5] each session goes on by its own cursor', () => {
  test('one is cut off and comes back to all that it missed, and the other notices nothing', async () => {
    const world = await openWorld()
    const desk = await owner(world, 'Spider-Man', { token: TOKEN })
    const phone = await device(world, 'Spider-Man', { token: 'p'.repeat(40) })
    const { seq, epoch } = desk.objects().at(-1) as { seq: number; epoch?: string }
    desk.peer.vanish()
    await phone.send(say('1'))
    await phone.send(say('2'))
    const again = world.dial()
    await again.send(object({ type: 'hello', token: TOKEN, epoch: epoch ?? 'epoch', cursor: seq }))
    expect(newObjects(again)).toMatchObject([
      { type: 'welcome', resumed: true, gap: false },
      { type: 'said', text: '1' },
      { type: 'said', text: '2' },
    ])
    expect(textsOf(phone)).toEqual(['1', '2'])
  })

  test('one that reads nothing costs the other nothing, and comes back to a gap', async () => {
    const world = await openWorld({ rate: null })
    const desk = await owner(world, 'Spider-Man')
    const phone = await device(world, 'Spider-Man', { token: TOKEN })
    phone.peer.stall()
    const text = 'x'.repeat(8000)
    for (let sent = 0; sent < 2 * RING_BYTES; sent += text.length) await desk.send(say(text))
    expect(desk.closed()).toBe(false)
    const again = world.dial()
    await again.send(object({ type: 'hello', token: TOKEN, epoch: 'epoch', cursor: 2, history: 1 }))
    expect(newObjects(again).slice(0, 2)).toMatchObject([{ type: 'welcome', gap: true }, { type: 'room' }])
    await desk.send(say('now'))
    expect(textsOf(again)).toEqual(['now'])
  })

  test('one whose welcome is cut before all its rooms were read gets them again', async () => {
    const world = await openWorld()
    const desk = await owner(world, 'Spider-Man')
    await desk.send(object({ type: 'join', room: 'ops' }))
    const phone = world.dial()
    phone.peer.stall()
    await phone.send(object({ type: 'ping' }))
    await phone.send(
      object({ type: 'hello', name: 'Spider-Man', account: { password: 'correct horse' }, token: TOKEN }),
    )
    const seq = world.state().seq
    phone.peer.vanish()
    const again = world.dial()
    await again.send(object({ type: 'hello', token: TOKEN, epoch: 'epoch', cursor: seq }))
    expect(rooms(again)).toEqual(['lobby', 'ops'])
    expect(again.listed()).toHaveLength(1)
  })
})
