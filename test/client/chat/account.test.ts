/** Chats of one account, over the real server: the view of each of its devices. */
import { describe, expect, onTestFinished, test } from 'vitest'
import { type ChatStore, createChatStore } from '../../../src/client/chat/chat-store.ts'
import type { Where } from '../../../src/client/chat/place.ts'
import { type Client, connect } from '../../../src/client/session/connection.ts'
import { READS_MS, type Wish } from '../../../src/client/session/state.ts'
import { memoryDialer } from '../../helpers/memory-dialer.ts'
import { openWorld } from '../../helpers/open-world.ts'
import type { World } from '../../helpers/world.ts'

const SECRET = 'open says me'
let made = 0

type Device = { readonly client: Client; readonly talk: ChatStore; readonly texts: (where: Where) => readonly string[] }

async function device(world: World, name: string, more: Partial<Wish> = {}): Promise<Device> {
  const secret = (): string => `${++made}`.padStart(64, 'f')
  const client = connect(
    { dial: memoryDialer(world).dial, clock: world.clock, random: () => 0, secret },
    { name, room: null, reconnect: true, history: null, ...more },
  )
  onTestFinished(client.close)
  const talk = createChatStore(client, { name, room: null }, () => world.clock.now())
  await world.clock.settle()
  const texts = (where: Where) =>
    (talk.chat$.value.conversations.get(where)?.timeline.entries.toArray() ?? []).flatMap(entry =>
      entry.kind === 'said' ? [`${entry.from}: ${entry.text}`] : [],
    )
  return { client, talk, texts }
}

const signedIn = (world: World, name: string): Promise<Device> => device(world, name, { account: { password: SECRET } })

async function register(world: World, name: string): Promise<Device> {
  const desk = await device(world, name)
  desk.talk.enter(`/register ${SECRET}`)
  await world.clock.settle()
  expect(desk.talk.chat$.value.view.account).toBe(true)
  return desk
}

const counts = ({ talk }: Device, where: Where) => {
  const { unread = 0, mentions = 0 } = talk.chat$.value.conversations.get(where) ?? {}
  return [unread, mentions]
}

test('[I8] a conversation knows that it is with an account, also when that has left', async () => {
  const world = await openWorld({ rate: null })
  const desk = await register(world, '田中')
  const guest = await device(world, 'a|b')
  guest.talk.enter('/msg 田中 psst')
  await world.clock.settle()
  desk.talk.enter('/quit')
  await world.clock.settle()
  expect(guest.talk.chat$.value.conversations.get('@田中')?.account).toBe(true)
})

describe('[I2] an account on several devices', () => {
  test('shows what one says on all, as its own, and a place that is read on one as read on the others', async () => {
    const world = await openWorld({ rate: null })
    const desk = await register(world, 'Mr.Blue')
    desk.talk.enter('/join ops')
    await world.clock.settle()
    const phone = await signedIn(world, 'mr.blue')
    expect([...phone.talk.chat$.value.view.rooms.keys()].sort()).toEqual(['lobby', 'ops'])
    desk.talk.go('#lobby')
    phone.talk.go('#lobby')
    phone.talk.enter('from the phone')
    await world.clock.settle()
    expect(desk.texts('#lobby')).toEqual(['Mr.Blue: from the phone'])
    expect(desk.talk.chat$.value.conversations.get('#lobby')?.timeline.entries.last()).toMatchObject({ mine: true })

    const zed = await device(world, 'Zed', { room: 'ops' })
    for (const text of ['one', 'two, Mr.Blue']) zed.talk.enter(text)
    await world.clock.settle()
    expect([counts(desk, '#ops'), counts(phone, '#ops')]).toEqual([
      [2, 1],
      [2, 1],
    ])
    desk.talk.go('#ops')
    await world.clock.advance(READS_MS + 30_000)
    expect(counts(phone, '#ops')).toEqual([0, 0])
  })

  test('has what it missed counted on a new device, and its direct conversations listed with their messages', async () => {
    const world = await openWorld({ rate: null })
    const desk = await register(world, '田中')
    desk.talk.enter('/join ops')
    await world.clock.settle()
    desk.client.leave()
    await world.clock.settle()
    const zed = await device(world, 'Zed', { room: 'ops' })
    for (const text of ['one', '@田中 two', '/msg 田中 psst']) zed.talk.enter(text)
    await world.clock.settle()
    const phone = await signedIn(world, '田中')
    expect(counts(phone, '#ops')).toEqual([2, 1])
    expect(counts(phone, '@Zed')).toEqual([1, 1])
    phone.talk.go('@Zed')
    await world.clock.settle()
    expect(phone.texts('@Zed')).toEqual(['Zed: psst'])
    phone.talk.enter('psst yourself')
    await world.clock.settle()
    expect(zed.texts('@田中')).toEqual(['Zed: psst', '田中: psst yourself'])
  })

  test('writes to no later holder of a name, unless that one is meant', async () => {
    const world = await openWorld({ rate: null })
    const desk = await register(world, 'Mr.Blue')
    const first = await device(world, 'Zed')
    desk.talk.enter('/msg Zed hello')
    await world.clock.settle()
    first.client.leave()
    await world.clock.settle()
    const second = await device(world, 'Zed')
    desk.talk.enter('for the first one')
    await world.clock.settle()
    expect(second.texts('@Mr.Blue')).toEqual([])
    desk.talk.enter('/msg Zed for whoever it is now')
    await world.clock.settle()
    expect(second.texts('@Mr.Blue')).toEqual(['Mr.Blue: for whoever it is now'])
  })
})

describe('[I11] a guest in a chat', () => {
  test('goes on as an account, with its rooms, and without the conversations of the guest', async () => {
    const world = await openWorld({ rate: null })
    const desk = await register(world, 'Mr.Blue')
    for (const text of ['/join ops', '/part lobby']) desk.talk.enter(text)
    await world.clock.settle()
    const phone = await device(world, 'somebody')
    const zed = await device(world, 'Zed')
    zed.talk.enter('/msg somebody psst')
    await world.clock.settle()
    expect(phone.texts('@Zed')).toEqual(['Zed: psst'])
    phone.talk.enter(`/login Mr.Blue ${SECRET}`)
    phone.talk.enter('/msg Zed it is me')
    await world.clock.settle()
    const { view } = phone.talk.chat$.value
    expect(view).toMatchObject({ name: 'Mr.Blue', account: true })
    expect([...view.rooms.keys()].sort()).toEqual(['lobby', 'ops'])
    expect(phone.texts('@Zed')).toEqual(['Mr.Blue: it is me'])
    expect(zed.texts('@Mr.Blue')).toEqual(['Mr.Blue: it is me'])
  })

  test('stays who it was after a wrong password, and says nothing that was meant for the account', async () => {
    const world = await openWorld({ rate: null })
    await register(world, 'Mr.Blue')
    const phone = await device(world, 'somebody')
    phone.talk.enter('/login Mr.Blue not this one')
    phone.talk.enter('as Mr.Blue')
    await world.clock.settle()
    await world.clock.advance(10_000)
    expect(phone.talk.chat$.value.view).toMatchObject({ name: 'somebody', account: false })
    expect(phone.texts('#lobby')).toEqual([])
    const failed = phone.talk.chat$.value.conversations.get('#lobby')?.timeline.entries.toArray()
    expect(failed).toContainEqual(expect.objectContaining({ kind: 'failed', text: 'as Mr.Blue' }))
    phone.talk.enter('as somebody')
    await world.clock.settle()
    expect(phone.texts('#lobby')).toEqual(['somebody: as somebody'])
  })
})

test('[I3] a device that is revoked ends; the one that revokes has a new list', async () => {
  const world = await openWorld({ rate: null })
  const desk = await register(world, 'Mr.Blue')
  const phone = await signedIn(world, 'Mr.Blue')
  phone.talk.ask({ type: 'keep', secret: 's'.repeat(43), label: 'phone' })
  await world.clock.settle()
  desk.talk.enter('/devices')
  await world.clock.settle()
  const kept = desk.talk.chat$.value.devices?.credentials.find(({ kind }) => kind === 'kept')
  expect(kept).toMatchObject({ label: 'phone' })
  desk.talk.enter(`/devices revoke ${kept?.id}`)
  await world.clock.settle()
  expect(desk.talk.chat$.value.devices?.credentials).toHaveLength(1)
  expect(phone.client.status$.value).toMatchObject({
    state: 'ended',
    end: { by: 'server', code: 'signed-out', exit: 4 },
  })
  desk.talk.enter('/logout')
  await world.clock.settle()
  expect(desk.client.status$.value).toMatchObject({ state: 'ended', end: { code: 'signed-out', exit: 0 } })
})
