/** A purge deletes exactly a member's messages since some time, over crashes, full disks and on several servers. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type MemoryJournal, memoryJournal } from '../../../src/journal/memory.ts'
import type { Entry } from '../../../src/model/input.ts'
import { ERASURE_RETRY_MS, GRACE_MS, PIECE_ROWS } from '../../../src/model/limits.ts'
import { nameKey } from '../../../src/model/name/name.ts'
import type { Journal } from '../../../src/port/journal.ts'
import { line, native, newObjects, object, say } from '../../helpers/actors.ts'
import { filtered, hosted } from '../../helpers/keeping.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { entriesIn } from '../../helpers/recorded.ts'
import { seededEntropy } from '../../helpers/seeded-entropy.ts'
import { runs } from '../../helpers/seeds.ts'
import { troubledJournal } from '../../helpers/troubled-journal.ts'
import { createWorld, type Wire, type World } from '../../helpers/world.ts'

const HOUR = 3_600_000
const SECONDS = 3600

/** The remaining texts of the journal, of all rooms and direct messages. */
const texts = async (journal: Journal): Promise<readonly string[]> =>
  (await entriesIn(journal)).flatMap(({ texts: { text } }) => (text === undefined ? [] : [text]))

const purged = (world: World): readonly unknown[] =>
  world.steps.flatMap(({ events }) =>
    events.flatMap(({ event }) =>
      event.type === 'moderated' && event.act === 'purge' ? [[event.room, event.by, event.who, event.value]] : [],
    ),
  )

async function scene(journal: Journal & Partial<Pick<MemoryJournal, 'textOf'>> = memoryJournal('epoch')) {
  const world = await openWorld({ rate: null }, journal)
  const [blue, zoya] = [await line(world, 'Mr.Blue'), await native(world, 'ЗОЯ')]
  return { world, journal, blue, zoya }
}

const writes = async (wire: Wire, ...all: readonly string[]): Promise<void> => {
  await wire.send(all.map(text => (text.startsWith('#') ? say(text, { room: 'ops' }) : say(text))).join(''))
}

const found = async (wire: Wire, words: string): Promise<unknown> => {
  newObjects(wire)
  await wire.send(object({ type: 'search', words, n: 99 }))
  return newObjects(wire).find(({ n }) => n === 99)?.['messages']
}

describe('a purge', () => {
  test('deletes what one wrote in one room since then, and nothing else; each is told without words', async () => {
    const { world, journal, blue, zoya } = await scene()
    const tanaka = await native(world, '田中')
    await tanaka.send(object({ type: 'join', room: 'ops' }))
    await writes(zoya, 'before long')
    await world.clock.advance(HOUR)
    for (const wire of [zoya, tanaka]) await wire.send(object({ type: 'pong' }))
    const again = await native(world, 'Spider-Man')
    await writes(again, 'others too')
    const flood = await native(world, 'a_b')
    await flood.send(object({ type: 'join', room: 'ops' }))
    await writes(flood, 'flood one', '# in ops', 'flood two')
    await flood.send(object({ type: 'tell', to: 'Spider-Man', text: 'flood to one' }))
    blue.news()
    newObjects(again)
    await hosted(world, { type: 'purge', who: 'a_b', room: 'lobby', for: SECONDS })
    expect(await texts(journal)).toEqual(['before long', 'others too', '# in ops', 'flood to one'])
    expect(purged(world)).toEqual([['lobby', 'Host', 'a_b', '2']])
    const deleted = { type: 'deleted', room: 'lobby', by: 'Host', bulk: true }
    expect(newObjects(again)).toMatchObject([deleted, deleted, { type: 'moderated', act: 'purge', value: '2' }])
    expect(blue.news()).toMatchObject([expect.stringContaining('a_b')])
    expect(await found(again, 'flood')).toMatchObject([{ text: 'flood to one' }])
    expect(world.state().purges.size).toBe(0)
  })

  test('of all rooms leaves direct messages, and what was written before', async () => {
    const { world, journal, blue } = await scene()
    await blue.send('early\n')
    await world.clock.advance(2 * HOUR)
    await blue.send('late\n/join ops\nin ops\n')
    await blue.send('/msg Mr.Blue to myself\n')
    await hosted(world, { type: 'purge', who: 'Mr.Blue', for: SECONDS })
    expect(await texts(journal)).toEqual(['early', 'to myself'])
    expect(purged(world)).toEqual([[null, 'Host', 'Mr.Blue', '2']])
  })

  test('of many messages works in pieces, and what comes meanwhile stays', async () => {
    const inner = memoryJournal('epoch')
    const sizes: number[] = []
    let during: (() => void) | null = null
    const journal = {
      ...inner,
      erase: async (seqs: readonly number[]) => {
        sizes.push(seqs.length)
        during?.()
        await inner.erase(seqs)
      },
    }
    const { world, zoya } = await scene(journal)
    const count = 5 * PIECE_ROWS
    await writes(zoya, ...Array.from({ length: count }, (_, at) => `flood ${at}`))
    during = () => {
      during = null
      zoya.peer.send(Buffer.from(say('meanwhile')))
    }
    await hosted(world, { type: 'purge', who: 'ЗОЯ', room: 'lobby', for: SECONDS })
    expect(await texts(journal)).toEqual(['meanwhile'])
    expect(purged(world)).toEqual([['lobby', 'Host', 'ЗОЯ', `${count}`]])
    expect(Math.max(...sizes)).toBeLessThanOrEqual(PIECE_ROWS)
  })

  test('goes by the times that messages have, also after the clock was set back', async () => {
    const { world, journal, blue } = await scene()
    await blue.send('with the wrong clock\n')
    world.clock.jump(-2 * HOUR)
    await blue.send('before\n')
    await world.clock.advance(HOUR + 60_000)
    await hosted(world, { type: 'purge', who: 'Mr.Blue', room: 'lobby', for: SECONDS })
    expect(await texts(journal)).toEqual(['before'])
  })

  test('leaves what comes right behind it', async () => {
    const { world, journal, zoya } = await scene()
    await writes(zoya, 'flood')
    expect(world.server.host({ type: 'purge', who: 'ЗОЯ', for: SECONDS })).toBeNull()
    await writes(zoya, 'after')
    expect([await texts(journal), purged(world)]).toEqual([['after'], [[null, 'Host', 'ЗОЯ', '1']]])
  })

  test('is for keepers, of members below them', async () => {
    const { world, journal } = await scene()
    const enter = (name: string): Promise<Wire> => native(world, name, { room: 'ops' })
    const [founder, operator, guest] = [await enter('Spider-Man'), await enter('a_b'), await enter('田中')]
    await founder.send(object({ type: 'op', who: 'a_b', room: 'ops' }))
    for (const wire of [founder, operator, guest]) await writes(wire, '# mine')
    const purges = async (wire: Wire, who: string): Promise<unknown> => {
      newObjects(wire)
      await wire.send(object({ type: 'purge', who, room: 'ops', for: SECONDS, n: ++numbers }))
      return newObjects(wire).find(({ n }) => n === numbers)
    }
    expect(await purges(guest, 'Spider-Man')).toMatchObject({ code: 'role-needed' })
    expect(await purges(operator, 'Spider-Man')).toMatchObject({ code: 'outranked' })
    expect(await purges(operator, '田中')).toMatchObject({ type: 'ok' })
    expect(await texts(journal)).toEqual(['# mine', '# mine'])
    expect(await purges(founder, 'a_b')).toMatchObject({ type: 'ok' })
    expect(await texts(journal)).toEqual(['# mine'])
  })

  test('drops what waits for a keeper', async () => {
    const { world, zoya } = await scene()
    await filtered(world, 'maybe', 'hold')
    await writes(zoya, 'maybe')
    const { seq } = world.state()
    await hosted(world, { type: 'purge', who: 'ЗОЯ', for: SECONDS })
    expect(world.state().held.size).toBe(0)
    expect(world.server.host({ type: 'release', seq })).toMatchObject({ code: 'held-unknown' })
  })
})

let numbers = 0

/** The number of messages that were told of as deleted. */
const told = (entries: readonly Entry[]): number =>
  new Set(entries.flatMap(({ input }) => (input.type === 'delete' ? [input.target] : []))).size

const AUTHORS = ['Spider-Man', 'ЗОЯ', '田中'] as const
const ROOMS = ['lobby', 'ops'] as const

test('a purge deletes exactly what one wrote in the place since then', async () => {
  const author = fc.constantFrom(...AUTHORS)
  const act = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ do: fc.constant('say' as const), by: author, room: fc.constantFrom(...ROOMS) }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.constantFrom(10, 20) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        ...{ do: fc.constant('purge' as const), of: author, minutes: fc.constantFrom(10, 20, 40) },
        room: fc.constantFrom(...ROOMS, undefined),
      }),
    },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 30 }), async acts => {
      const journal = memoryJournal('epoch')
      const world = await createWorld({ rate: null }, journal)
      const wires = new Map<string, Wire>()
      for (const name of AUTHORS) {
        const wire = await line(world, name)
        await wire.send('/join ops\n')
        wires.set(name, wire)
      }
      let left: { readonly text: string; readonly by: string; readonly room: string; readonly at: number }[] = []
      for (const [k, one] of acts.entries()) {
        const at = world.clock.now()
        if (one.do === 'wait') await world.clock.advance(one.minutes * 60_000)
        else if (one.do === 'say') {
          await wires.get(one.by)?.send(`/join ${one.room}\nmessage ${k}\n`)
          left.push({ text: `message ${k}`, by: one.by, room: one.room, at })
        } else {
          await hosted(world, { type: 'purge', who: one.of, room: one.room, for: one.minutes * 60 })
          const isGone = (message: (typeof left)[number]): boolean =>
            message.by === one.of &&
            message.at >= at - one.minutes * 60_000 &&
            (one.room ?? message.room) === message.room
          left = left.filter(message => !isGone(message))
        }
        expect(await texts(journal)).toEqual(left.map(({ text }) => text))
      }
      await world.close()
    }),
    { numRuns: runs(30) },
  )
})

describe('somebody who has left', () => {
  test('is found by what it wrote lately there, and banned by its id', async () => {
    const { world, journal, blue } = await scene()
    const gone = await line(world, 'ЗОЯ-2')
    await gone.send('flood\n')
    const id = world.state().members.find(({ name }) => name.text === 'ЗОЯ-2')?.id
    await gone.send('/quit\n')
    await blue.send('others\n')
    await hosted(world, { type: 'purge', who: 'зоя-2', room: 'lobby', for: SECONDS })
    expect(await texts(journal)).toEqual(['others'])
    await hosted(world, { type: 'mute', who: 'ЗОЯ-2', reason: null })
    expect(world.state().sanctions.last()).toMatchObject({ member: id, name: 'ЗОЯ-2' })
  })

  test('and is meant by its id keeps its last name, not the one that the keeper types', async () => {
    const { world, journal, blue } = await scene()
    const gone = await line(world, 'مريم')
    await gone.send('flood\n')
    const id = world.state().members.find(({ name }) => name.text === 'مريم')?.id ?? ''
    await gone.send('/quit\n')
    await hosted(world, { type: 'ban', id, who: 'Mr.Blue', reason: null })
    expect(world.state().sanctions.last()).toMatchObject({ member: id, name: 'مريم', keys: [nameKey('مريم')] })
    expect(blue.closed()).toBe(false)
    await hosted(world, { type: 'purge', id, for: SECONDS })
    expect([await texts(journal), purged(world)]).toEqual([[], [[null, 'Host', 'مريم', '1']]])
    await hosted(world, { type: 'purge', id: 'nobody', who: 'Mr.Blue', for: SECONDS })
    await blue.send('still here\n')
    expect(await texts(journal)).toEqual(['still here'])
  })

  test('is found by a session that has lapsed, so that another name does not help it', async () => {
    const { world, journal } = await scene()
    const again = { token: 'made-by-the-client-0123456789abcdef', epoch: 'epoch', cursor: 0 }
    const gone = await native(world, '田中', again)
    await gone.send(say('flood') + object({ type: 'nick', name: '田中2' }))
    gone.peer.vanish()
    await world.clock.advance(GRACE_MS)
    await hosted(world, { type: 'purge', who: '田中2', room: 'lobby', for: SECONDS })
    expect(await texts(journal)).toEqual([])
    await hosted(world, { type: 'mute', who: '田中2', room: 'lobby', reason: null })
    const back = world.dial()
    await back.send(object({ type: 'hello', name: 'مريم', ...again }))
    await back.send(say('hello', { n: 1 }))
    expect(back.objects().find(({ n }) => n === 1)).toMatchObject({ code: 'muted' })
  })

  test('and was never there is unknown; the history of another room is not looked at', async () => {
    const { world, zoya } = await scene()
    const gone = await line(world, 'a_b')
    await gone.send('/join ops\nhello\n/quit\n')
    await zoya.send(object({ type: 'join', room: 'ops' }))
    await hosted(world, { type: 'purge', who: 'a_b', room: 'lobby', for: SECONDS })
    await hosted(world, { type: 'purge', who: 'nobody', for: SECONDS })
    expect([world.state().purges.size, purged(world)]).toEqual([0, []])
  })
})

describe('trouble', () => {
  test('an erasure that fails, deletions and an end that cannot be stored: all is tried again', async () => {
    const inner = memoryJournal('epoch')
    let isFull = false
    const journal = troubledJournal({
      ...inner,
      erase: async seqs => {
        if (isFull) throw new Error('the disk is full')
        await inner.erase(seqs)
      },
    })
    const { world, blue } = await scene(journal)
    await blue.send('flood\nflood\n')
    isFull = true
    await hosted(world, { type: 'purge', who: 'Mr.Blue', for: SECONDS })
    expect(await texts(journal)).toEqual(['flood', 'flood'])
    isFull = false
    journal.full = true
    await world.clock.advance(ERASURE_RETRY_MS)
    expect([await texts(journal), world.state().purges.size]).toEqual([[], 1])
    await world.clock.advance(ERASURE_RETRY_MS)
    journal.full = false
    await world.clock.advance(ERASURE_RETRY_MS)
    expect(purged(world)).toEqual([[null, 'Host', 'Mr.Blue', '2']])
    expect(told(await entriesIn(journal))).toBe(2)
    expect(world.troubles.splice(0).every(({ type }) => type === 'storage')).toBe(true)
  })

  test('a server that dies in the middle goes on at its next start, and tells of all of them', async () => {
    const inner = memoryJournal('epoch')
    const never = new Promise<never>(() => {})
    let [isDead, erasures] = [false, 0]
    const mortal = (): Journal & Pick<MemoryJournal, 'textOf'> => ({
      ...inner,
      // The texts are gone, and the server with them, before it could say so.
      erase: async seqs => {
        if (isDead) return never
        await inner.erase(seqs)
        erasures += 1
        if (erasures !== 2) return
        isDead = true
        return never
      },
      append: async batch => (isDead ? never : inner.append(batch)),
      close: async () => {},
    })
    const first = await createWorld({ rate: null }, mortal())
    const zoya = await native(first, 'ЗОЯ')
    const count = 2 * PIECE_ROWS + 7
    await writes(zoya, ...Array.from({ length: count }, (_, at) => `flood ${at}`))
    await hosted(first, { type: 'purge', who: 'ЗОЯ', for: SECONDS })
    expect([isDead, (await texts(inner)).length]).toEqual([true, 7])
    isDead = false
    erasures = Number.NEGATIVE_INFINITY
    const second = await openWorld({ rate: null }, mortal(), { entropy: seededEntropy('later-') })
    await second.clock.settle()
    expect([await texts(inner), purged(second)]).toEqual([[], [[null, 'Host', 'ЗОЯ', `${count}`]]])
    expect(told(await entriesIn(inner))).toBe(count)
  })
})

test('[Y5] each text of an edited message is erased before the deletion that lists it is stored', async () => {
  const inner = memoryJournal('epoch')
  const left: unknown[] = []
  const journal: Journal = {
    ...inner,
    async append(batch) {
      for (const { input } of batch) {
        if (input.type !== 'delete') continue
        const { target, texts: places = [] } = input
        left.push([places.length, (await inner.texts([target, ...places])).size])
      }
      return inner.append(batch)
    },
  }
  const { world, zoya } = await scene(journal)
  await writes(zoya, 'a draft')
  const seq = world.steps.findLast(({ events }) => events.some(({ event }) => event.type === 'said'))?.seq
  await zoya.send(object({ type: 'edit', n: 50, seq, room: 'lobby', text: 'a better one' }))
  await world.clock.advance(1000)
  await hosted(world, { type: 'purge', who: 'ЗОЯ', room: 'lobby', for: SECONDS })
  expect(left).toEqual([[1, 0]])
})
