/** Edits at one server that meet events of another (docs/spec.md, Y11). */
import { expect, test } from 'vitest'
import { native, object, say } from '../../helpers/actors.ts'
import { cluster } from '../../helpers/cluster.ts'

test('[Y11] [R14] an edit is refused to its author when the message is deleted at another server meanwhile', async () => {
  const { clock, node } = cluster()
  const [north, south] = [await node('north'), await node('south')]
  const spider = await native(north, 'Spider-Man')
  await clock.advance(10)
  await spider.send(say('slip', { n: 1 }))
  await clock.advance(10)
  const seq = Number(spider.objects().findLast(({ type }) => type === 'ok')?.['seq'])
  // North's inputs land late in the log: the edit, and 20 ms later that it is shown. The deletion comes between.
  north.faults.landing = () => 20
  await spider.send(object({ type: 'edit', n: 2, seq, text: 'mended' }))
  await clock.advance(25)
  expect(south.server.host({ type: 'delete', seq, room: 'lobby' })).toBeNull()
  await clock.advance(100)
  const answers = spider.objects().filter(({ n }) => n === 2)
  expect(answers).toMatchObject([{ type: 'rejected', code: 'message-unknown' }])
  expect(spider.objects().filter(({ type }) => type === 'edited')).toEqual([])
})
