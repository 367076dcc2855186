// Posts that come to a hook faster than its token may post are counted in one message.
import { expect, test } from 'vitest'
import { memoryJournal } from '../../../../src/journal/memory.ts'
import { FOLD_EDIT_MS, FOLD_MS, FOLD_QUIET_MS, FOLDS_PER_GRANT } from '../../../../src/model/limits.ts'
import type { Grant } from '../../../../src/model/state/grant.ts'
import { Folds } from '../../../../src/server/programs/hooks-in/folds.ts'
import type { HookOutcome, HookPost } from '../../../../src/server/programs/hooks-in/hook-posts.ts'
import { filtered, hosted } from '../../../helpers/keeping.ts'
import { openWorld } from '../../../helpers/open-world.ts'
import { virtualClock } from '../../../helpers/virtual-clock.ts'
import { createWorld, type World } from '../../../helpers/world.ts'

/** A hook whose token may post two messages at once, and one a second. */
async function hookIn(world: World) {
  world.server.grants.add({ name: 'ci', room: null, read: true, write: true }, () => {})
  await world.clock.settle()
  const [id = ''] = world.state().grants.keys()
  async function send(text: string, more: Partial<HookPost> = {}): Promise<HookOutcome> {
    const grant = world.state().grants.get(id)
    if (!grant) throw new Error('it has no token')
    const outcome = world.server.api.hooksIn.post(grant, { room: 'lobby', text, key: null, about: 'slack', ...more })
    await world.clock.settle()
    return outcome
  }
  const shown = () =>
    world.server.api.history
      .page({ room: 'lobby' }, { before: Number.MAX_SAFE_INTEGER }, 100)
      .messages.map(({ text }) => text)
  const edits = () => world.steps.flatMap(({ events }) => events).filter(({ event }) => event.type === 'edited').length
  return { send, shown, edits, id }
}

const opened = async (): Promise<World & Awaited<ReturnType<typeof hookIn>>> => {
  const world = await openWorld({ rate: { perSecond: 1, burst: 2 } })
  return { ...world, ...(await hookIn(world)) }
}

test('[HI5] a burst of a thousand is three messages, the last of which counts, and all are taken', async () => {
  const { send, shown, edits, clock } = await opened()
  const outcomes: HookOutcome[] = []
  for (let at = 1; at <= 1000; at++) outcomes.push(await send(`alert ${at}`))
  expect(outcomes.every(({ ok }) => ok)).toBe(true)
  expect(shown()).toEqual(['alert 1', 'alert 2', 'alert 3'])
  await clock.advance(FOLD_EDIT_MS)
  expect(shown()).toEqual(['alert 1', 'alert 2', '×998, latest: alert 1000'])
  expect(edits()).toBe(1)
  await clock.advance(FOLD_QUIET_MS)
  expect(await send('later')).toMatchObject({ folded: false })
  expect(shown().at(-1)).toBe('later')
})

test('[HI5] however fast they come, an edit is at most every two seconds, and after a minute it is a new message', async () => {
  const { send, shown, edits, clock } = await opened()
  for (let at = 0; at < 900; at++) {
    await send(`alert ${at}`)
    await clock.advance(100)
  }
  expect(edits()).toBeLessThanOrEqual(90_000 / FOLD_EDIT_MS)
  expect(edits()).toBeGreaterThan(30)
  await clock.advance(FOLD_EDIT_MS)
  const counts = shown().map(text => Number(/^×([\d,]+)/.exec(text ?? '')?.[1]?.replace(',', '') ?? 1))
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(900)
  // Before each that counts, two that the token may post.
  expect(shown().length).toBeLessThanOrEqual(3 * Math.ceil(90_000 / FOLD_MS))
})

test('[HI5] each sender and title has a message of its own, up to a number, and the others have one together', async () => {
  const { send, shown, clock } = await opened()
  for (const about of ['a', 'b']) await send(about, { about })
  for (let round = 0; round < 2; round++) {
    for (let at = 0; at < FOLDS_PER_GRANT + 4; at++) await send(`of ${at}`, { about: `sender ${at}` })
  }
  expect(shown()).toHaveLength(2 + FOLDS_PER_GRANT + 1)
  await clock.advance(FOLD_EDIT_MS * (FOLDS_PER_GRANT + 1))
  expect(shown().slice(2)).toEqual([
    ...Array.from({ length: FOLDS_PER_GRANT }, (_, at) => `×2, latest: of ${at}`),
    `×8, latest: of ${FOLDS_PER_GRANT + 3}`,
  ])
})

test('[HI4] [HI5] a repeat of one that was folded is not counted again', async () => {
  const { send, shown, clock } = await opened()
  for (let at = 0; at < 3; at++) await send(`${at}`, { key: { id: `k${at}` } })
  for (const id of ['k3', 'k3', 'k1', 'k2']) await send('3', { key: { id } })
  await clock.advance(FOLD_EDIT_MS)
  expect(shown()).toEqual(['0', '1', '×2, latest: 3'])
})

test('[HI5] a folded message that was deleted is not edited; the next one begins another', async () => {
  const { send, shown, clock, ...world } = await opened()
  for (let at = 0; at < 3; at++) await send(`${at}`)
  const seq = (await send('3')).ok ? world.state().seq : 0
  await hosted({ clock, ...world }, { type: 'delete', seq, room: 'lobby' })
  await clock.advance(FOLD_EDIT_MS)
  expect(await send('4')).toMatchObject({ folded: false })
  expect(shown()).toEqual(['0', '1', null, '4'])
})

test('[HI5] a text that a filter stops is counted and not shown', async () => {
  const world = await opened()
  await filtered(world, 'spam', 'refuse')
  for (const text of ['0', '1', '2', 'spam']) await world.send(text)
  await world.clock.advance(FOLD_EDIT_MS)
  expect(world.shown()).toEqual(['0', '1', '2'])
  await world.send('3')
  await world.clock.advance(FOLD_EDIT_MS)
  expect(world.shown()).toEqual(['0', '1', '×3, latest: 3'])
  await world.clock.advance(FOLD_QUIET_MS)
  expect(await world.send('spam')).toMatchObject({ ok: false, code: 'filtered' })
})

test('[HI5] a mute ends the fold: the sender is told', async () => {
  const world = await opened()
  for (let at = 0; at < 4; at++) await world.send(`${at}`)
  await hosted(world, { type: 'mute', who: 'ci', room: 'lobby', for: 600, reason: null })
  await world.clock.advance(FOLD_EDIT_MS)
  expect(await world.send('4')).toMatchObject({ ok: false, code: 'muted' })
})

test('[HI5] a revoked token has no fold any more', async () => {
  const world = await opened()
  for (let at = 0; at < 4; at++) await world.send(`${at}`)
  world.server.grants.revoke('ci', () => {})
  await world.clock.advance(FOLD_EDIT_MS)
  expect(world.shown()).toEqual(['0', '1', '2'])
})

test('[HI5] an edit that fails is reported, and the next one of the token is made', async () => {
  const clock = virtualClock()
  const grant = { id: 'g' } as Grant
  const [edited, reported]: [string[], unknown[]] = [[], []]
  const folds = new Folds({
    ...{ clock, grantOf: () => grant, report: error => reported.push(error) },
    async edit(_grant, _room, _seq, text) {
      edited.push(text)
      if (edited.length === 1) throw new Error('the history is damaged')
      return { ok: true, seq: 9, at: 0, repeated: false }
    },
  })
  for (const about of ['a', 'b']) {
    const one = { room: 'lobby', about, text: about, key: null }
    await folds.begin(grant, one, async () => ({ ok: true, seq: 1, at: 0, repeated: false }))
    await folds.count(folds.find(grant, one) ?? expect.fail(), one)
    await clock.advance(FOLD_EDIT_MS)
  }
  expect(edited).toEqual(['×2, latest: a', '×2, latest: b'])
  expect(reported).toEqual([new Error('the history is damaged')])
})

test('[HI5] a server that stops has counted all that it took', async () => {
  const journal = { ...memoryJournal('epoch'), close: async () => {} }
  const before = await createWorld({ origin: 'one', rate: { perSecond: 1, burst: 2 } }, journal)
  const { send } = await hookIn(before)
  for (let at = 0; at < 5; at++) await send(`${at}`)
  await before.close()
  const world = await openWorld({ origin: 'one' }, journal)
  await world.clock.settle()
  expect((await hookIn(world)).shown()).toEqual(['0', '1', '×3, latest: 4'])
})

test('[HI4] the same alerts again soon are a retry, and later a reminder', async () => {
  const journal = memoryJournal('epoch')
  const world = await openWorld({}, journal)
  const { send, shown } = await hookIn(world)
  const key = { id: 'alert', retriedFor: 600_000 }
  const first = await send('firing', { key })
  await world.clock.advance(599_000)
  expect(await send('firing', { key })).toEqual({ ...first, repeated: true })
  await world.clock.advance(2000)
  expect(await send('firing', { key })).toMatchObject({ repeated: false })
  expect(await send('firing, in other words', { key })).toMatchObject({ repeated: true })
  expect(shown()).toEqual(['firing', 'firing'])
})
