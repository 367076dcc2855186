// Streams of events over real HTTP, as an EventSource sees them, from its first connection to its second.
import { expect, test } from 'vitest'
import { STREAMS_MAX, STREAMS_PER_GRANT } from '../../../src/model/limits.ts'
import { apiAt, listenAt, tokenOf } from '../../helpers/api.ts'
import { openHosting } from '../../helpers/hosting.ts'

async function site() {
  const hosting = await openHosting({ rate: null })
  return { ...hosting, ...(await apiAt(hosting.host, await tokenOf(hosting.server))) }
}

test('[A4] a stream that broke goes on where it was, and what it missed is marked', async () => {
  const { host, headers, post } = await site()
  const first = await listenAt(host, 'lobby', headers)
  expect(first.status).toBe(200)
  await first.until(events => events.length === 1)
  await post('lobby', 'one')
  const seen = await first.until(events => events.length === 2)
  first.leave()
  await post('lobby', 'two')
  await post('lobby', { text: 'three\nlines', action: true })
  const again = await listenAt(host, 'lobby', { ...headers, 'last-event-id': seen.at(-1)?.id ?? '' })
  await again.until(events => events.length === 3)
  await post('lobby', 'four')
  const all = await again.until(events => events.length === 4)
  expect(all.map(({ type, text, replayed, gap }) => [type, text, replayed ?? gap])).toEqual([
    ['welcome', undefined, false],
    ['said', 'two', true],
    ['said', 'three\nlines', true],
    ['said', 'four', undefined],
  ])
  again.leave()
})

test('[A4] one that comes back later than the ring reaches has the rest from the history', async () => {
  const { host, headers, post } = await site()
  const first = await listenAt(host, 'lobby', headers)
  const [begun] = await first.until(events => events.length === 1)
  first.leave()
  const count = 200
  for (let k = 0; k < count; k++) await post('lobby', 'x'.repeat(8000))
  const late = await listenAt(host, 'lobby', { ...headers, 'last-event-id': begun?.id ?? '' })
  const events = await late.until(all => all.at(-1)?.['type'] === 'gap')
  expect(events).toHaveLength(count + 2)
  expect(events.slice(1, -1).every(({ type, replayed }) => type === 'said' && replayed === true)).toBe(true)
  expect(events.at(-1)).toMatchObject({ missed: 0 })
  late.leave()
})

test('a stream is asked for with GET alone', async () => {
  const { host, headers } = await site()
  const answer = await fetch(`http://${host}/api/rooms/lobby/events`, { method: 'HEAD', headers })
  expect(answer.status).toBe(404)
  expect((await fetch(`http://${host}/healthz`, { method: 'HEAD' })).status).toBe(200)
})

test('[A4] one stream too many is refused with how many there may be', async () => {
  const { host, headers } = await site()
  const open = await Promise.all(Array.from({ length: STREAMS_PER_GRANT }, () => listenAt(host, 'lobby', headers)))
  expect(open.map(({ status }) => status)).toEqual(open.map(() => 200))
  const answer = await fetch(`http://${host}/api/rooms/lobby/events`, { headers })
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '10'])
  expect(await answer.json()).toEqual({
    code: 'too-many-streams',
    message: `Too many event streams: at most ${STREAMS_PER_GRANT} per token and ${STREAMS_MAX} in total. Close one first, or wait.`,
    retry: true,
  })
  for (const one of open) one.leave()
})
