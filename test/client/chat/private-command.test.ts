import { describe, expect, test } from 'vitest'
import { here } from '../../../src/client/chat/chat.ts'
import { createChatStore } from '../../../src/client/chat/chat-store.ts'
import { connect } from '../../../src/client/session/connection.ts'
import { native, textsOf } from '../../helpers/actors.ts'
import { memoryDialer } from '../../helpers/memory-dialer.ts'
import { openWorld } from '../../helpers/open-world.ts'

async function talkOf(name: string) {
  const world = await openWorld({ rate: null })
  const bob = await native(world, '田中')
  const client = connect(
    { dial: memoryDialer(world).dial, clock: world.clock, random: () => 0, secret: () => 'f'.repeat(64) },
    { name, room: 'lobby', reconnect: true, history: null },
  )
  const talk = createChatStore(client, { name, room: 'lobby' }, () => world.clock.now())
  await world.clock.settle()
  const enter = async (...texts: readonly string[]): Promise<void> => {
    for (const text of texts) talk.enter(text)
    await world.clock.settle()
  }
  const entries = () => here(talk.chat$.value).timeline.entries.toArray()
  const notes = () => entries().flatMap(entry => (entry.kind === 'note' ? entry.lines : []))
  const texts = () => entries().flatMap(entry => (entry.kind === 'said' ? [entry.text] : []))
  return { world, bob, client, talk, enter, notes, texts }
}

describe('[U12] in a talk with one person', () => {
  test('/delete takes back what was said there, and nothing of the lobby', async () => {
    const { bob, client, enter, talk, texts, notes } = await talkOf('Spider-Man')
    await enter('in the lobby', '/msg 田中 one', 'two')
    await enter('/delete')
    expect(texts()).toEqual(['one', null])
    expect(notes()).toHaveLength(1)
    await enter('/delete', '/delete')
    talk.go('#lobby')
    expect(texts()).toEqual(['in the lobby'])
    expect(textsOf(bob)).toContain('in the lobby')
    client.close()
  })

  test('/part puts the talk away and leaves no room; what needs a room is refused', async () => {
    const { client, enter, talk, notes } = await talkOf('Spider-Man')
    await enter('/msg 田中 psst', '/topic for whom', '/who')
    expect(notes().filter(line => line.includes('a direct conversation'))).toHaveLength(2)
    await enter('/part')
    expect(talk.chat$.value.where).toBe('#lobby')
    expect([...talk.chat$.value.conversations.keys()]).toEqual(['#lobby'])
    expect([...talk.chat$.value.view.rooms.keys()]).toEqual(['lobby'])
    client.close()
  })

  test('/away, /back and /nick are answered there', async () => {
    const { client, enter, notes } = await talkOf('Spider-Man')
    await enter('/msg 田中 psst', '/away lunch', '/back', '/nick Mr.Blue')
    expect(notes()).toEqual(['You are away (lunch). /back ends it.', 'You are back.', 'Your name is now Mr.Blue.'])
    client.close()
  })

  test('of an unknown person, there is nothing to load', async () => {
    const { client, enter, talk } = await talkOf('Spider-Man')
    await enter('/msg passerby hi')
    expect(here(talk.chat$.value).past).toBe('all')
    expect(talk.chat$.value.loading).toBeNull()
    client.close()
  })
})

describe('leaving the last room', () => {
  test('is not leaving the chat, and says so', async () => {
    const { bob, client, enter, notes } = await talkOf('Spider-Man')
    await enter('/part')
    expect(notes()).toEqual([
      'You are in no room now, but still in the chat. Type /join to enter a room, or /quit to leave.',
    ])
    await enter('/msg 田中 still here')
    expect(textsOf(bob)).toContain('still here')
    client.close()
  })
})
