/**
 * Members don't read the messages of those that they ignore; the server leaves them out for clients that can't hide
 * them.
 */
import { describe, expect, test } from 'vitest'
import { line, native, newObjects, object, say } from '../../helpers/actors.ts'
import { hosted } from '../../helpers/keeping.ts'
import { openWorld } from '../../helpers/open-world.ts'
import type { Wire, World } from '../../helpers/world.ts'

const PASSWORD = 'a password of some length'

const lines = (wire: Wire): readonly string[] => wire.news().map(one => one.replace(/^\[[\d:]+\] /, ''))

async function scene() {
  const world = await openWorld({ rate: null })
  const [blue, tanaka] = [await line(world, 'Mr.Blue'), await line(world, '田中')]
  const eve = await native(world, 'eve_')
  const all = [blue, tanaka, eve]
  for (const wire of all) wire.news()
  return { world, blue, tanaka, eve, all }
}

/** Signs in over line mode. */
async function signedIn(world: World, name: string): Promise<Wire> {
  const wire = world.dial()
  await wire.send(`${name}\n`)
  await wire.send(`${PASSWORD}\n`)
  wire.news()
  return wire
}

describe('in line mode', () => {
  test('messages of an ignored member are not written, from then on and until it is not ignored any more', async () => {
    const { blue, tanaka, eve } = await scene()
    await eve.send(say('one'))
    await blue.send('/ignore eve_\n')
    await eve.send(say('two') + say('two and a half', { action: true }))
    await tanaka.send('three\n')
    await eve.send(object({ type: 'topic', topic: 'four' }))
    const news = lines(blue)
    expect(news.filter(one => /two/.test(one))).toEqual([])
    expect(news.filter(one => /one|three|four/.test(one))).toEqual([
      'eve_ > one',
      '田中 > three',
      '[*] eve_ set the topic of #lobby: four',
    ])
    expect(lines(tanaka).filter(one => /two/.test(one))).toHaveLength(2)
    await blue.send('/unignore eve_\n')
    blue.news()
    await eve.send(say('five'))
    expect(lines(blue)).toEqual(['eve_ > five'])
  })

  test('answers are without them, and so is the past of a room that is joined', async () => {
    const { world, blue, tanaka, eve } = await scene()
    for (const wire of [eve]) await wire.send(object({ type: 'join', room: 'ops' }))
    await tanaka.send('/join ops\nfrom 田中, a word\n')
    await eve.send(say('from eve, a word', { room: 'ops' }) + say('in the lobby, a word'))
    await blue.send('/ignore eve_\n')
    const pastOfOps = async (name: string): Promise<string> => {
      const wire = await line(world, name)
      wire.news()
      await wire.send('/join ops\n')
      return lines(wire).join()
    }
    expect(await pastOfOps('a_b')).toContain('from eve')
    blue.news()
    await blue.send('/join ops\n')
    expect(lines(blue).filter(one => one.includes('a word'))).toEqual([expect.stringContaining('from 田中, a word')])
    await blue.send('/history\n/search word\n')
    const asked = lines(blue).filter(one => one.includes('a word'))
    expect(asked).toHaveLength(2)
    expect(asked.join()).not.toContain('eve')
    expect(await pastOfOps('c_d')).toContain('from eve')
  })

  test('programs and guests that have another name by now are ignored by their ids', async () => {
    const { world, blue, eve } = await scene()
    world.server.grants.add({ name: 'ci-bot', room: null, read: true, write: true }, () => {})
    await world.clock.settle()
    const [grant] = world.state().grants.values()
    if (!grant) throw new Error('no grant')
    await blue.send('/ignore ci-bot\n/ignore eve_\n')
    await eve.send(object({ type: 'nick', name: 'Eva' }))
    blue.news()
    await eve.send(say('as Eva'))
    void world.server.api.post(grant, { room: 'lobby', text: 'a build', action: false, key: null })
    await hosted(world, { type: 'say', room: 'lobby', text: 'from the host', action: false })
    expect(lines(blue)).toEqual(['server > from the host'])
  })

  test('many readers are written to as ever, in the turn in which one begins to ignore, too', async () => {
    const { world, eve } = await scene()
    const names = Array.from({ length: 12 }, (_, at) => `reader-${at}`)
    const readers: Wire[] = []
    for (const name of names) readers.push(await line(world, name))
    for (let at = 0; at < 3; at++) await eve.send(say(`calm ${at}`))
    for (const wire of readers) wire.news()
    await Promise.all([readers[3]?.send('/ignore eve_\n'), eve.send(say('heard?'))])
    await eve.send(say('and now?'))
    const heard = readers.map(wire => lines(wire).filter(one => one.startsWith('eve_ >')))
    expect(heard.filter((_, at) => at !== 3)).toEqual(
      Array.from({ length: 11 }, () => ['eve_ > heard?', 'eve_ > and now?']),
    )
    expect(heard[3]?.at(-1)).not.toBe('eve_ > and now?')
  })
})

describe('an account', () => {
  async function account() {
    const { world, eve, ...rest } = await scene()
    const zoya = await native(world, 'ЗОЯ')
    await zoya.send(object({ type: 'register', password: PASSWORD, n: 1 }))
    await world.clock.advance(1000)
    newObjects(zoya)
    return { world, eve, zoya, ...rest }
  }

  test('has the same list on all its sessions, in line mode too, also on those that come later', async () => {
    const { world, eve, zoya } = await account()
    const early = await signedIn(world, 'ЗОЯ')
    await zoya.send(object({ type: 'ignore', who: 'eve_', n: 2 }))
    expect(newObjects(zoya)).toMatchObject([
      { type: 'ignored', name: 'eve_' },
      { type: 'ok', n: 2 },
    ])
    early.news()
    const late = await signedIn(world, 'ЗОЯ')
    expect(late.text()).toContain('Welcome, ЗОЯ')
    await eve.send(say('hello'))
    expect([lines(early), lines(late)]).toEqual([[], []])
    // A native client hides it by itself.
    expect(newObjects(zoya)).toMatchObject([{ type: 'said', text: 'hello' }])
  })

  test('that comes back to a line does not read what was missed of those it ignores', async () => {
    const { world, eve, tanaka, zoya } = await account()
    await zoya.send(object({ type: 'ignore', who: 'eve_', n: 2 }))
    await zoya.send(object({ type: 'bye' }))
    await eve.send(say('missed of eve'))
    await tanaka.send('missed of 田中\n')
    const back = await signedIn(world, 'ЗОЯ')
    expect(back.text()).toContain('missed of 田中')
    expect(back.text()).not.toContain('missed of eve')
  })

  test('has no unread messages and no mentions of those that it ignores', async () => {
    const { world, eve, tanaka, zoya } = await account()
    await zoya.send(object({ type: 'ignore', who: 'eve_', n: 2 }))
    await zoya.send(object({ type: 'bye' }))
    await eve.send(say('ЗОЯ!') + say('ЗОЯ?'))
    await tanaka.send('ЗОЯ: hi\n')
    const back = world.dial()
    await back.send(object({ type: 'hello', name: 'ЗОЯ', account: { password: PASSWORD } }))
    await world.clock.advance(1000)
    expect(back.objects().find(({ type }) => type === 'room')).toMatchObject({ unread: 1, mentions: 1 })
    expect(back.objects()[0]).toMatchObject({ type: 'welcome', ignored: [{ name: 'eve_' }] })
  })

  test('gets no direct message from those that it ignores', async () => {
    const { eve, zoya } = await account()
    await zoya.send(object({ type: 'ignore', who: 'eve_', n: 2 }))
    newObjects(zoya)
    newObjects(eve)
    await eve.send(object({ type: 'tell', to: 'ЗОЯ', text: 'hello', n: 1 }))
    expect(newObjects(eve)).toMatchObject([{ code: 'not-accepted', n: 1 }])
    expect(newObjects(zoya)).toEqual([])
  })
})
