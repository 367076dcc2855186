/** A message that waited and is released is a message like every other: once, everywhere, under its author's name. */
import { describe, expect, test } from 'vitest'
import { type MemoryJournal, memoryJournal } from '../../../src/journal/memory.ts'
import { memoryHistory } from '../../../src/journal/memory-history.ts'
import type { Journal } from '../../../src/port/journal.ts'
import type { WebhookSender } from '../../../src/port/webhook-sender.ts'
import { recover } from '../../../src/server/commit/recover.ts'
import { line, native, newObjects, object, say } from '../../helpers/actors.ts'
import { filtered, hosted } from '../../helpers/keeping.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { entriesIn } from '../../helpers/recorded.ts'
import { seededEntropy } from '../../helpers/seeded-entropy.ts'
import { troubledJournal } from '../../helpers/troubled-journal.ts'
import { createWorld, type Wire, type World } from '../../helpers/world.ts'

const TOKEN = 'made-by-the-client-0123456789abcdef'
const forwarded: string[] = []
const webhooks: WebhookSender = {
  secret: ({ salt }) => salt,
  forbids: (_, done) => done(null),
  send: async ({ body }) => {
    forwarded.push((JSON.parse(body) as { text: string }).text)
    return null
  },
  close: () => {},
}

/** A founder, the author of a held message in line mode, and others, in a room where a filter holds `maybe`. */
async function scene(journal: Journal & Partial<Pick<MemoryJournal, 'textOf'>> = memoryJournal('epoch')) {
  forwarded.length = 0
  const world = await openWorld({ rate: null }, journal, { webhooks })
  const founder = await line(world, 'Mr.Blue')
  const author = await line(world, 'ЗОЯ')
  for (const wire of [founder, author]) await wire.send('/join ops\n')
  const others = [await native(world, '田中', { room: 'ops', token: TOKEN }), await line(world, 'a_b')]
  await others[1]?.send('/join ops\n')
  const filter = await filtered(world, 'maybe', 'hold', 'ops')
  const hold = async (text: string): Promise<number> => {
    await author.send(`${text}\n`)
    for (const wire of [founder, author, ...others]) wire.news()
    return world.state().seq
  }
  return { world, journal, founder, author, others, tanaka: others[0] as Wire, filter, hold }
}

const idOf = (world: World, name: string): string | undefined =>
  world.state().members.find(member => member.name.text === name)?.id

const lines = (wire: Wire): readonly string[] => wire.news().map(one => one.replace(/^\[[\d:]+\] /, ''))

describe('a released message', () => {
  test('is said once to all, the author and the keeper too, with its author and its mentions', async () => {
    const { world, founder, author, tanaka, others, hold } = await scene()
    const held = await hold('maybe @田中 likes it')
    await founder.send(`/release ${held}\n`)
    const said = '#ops ЗОЯ > maybe @田中 likes it'
    expect(lines(founder)).toEqual([expect.stringContaining('ЗОЯ'), said])
    expect(lines(author)).toEqual([expect.stringContaining('released'), said])
    expect(lines(others[1] as Wire)).toEqual([said])
    expect(newObjects(tanaka)).toMatchObject([
      {
        ...{
          type: 'said',
          seq: held + 1,
          room: 'ops',
          from: 'ЗОЯ',
          id: idOf(world, 'ЗОЯ'),
          text: 'maybe @田中 likes it',
        },
        mentions: [idOf(world, '田中')],
      },
    ])
    expect(world.state().held.size).toBe(0)
  })

  test('is in the history and in searches, unread and as a mention, and was neither before', async () => {
    const { world, founder, tanaka, hold } = await scene()
    const held = await hold('maybe 田中')
    const asks = async (query: object): Promise<unknown> => {
      await tanaka.send(object({ ...query, n: 7 }))
      return newObjects(tanaka).find(({ n }) => n === 7)?.['messages']
    }
    const seen = [{ seq: held + 1, from: 'ЗОЯ', text: 'maybe 田中' }]
    expect([await asks({ type: 'history', room: 'ops' }), await asks({ type: 'search', words: 'maybe' })]).toEqual([
      [],
      [],
    ])
    await founder.send(`/release ${held}\n`)
    expect(await asks({ type: 'history', room: 'ops' })).toMatchObject(seen)
    expect(await asks({ type: 'search', words: 'maybe' })).toMatchObject(seen)
    const again = world.dial()
    await again.send(object({ type: 'hello', token: TOKEN, epoch: 'another', cursor: 0 }))
    expect(again.objects().find(({ room }) => room === 'ops')).toMatchObject({ unread: 1, mentions: 1 })
  })

  test('goes to programs: webhooks and streams', async () => {
    const { world, founder, hold } = await scene()
    world.server.hooks.add('https://example.com/hook', { room: 'ops' }, () => {})
    world.server.grants.add({ name: 'ci', room: null, read: true, write: true }, () => {})
    await world.clock.settle()
    const [grant] = world.state().grants.values()
    if (!grant) throw new Error('no grant')
    const stream = world.server.api.listen(grant, 'ops', null, { wake: () => {}, end: () => {}, address: '192.0.2.1' })
    const taken = (): string => {
      let text = ''
      for (let batch = stream?.take(1000); batch instanceof Uint8Array; batch = stream?.take(1000))
        text += `${Buffer.from(batch)}`
      return text
    }
    const held = await hold('maybe yes')
    await world.clock.advance(1000)
    expect([forwarded, taken().includes('maybe')]).toEqual([[], false])
    await founder.send(`/release ${held}\n`)
    await world.clock.advance(1000)
    expect(forwarded).toEqual(['maybe yes'])
    expect(taken().split('"type":"said"').length).toBe(2)
    if (stream) world.server.api.leave(stream)
  })

  test('is released once, also if another keeper asks again, and by nobody without the right', async () => {
    const { world, founder, tanaka, hold } = await scene()
    const held = await hold('maybe')
    await tanaka.send(object({ type: 'release', seq: held, n: 1 }))
    expect(newObjects(tanaka)).toMatchObject([{ code: 'role-needed', n: 1 }])
    expect((await entriesIn(world.journal)).filter(({ input }) => input.type === 'release')).toEqual([])
    await founder.send('/op 田中\n')
    newObjects(tanaka)
    const asked = object({ type: 'release', seq: held, n: 2 })
    await tanaka.send(asked)
    expect(newObjects(tanaka).map(({ type }) => type)).toEqual(['moderated', 'said', 'ok'])
    await tanaka.send(asked)
    expect(newObjects(tanaka)).toMatchObject([{ type: 'ok', n: 2 }])
    await tanaka.send(object({ type: 'release', seq: held, n: 3 }) + say('next', { room: 'ops', n: 4 }))
    expect(newObjects(tanaka).map(({ type, n, code }) => [type, n, code])).toEqual([
      ['rejected', 3, 'held-unknown'],
      ['said', undefined, undefined],
      ['ok', 4, undefined],
    ])
    expect(world.server.host({ type: 'release', seq: held })).toMatchObject({ code: 'held-unknown' })
    expect(world.server.host({ type: 'release', seq: 0 })).toMatchObject({ code: 'held-unknown' })
  })

  test('by two keepers at once is said once, and no copy of its text stays', async () => {
    const { world, founder, tanaka, others, hold } = await scene()
    await founder.send('/op a_b\n')
    const held = await hold('maybe')
    founder.peer.send(Buffer.from(`/release ${held}\n`))
    await others[1]?.send(`/release ${held}\n`)
    expect(newObjects(tanaka).filter(({ type }) => type === 'said')).toHaveLength(1)
    expect(lines(others[1] as Wire).join()).toContain(`No message ${held} waits here`)
    const kept = (await entriesIn(world.journal)).filter(({ texts }) => texts.text === 'maybe')
    expect(kept.map(({ input }) => input.type)).toEqual(['release'])
    expect(world.state().obsolete.size).toBe(0)
  })

  test('by the host; one that is dropped is said to nobody, and its author is told', async () => {
    const { world, author, tanaka, hold } = await scene()
    const [first, second] = [await hold('maybe one'), await hold('maybe two')]
    await hosted(world, { type: 'drop', seq: first })
    expect(lines(author)).toEqual([expect.stringContaining('ЗОЯ')])
    expect(newObjects(tanaka)).toEqual([])
    await hosted(world, { type: 'release', seq: second })
    expect(newObjects(tanaka)).toMatchObject([{ type: 'said', text: 'maybe two' }])
    await world.clock.settle()
    const texts = await world.journal.texts([first, second, world.state().seq])
    expect([texts.has(first), texts.has(second)]).toEqual([false, false])
  })

  test('although its author has another name by now, or has left', async () => {
    const { world, founder, author, tanaka, hold } = await scene()
    const [first, second] = [await hold('maybe one'), await hold('maybe two')]
    await author.send('/nick Zoë\n')
    newObjects(tanaka)
    await founder.send(`/release ${first}\n`)
    expect(newObjects(tanaka)).toMatchObject([{ type: 'said', from: 'Zoë', text: 'maybe one' }])
    await author.send('/quit\n')
    newObjects(tanaka)
    await founder.send(`/release ${second}\n`)
    expect(newObjects(tanaka)).toMatchObject([{ type: 'said', from: 'ЗОЯ', text: 'maybe two' }])
    expect(world.state().held.size).toBe(0)
  })
})

describe('a held message', () => {
  test('survives a restart with its text, and a replay gives the same room', async () => {
    const kept = memoryJournal('epoch')
    const lasting = (): typeof kept => ({ ...kept, close: async () => {} })
    const first = await createWorld({ rate: null }, lasting())
    const founder = await line(first, 'Mr.Blue')
    const author = await line(first, 'ЗОЯ')
    for (const wire of [founder, author]) await wire.send('/join ops\n')
    const staying = await native(first, '田中', { room: 'ops', token: TOKEN })
    await filtered(first, 'maybe', 'hold', 'ops')
    await author.send('maybe\n')
    const held = first.state().seq
    await first.close()
    const second = await openWorld({ rate: null }, lasting(), { entropy: seededEntropy('later-') })
    await second.clock.settle()
    expect(await second.server.ask({ type: 'list', what: 'held', room: 'ops', limit: 10 })).toMatchObject({
      entries: [{ seq: held, text: 'maybe', from: 'ЗОЯ' }],
    })
    await hosted(second, { type: 'release', seq: held })
    const again = second.dial()
    await again.send(object({ type: 'hello', token: TOKEN, epoch: 'epoch', cursor: held }))
    const texts = again.text().split('"maybe"').length - 1
    expect([texts, staying.text().includes('"maybe"')]).toEqual([1, false])
    const history = memoryHistory(kept.textOf)
    const replayed = (await recover(kept, history, () => {})).finish()
    expect(JSON.stringify(replayed)).toBe(JSON.stringify(second.state()))
    expect(history.page({ room: 'ops' }, { before: 1e9 }, 10).messages.map(({ text }) => text)).toEqual(['maybe'])
  })

  test('stays held if the release cannot be stored', async () => {
    const { world, journal, tanaka, founder, hold } = await scene(troubledJournal())
    const held = await hold('maybe')
    Object.assign(journal, { full: true })
    await founder.send(`/release ${held}\n`)
    expect(lines(founder)).toMatchObject([expect.stringContaining('cannot store messages now')])
    expect([world.state().held.size, newObjects(tanaka)]).toEqual([1, []])
    Object.assign(journal, { full: false })
    expect(world.troubles.splice(0)).toMatchObject([{ type: 'storage' }])
    await founder.send(`/release ${held}\n`)
    expect(newObjects(tanaka)).toMatchObject([{ type: 'said', text: 'maybe' }])
  })

  test('is told to all sessions of its author, also to one that resumes', async () => {
    const world = await openWorld({ rate: null })
    const token = TOKEN
    const founder = await native(world, 'Mr.Blue', { room: 'ops' })
    const author = await native(world, 'ЗОЯ', { room: 'ops', token })
    await filtered(world, 'maybe', 'hold', 'ops')
    const cursor = world.state().seq
    author.peer.vanish()
    const sent = world.dial()
    await sent.send(object({ type: 'hello', token, epoch: 'epoch', cursor }) + say('maybe', { room: 'ops', n: 1 }))
    expect(newObjects(sent).map(({ type }) => type)).toEqual(['welcome', 'held', 'ok'])
    sent.peer.vanish()
    await world.clock.settle()
    newObjects(founder)
    await founder.send(object({ type: 'release', seq: world.state().held.first()?.seq ?? 0, n: 1 }))
    const back = world.dial()
    await back.send(object({ type: 'hello', token, epoch: 'epoch', cursor }))
    expect(newObjects(back).map(({ type, text }) => [type, text])).toEqual([
      ['welcome', undefined],
      ['held', 'maybe'],
      ['ok', undefined],
      ['moderated', undefined],
      ['said', 'maybe'],
    ])
  })
})
