/** The host of this server among several on one journal: it is told of its own refusals, and of nobody else's. */
import { expect, onTestFinished, test } from 'vitest'
import { commanding, hosting } from '../../../src/library/host-commands.ts'
import { HOST_SESSION } from '../../../src/model/input.ts'
import { entriesOf } from '../../../src/program/server/console/screen/live-entries.ts'
import { ScreenState } from '../../../src/program/server/console/screen/screen-state.ts'
import { transcript } from '../../../src/program/server/console/transcript.ts'
import { native, object, say } from '../../helpers/actors.ts'
import { targetOf } from '../../helpers/arbitrary-inputs.ts'
import { foreign, starts } from '../../helpers/drafts.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { entriesIn } from '../../helpers/recorded.ts'
import { troubledJournal } from '../../helpers/troubled-journal.ts'
import { typedHost } from '../../helpers/typed-host.ts'
import { utcTime } from '../../helpers/world.ts'

/** Hosts of two servers each kick somebody who is not there; the other one comes first. */
async function bothRefused() {
  const journal = troubledJournal()
  const world = await openWorld({}, journal)
  await native(world, 'alice')
  const { type, shown } = typedHost(world.server, world.clock.now)
  journal.foreign.push(starts(), foreign(HOST_SESSION, { type: 'kick', who: targetOf('theirs'), reason: null }))
  return { journal, world, type, shown }
}

test('the console and the screen show the refusals of their own host', async () => {
  const { world, type, shown } = await bothRefused()
  type('KICK ours')
  await world.clock.settle()
  expect(shown).toEqual(['There is nobody called ours. Check the spelling, or list the members.'])
  const entries = world.steps.flatMap(step => entriesOf(step, world.server.isOwn(step)))
  expect(entries.flatMap(entry => (entry.kind === 'note' ? entry.lines : []))).toEqual(shown)
})

test("a program's command is not refused for what another host did [M6]", async () => {
  const { journal, world } = await bothRefused()
  const command = commanding(
    world.server,
    hosting(world.server, () => true),
  )
  const saying = command({ type: 'say', room: 'lobby', text: 'hi', action: false })
  await world.clock.settle()
  await expect(saying).resolves.toBeUndefined()
  expect((await entriesIn(journal)).map(({ input }) => input.type).slice(-2)).toEqual(['kick', 'say'])
})

test('a drawn console leaves out what its own host typed, and shows what another one did', async () => {
  const { journal, world, type } = await bothRefused()
  journal.foreign.push(foreign(HOST_SESSION, { type: 'say', room: 'lobby', action: false }, 'from there'))
  type('from here')
  await world.clock.settle()
  const lines = world.steps.flatMap(step => transcript(step, utcTime, true, world.server.isOwn(step)))
  expect(lines.filter(line => line.includes('from'))).toEqual(['[00:00:00] Host > from there'])
})

test('a drawn console shows an edited message as it is now, and nothing of one that was deleted after [Y11]', async () => {
  const world = await openWorld()
  const screen = new ScreenState(world.server, false)
  onTestFinished(() => screen.close())
  const spider = await native(world, 'Spider-Man')
  await spider.send(say('lunch at noon'))
  const seq = Number(spider.objects().findLast(({ type }) => type === 'said')?.['seq'])
  const texts = (): readonly (string | null)[] =>
    screen.state$.value.life.timeline.entries
      .toArray()
      .flatMap(entry => (entry.kind === 'note' ? [...entry.lines] : entry.kind === 'said' ? [entry.text] : []))
  await spider.send(object({ type: 'edit', seq, text: 'lunch at one' }))
  expect(texts()).toEqual(['lunch at one'])
  await spider.send(object({ type: 'delete', seq }))
  expect(texts()).toEqual([null])
})
