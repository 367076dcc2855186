/** Deletion of messages: the right to it, and the events for others. */
import { describe, expect, test } from 'vitest'
import { line, native, newObjects, object, say } from '../../helpers/actors.ts'
import { hosted } from '../../helpers/keeping.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { entriesIn } from '../../helpers/recorded.ts'
import type { Wire, World } from '../../helpers/world.ts'

const idOf = (world: World, name: string): string =>
  world.state().members.find(member => member.name.text === name)?.id ?? ''

/** A room with a founder, an operator and two guests. */
async function scene() {
  const world = await openWorld({ rate: null })
  const enter = (name: string): Promise<Wire> => native(world, name, { room: 'ops' })
  const [founder, operator] = [await enter('Spider-Man'), await enter('a_b')]
  const [zoya, tanaka] = [await enter('ЗОЯ'), await enter('田中')]
  await founder.send(object({ type: 'op', who: 'a_b', room: 'ops' }))
  const wires = [founder, operator, zoya, tanaka]
  for (const wire of wires) newObjects(wire)
  /** Returns the number of the message. */
  const writes = async (wire: Wire, text: string, more: object = { room: 'ops' }): Promise<number> => {
    await wire.send(say(text, more))
    const { seq } = world.state()
    for (const one of wires) newObjects(one)
    return seq
  }
  const deletes = async (wire: Wire, seq: number): Promise<Record<string, unknown>> => {
    await wire.send(object({ type: 'delete', n: ++numbers, seq }))
    return newObjects(wire).find(({ n }) => n === numbers) ?? {}
  }
  return { world, founder, operator, zoya, tanaka, writes, deletes }
}

let numbers = 0

describe('[Y6] in a room', () => {
  test('keepers delete messages of members below them, which the log has', async () => {
    const { world, founder, operator, zoya, tanaka, writes, deletes } = await scene()
    const seq = await writes(zoya, 'regret')
    expect(await deletes(operator, seq)).toMatchObject({ type: 'ok' })
    const deleted = { type: 'deleted', room: 'ops', target: seq, by: 'a_b' }
    expect(newObjects(tanaka)).toMatchObject([deleted])
    const act = { type: 'moderated', act: 'delete', by: 'a_b', who: 'ЗОЯ', value: `${seq}` }
    expect(newObjects(founder)).toMatchObject([act, deleted])
    const input = (await entriesIn(world.journal)).at(-1)?.input
    expect(input).toMatchObject({ type: 'delete', target: seq, author: idOf(world, 'ЗОЯ') })
    await tanaka.send(object({ type: 'history', room: 'ops', n: 9 }))
    expect(tanaka.text().split('history').at(-1)).not.toContain('regret')
  })

  test('an operator does not delete what the founder or another operator wrote, and is told why', async () => {
    const { founder, operator, tanaka, writes, deletes } = await scene()
    const byFounder = await writes(founder, 'the rules')
    expect(await deletes(operator, byFounder)).toMatchObject({
      code: 'outranked',
      message: 'Spider-Man is a founder, as high as you or higher. Ask somebody above.',
    })
    await founder.send(object({ type: 'op', who: '田中', room: 'ops' }))
    const byOther = await writes(tanaka, 'also a rule')
    expect(await deletes(operator, byOther)).toMatchObject({ code: 'outranked' })
    expect(await deletes(founder, byOther)).toMatchObject({ type: 'ok' })
    expect(await deletes(tanaka, byFounder)).toMatchObject({ code: 'outranked' })
  })

  test('others are told that they are not the author, and who could', async () => {
    const { zoya, tanaka, writes, deletes } = await scene()
    const seq = await writes(zoya, 'mine')
    expect(await deletes(tanaka, seq)).toMatchObject({
      code: 'not-author',
      message: `You did not write message ${seq}, so only its author can delete it, or an operator of #ops or above: ask Spider-Man, a_b or the host.`,
    })
    expect(await deletes(zoya, seq)).toMatchObject({ type: 'ok' })
  })

  test('somebody who cannot read the room is told of nobody in it', async () => {
    const { world, zoya, writes } = await scene()
    const seq = await writes(zoya, 'mine')
    const outsider = await native(world, 'مريم')
    await outsider.send(object({ type: 'delete', n: 1, seq }))
    const [answer] = newObjects(outsider)
    expect(answer).toMatchObject({ code: 'not-author' })
    expect(JSON.stringify(answer)).not.toMatch(/ops|Spider/)
  })

  test('an operator of one room is nobody in another, and none once its role is taken', async () => {
    const { world, founder, operator, zoya, writes, deletes } = await scene()
    const inLobby = await writes(zoya, 'hello', {})
    await zoya.send(object({ type: 'join', room: 'lobby' }))
    const seq = await writes(zoya, 'hello', { room: 'lobby' })
    expect(inLobby).toBeLessThan(seq)
    expect(await deletes(operator, seq)).toMatchObject({ code: 'not-author' })
    const there = await writes(zoya, 'hello')
    await founder.send(object({ type: 'deop', who: 'a_b', room: 'ops' }))
    newObjects(operator)
    expect(await deletes(operator, there)).toMatchObject({ code: 'not-author' })
    await hosted(world, { type: 'delete', seq: there, room: 'ops' })
    expect(newObjects(zoya)).toContainEqual(expect.objectContaining({ type: 'deleted', target: there, by: 'Host' }))
  })

  test('a message of a program is below every operator; a message of the host is below nobody', async () => {
    const { world, operator, zoya, deletes } = await scene()
    world.server.grants.add({ name: 'ci-bot', room: null, read: true, write: true }, () => {})
    await world.clock.settle()
    const [grant] = world.state().grants.values()
    if (!grant) throw new Error('no grant')
    void world.server.api.post(grant, { room: 'ops', text: 'red', action: false, key: null })
    await world.clock.settle()
    const posted = world.state().seq
    await hosted(world, { type: 'say', room: 'ops', text: 'the rules', action: false })
    const byHost = world.state().seq
    for (const wire of [operator, zoya]) newObjects(wire)
    expect(await deletes(zoya, posted)).toMatchObject({ code: 'not-author' })
    expect(await deletes(operator, posted)).toMatchObject({ type: 'ok' })
    expect(await deletes(operator, byHost)).toMatchObject({ code: 'outranked' })
  })

  test('by line mode, too', async () => {
    const { world, founder, zoya, writes } = await scene()
    const blue = await line(world, 'Mr.Blue')
    await blue.send('/join ops\n')
    const seq = await writes(zoya, 'regret')
    blue.news()
    await blue.send(`/delete ${seq}\n`)
    expect(blue.news().join()).toContain(`You did not write message ${seq}, so only its author`)
    await founder.send(object({ type: 'op', who: 'Mr.Blue', room: 'ops' }))
    blue.news()
    await blue.send(`/delete ${seq}\n`)
    expect(blue.news().join()).toContain(`Mr.Blue deleted message ${seq} in #ops.`)
  })
})

test('[Y6] nobody keeps order in direct messages, not even an administrator', async () => {
  const { world, zoya, tanaka, deletes } = await scene()
  const admin = await native(world, 'مريم')
  await admin.send(object({ type: 'register', password: 'a password of some length', n: 1 }))
  await world.clock.advance(1000)
  await hosted(world, { type: 'admin', who: 'مريم' })
  newObjects(admin)
  await zoya.send(object({ type: 'tell', to: '田中', text: 'between us' }))
  const { seq } = world.state()
  expect(await deletes(admin, seq)).toMatchObject({ code: 'message-unknown' })
  expect(await deletes(tanaka, seq)).toMatchObject({
    code: 'not-author',
    message: `You did not write message ${seq}, so only its author can delete it, or the host.`,
  })
  await zoya.send(object({ type: 'tell', to: 'مريم', text: 'to you' }))
  const toAdmin = world.state().seq
  expect(await deletes(admin, toAdmin)).toMatchObject({ code: 'not-author' })
  expect(await deletes(zoya, seq)).toMatchObject({ type: 'ok' })
})
