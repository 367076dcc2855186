/** Every name that the rules allow works on every surface: the server in memory, with a person in each protocol. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evolveChat } from '../src/client/chat.ts'
import { newChat } from '../src/client/chat-state.ts'
import { readReply } from '../src/codec/native/reply.ts'
import { chatFrame } from '../src/tui/chat/frame.ts'
import { newUi } from '../src/tui/chat/ui.ts'
import { plain } from '../src/tui/text/line.ts'
import { FACE } from './helpers/arbitrary-chats.ts'
import { anyName, cast } from './helpers/cast.ts'
import { openWorld } from './helpers/open-world.ts'
import { classic, line, native, object, say } from './helpers/people.ts'
import { runs, seedOf } from './helpers/seeds.ts'
import type { Wire, World } from './helpers/world.ts'

const has = (wire: Wire, fields: object): void => expect(wire.objects()).toContainEqual(expect.objectContaining(fields))

/** Only in the native protocol may a name begin as its lines do. */
const isTyped = (name: string): boolean => !name.startsWith('{')

async function tried(world: World, name: string): Promise<void> {
  const alice = await native(world, 'alice-of-old')
  const watching = await line(world, 'watcher')
  const original = await classic(world, 'original')
  const one = await native(world, name.normalize('NFD'))
  has(one, { type: 'welcome', name })
  has(alice, { type: 'joined', name })
  expect(watching.text()).toContain(name)
  await world.clock.advance(1000)
  expect(original.text()).toContain(` [*] ${name} entered.`)

  await one.send(say('from me'))
  await alice.send(object({ type: 'tell', to: name.normalize('NFD'), text: 'alone' }))
  await alice.send(say(`about @${name}`))
  await world.clock.advance(1000)
  has(alice, { type: 'said', from: name, text: 'from me' })
  has(one, { type: 'told', to: name, text: 'alone' })
  expect(watching.text()).toContain(`${name} > from me`)
  expect(original.text()).toContain(`${name} > from me`)

  if (/[\p{L}\p{N}]/u.test(name)) {
    await alice.send(object({ type: 'search', n: 1, words: name }))
    await world.clock.advance(1000)
    const [found] = alice.objects().filter(({ type }) => type === 'found') as { messages?: { text: string }[] }[]
    expect(found?.messages?.map(({ text }) => text)).toContain(`about @${name}`)
  }

  const frame = chatFrame(chatOf(one, name), newUi('#lobby'), { columns: 120, rows: 40 }, FACE, 0)
  expect(frame.lines.map(plain).join('\n')).toContain('from me')
  expect(frame.lines.flat().some(({ role, bold }) => role === 'mention' && bold)).toBe(true)

  await one.send(object({ type: 'delete', n: 1, seq: null, room: 'lobby' }))
  await world.clock.advance(1000)
  has(alice, { type: 'deleted', by: name })
  world.server.host({ type: 'kick', name, reason: null })
  await world.clock.advance(1000)
  has(alice, { type: 'quit', name, cause: 'kicked' })
  has(one, { type: 'closed', code: 'kicked' })

  if (!isTyped(name)) return
  const typed = await line(world, name)
  await typed.send('typed\n')
  has(alice, { type: 'said', from: name, text: 'typed' })
  await typed.send('/quit\n')
  const old = await classic(world, name)
  // What may yet become a verb of another protocol is waited for, such as N, of NICK.
  await world.clock.advance(3000)
  await old.send('from old')
  await world.clock.advance(1000)
  has(alice, { type: 'said', from: name, text: 'from old' })
  expect(old.text()).toContain(`&${name}`)
  expect(world.troubles).toEqual([])
}

/** What its client has made of what it heard. */
function chatOf(wire: Wire, name: string) {
  let chat = newChat(name, 'lobby', 0)
  for (const text of wire.lines()) {
    const reply = readReply(text)
    if (reply) chat = evolveChat(chat, { type: 'spoken', spoken: { reply, replayed: false }, now: 0 })
  }
  return chat
}

describe('[N1] a name that is allowed works on every surface', () => {
  test.each(cast)('%s', async name => tried(openWorld(), name))

  test('whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(anyName, async name => tried(openWorld(), name)),
      { seed: seedOf(9), numRuns: runs(25) },
    )
  })
})
