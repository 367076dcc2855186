/**
 * A protocol in which a client negotiates capabilities before it says its name, as IRC's do. The toy codec here takes
 * the place of one, so that the server's side of it is tested before a real protocol needs it.
 */
import { describe, expect, test, vi } from 'vitest'
import type { Ask, Codec, Encoding, Outgoing, Recipient } from '../../../src/codec/codec.ts'
import { type Carry, emptyCarry, finishLines, held, pullLine, pushLines } from '../../../src/codec/lines.ts'
import { native, say } from '../../helpers/actors.ts'
import { openWorld } from '../../helpers/open-world.ts'
import type { World } from '../../helpers/world.ts'

vi.mock('../../../src/server/connection/codecs.ts', async original => {
  const { codecs } = await original<typeof import('../../../src/server/connection/codecs.ts')>()
  return { codecs: (...how: Parameters<typeof codecs>) => ({ ...codecs(...how), irc: toy }) }
})

/** How often each encoding wrote something for all of its readers. */
const shared: string[] = []

const encodingOf = (id: string, stamp: string): Encoding<string> => ({
  ...{ id, protocol: 'line', echoes: false, resumes: false, recalls: false, pings: false, ignores: false, pace: null },
  encode(outgoing: Outgoing, recipient?: Recipient) {
    if (recipient) return [`${recipient.name ?? '*'} ${outgoing.type}\n`]
    shared.push(id)
    if (outgoing.type !== 'event' || outgoing.event.type !== 'said') return []
    return [`${stamp}${outgoing.event.from}: ${outgoing.text}\n`]
  },
})

const plain = encodingOf('toy', '')
const stamped = encodingOf('toy+time', '@time ')

function asked(line: string): Ask {
  const [verb, rest = ''] = line.split(/ (.*)/)
  if (line === 'CAP LS') return { type: 'answered', text: 'CAP * LS :time\n' }
  if (line === 'CAP REQ time') return { type: 'negotiated', encoding: stamped }
  if (verb === 'PING') return { type: 'answered', text: `PONG ${rest}\n` }
  if (verb === 'NICK') return { type: 'hello', name: rest, room: null, history: null }
  if (verb === 'RENAME') return { type: 'command', n: null, command: { type: 'nick', name: rest } }
  return { type: 'command', n: 1, command: { type: 'say', room: 'lobby', text: rest, action: false } }
}

const toy: Codec<Carry> = {
  encoding: plain,
  onRefusal: 'go-on',
  decoder: {
    ...{ empty: emptyCarry, push: pushLines, finish: finishLines, size: held },
    pull(carry) {
      const { line, ...rest } = pullLine(carry, 512)
      return { ask: line?.type === 'line' ? asked(line.text) : null, ...rest }
    },
  },
}

async function enters(world: World, ...lines: readonly string[]) {
  const wire = world.dial()
  await wire.send(lines.map(line => `${line}\n`).join(''))
  return wire
}

describe('a client that negotiates', () => {
  test('is answered by the decoder in turn, before it has a name and after', async () => {
    const world = await openWorld()
    const wire = await enters(world, 'CAP LS', 'NICK Mr.Blue', 'PING 1')
    expect(wire.news()).toEqual([
      'CAP * LS :time',
      'Mr.Blue welcome',
      'Mr.Blue room',
      'Mr.Blue conversations',
      'PONG 1',
    ])
    await wire.send('PING 2\n')
    expect(wire.news()).toEqual(['PONG 2'])
  })

  test('shares frames with those of the same capabilities, and each set is encoded once [F1]', async () => {
    const world = await openWorld()
    const alike = [
      await enters(world, 'CAP REQ time', 'NICK Spider-Man'),
      await enters(world, 'CAP LS', 'CAP REQ time', 'NICK 田中'),
    ]
    const other = await enters(world, 'CAP LS', 'NICK a|b')
    const speaker = await native(world, 'İbo')
    for (const wire of [...alike, other]) wire.news()
    shared.length = 0
    await speaker.send(say('hello'))
    expect(alike.map(wire => wire.news())).toEqual([['@time İbo: hello'], ['@time İbo: hello']])
    expect(other.news()).toEqual(['İbo: hello'])
    expect(shared.sort()).toEqual(['toy', 'toy+time'])
  })

  test('is written to by the name that it has now', async () => {
    const world = await openWorld()
    const wire = await enters(world, 'NICK Spider-Man')
    await wire.send('SAY one\n')
    await wire.send('RENAME back\\slash\n')
    wire.news()
    await wire.send('SAY two\n')
    expect(wire.news()).toEqual(['back\\slash result'])
  })

  test('has no name yet when it is refused', async () => {
    const world = await openWorld()
    await native(world, 'Spider-Man')
    const wire = await enters(world, 'NICK spider-man')
    expect(wire.news()).toEqual(['* rejected'])
  })

  test('keeps the encoding in which its session began', async () => {
    const world = await openWorld()
    const wire = await enters(world, 'NICK Spider-Man')
    await wire.send('CAP REQ time\n')
    const speaker = await native(world, 'José')
    wire.news()
    await speaker.send(say('hello'))
    expect(wire.news()).toEqual(['José: hello'])
  })
})
