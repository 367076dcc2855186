/** Output of a token whose requests reach one server after another (docs/spec.md, LV2). */
import { expect, test } from 'vitest'
import { tokenOf } from '../../helpers/api.ts'
import { cluster } from '../../helpers/cluster.ts'

test('[LV2] [R14] a server that is behind takes the next piece, and ends the output with its true last lines', async () => {
  const { clock, node } = cluster()
  const [north, south] = [await node('north'), await node('south')]
  const inTime = async <T>(asked: Promise<T>): Promise<T> => {
    await clock.advance(200)
    return asked
  }
  const token = await inTime(tokenOf(north.server, { name: 'ci' }))
  const grant = south.server.api.grantOf(token) ?? expect.fail('there is no grant')
  const post = { room: 'lobby', text: 'build of 田中', action: false, key: null, live: true }
  const said = await inTime(north.server.api.post(grant, post))
  const seq = said.ok ? said.seq : expect.fail(said.code)
  // What north stores from now on, south hears of late: it has yet to hear of a piece when the next one comes to it.
  south.faults.hearing = () => [100]
  const first = north.server.api.lives.grow(grant, 'lobby', seq, 0, Buffer.from('one\n'))
  await clock.advance(10)
  expect(await first).toEqual({ ok: true, size: 4 })
  expect(south.state().lives.get(seq)?.size).toBe(0)
  const second = south.server.api.lives.grow(grant, 'lobby', seq, 4, Buffer.from('two\n'))
  expect(await inTime(second)).toEqual({ ok: true, size: 8 })
  const third = north.server.api.lives.grow(grant, 'lobby', seq, 8, Buffer.from('three\n'))
  await clock.advance(10)
  expect(await third).toEqual({ ok: true, size: 14 })
  const end = { type: 'finish', seq, status: 0, ms: null } as const
  const finished = south.server.api.lives.finish(grant, 'lobby', end)
  await clock.advance(500)
  expect(await finished).toMatchObject({ ok: true })
  const finish = south.steps.flatMap(({ text, events }) =>
    events.some(({ event }) => event.type === 'finished') ? [text] : [],
  )
  expect(finish).toEqual(['one\ntwo\nthree'])
})

test('[LV2] [R14] a server takes a piece of a message that it has yet to hear of', async () => {
  const { clock, node } = cluster()
  const [north, south] = [await node('north'), await node('south')]
  const asked = tokenOf(north.server, { name: 'a|b' })
  await clock.advance(200)
  const grant = south.server.api.grantOf(await asked) ?? expect.fail('there is no grant')
  south.faults.hearing = () => [100]
  const posted = north.server.api.post(grant, { room: 'lobby', text: 'build', action: false, key: null, live: true })
  await clock.advance(10)
  const said = await posted
  const seq = said.ok ? said.seq : expect.fail(said.code)
  expect(south.state().lives.has(seq)).toBe(false)
  const grown = south.server.api.lives.grow(grant, 'lobby', seq, 0, Buffer.from('one\n'))
  await clock.advance(500)
  expect(await grown).toEqual({ ok: true, size: 4 })
  const later = south.server.api.lives.grow(grant, 'lobby', seq, 7, Buffer.from('a gap'))
  await clock.advance(500)
  expect(await later).toMatchObject({ ok: false, code: 'live-offset', detail: '4' })
})

test('[LV2] [R14] pieces without an offset go to the end, also by a server that has yet to hear of the one before', async () => {
  const { clock, node } = cluster()
  const [north, south] = [await node('north'), await node('south')]
  const asked = tokenOf(north.server, { name: 'José' })
  await clock.advance(200)
  const grant = south.server.api.grantOf(await asked) ?? expect.fail('there is no grant')
  const post = { room: 'lobby', text: 'build', action: false, key: null, live: true }
  const posted = north.server.api.post(grant, post)
  await clock.advance(200)
  const said = await posted
  const seq = said.ok ? said.seq : expect.fail(said.code)
  south.faults.hearing = () => [100]
  const add = (at: typeof north, text: string) => at.server.api.lives.grow(grant, 'lobby', seq, null, Buffer.from(text))
  const first = add(north, 'compiled\n')
  await clock.advance(10)
  expect(await first).toEqual({ ok: true, size: 9 })
  expect(south.state().lives.get(seq)?.size).toBe(0)
  // Shorter than what is there, and both at once.
  const others = [add(south, 'tested\n'), add(south, 'ok\n')]
  await clock.advance(500)
  expect(await Promise.all(others)).toMatchObject([{ ok: true }, { ok: true, size: 19 }])
  expect(north.state().lives.get(seq)?.size).toBe(19)
})
