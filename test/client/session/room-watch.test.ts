/** The events by which a program learns that it's no longer in its room. */
import { Subject } from 'rxjs'
import { describe, expect, test } from 'vitest'
import type { Incoming } from '../../../src/client/session/incoming.ts'
import { type Removal, watchRoom } from '../../../src/client/session/room-watch.ts'
import type { Reply } from '../../../src/codec/native/reply.ts'

const ME = 'm-1'

/** Spider-Man in #ops, and in the lobby. */
function watching(...rooms: readonly string[]) {
  const incoming$ = new Subject<Incoming>()
  const removals: Removal[] = []
  watchRoom({ incoming$ }, 'ops', how => removals.push(how))
  let seq = 0
  const hear = (reply: object): void => {
    incoming$.next({ reply: { at: 0, seq: ++seq, ...reply } as unknown as Reply, replayed: false })
  }
  const enter = (more: object = {}, ...ids: readonly string[]): void => {
    hear({ type: 'welcome', name: 'Spider-Man', id: ME, session: 's', resumed: false, gap: false, ...more })
    for (const room of ids) hear({ type: 'room', room, members: [] })
    if (ids.length > 0) hear({ type: 'conversations', conversations: [] })
  }
  enter({}, ...rooms)
  const leave = (more: object = {}): void => hear({ type: 'parted', room: 'ops', name: 'Spider-Man', id: ME, ...more })
  return { removals, hear, enter, leave, seq: () => seq }
}

describe('[K11] a program is no longer in its room', () => {
  test.each([
    [
      'kick',
      {},
      5,
      'José kicked Spider-Man out of #ops (too loud). Ask those who keep order there, or start again to come back.',
    ],
    [
      'ban',
      { until: 600_000 },
      4,
      'José banned Spider-Man from #ops for 10 min (too loud). Ask those who keep order there, or use another room.',
    ],
  ] as const)('after a %s, and says by whom and why', (act, more, exit, message) => {
    const at = watching('ops')
    at.hear({ type: 'moderated', act, room: 'ops', by: 'José', who: 'Spider-Man', id: ME, reason: 'too loud', ...more })
    expect(at.removals).toEqual([])
    at.leave({ seq: at.seq(), by: 'José', reason: 'too loud' })
    expect(at.removals).toEqual([{ message, exit, isForced: true, isElsewhere: false }])
  })

  test('when its network is banned, which is no act that it hears of', () => {
    const at = watching('lobby', 'ops')
    at.leave({ by: 'Host', reason: 'its network is banned for good, by the host' })
    const why = 'Spider-Man exited #ops, removed by the host. (its network is banned for good, by the host)'
    expect(at.removals).toEqual([
      {
        message: `${why} Ask those who keep order there, or use another room.`,
        ...{ exit: 4, isForced: true, isElsewhere: true },
      },
    ])
  })

  test('and a person cannot pass off a kick or a goodbye as a ban of its network', () => {
    const reason = 'its network is banned for good'
    const kicked = watching('ops')
    kicked.hear({ type: 'moderated', act: 'kick', room: 'ops', by: 'José', who: 'Spider-Man', id: ME, reason })
    kicked.leave({ seq: kicked.seq(), by: 'José', reason })
    const left = watching('ops')
    left.leave({ reason })
    expect([kicked, left].map(at => at.removals[0])).toMatchObject([
      { exit: 5, isForced: true },
      { exit: 5, isForced: false },
    ])
  })

  test('when another session of its account leaves it', () => {
    const at = watching('ops')
    at.leave()
    expect(at.removals).toMatchObject([{ exit: 5, isForced: false }])
    expect(at.removals[0]?.message).toMatch(/^Spider-Man exited #ops\. Another session/)
  })

  test('when that happened while it was away, and what happened meanwhile is not repeated', () => {
    const at = watching('lobby', 'ops')
    at.enter({ resumed: true, gap: true }, 'lobby')
    expect(at.removals).toMatchObject([{ exit: 5, isForced: true, isElsewhere: true }])
    expect(at.removals[0]?.message).toMatch(/^You are not in #ops any more\. /)
  })

  test('also under a new name, from a server without ids', () => {
    const at = watching('ops')
    at.enter({ id: undefined }, 'ops')
    at.hear({ type: 'renamed', from: 'Spider-Man', to: '田中' })
    at.leave({ name: 'Spider-Man', id: undefined })
    expect(at.removals).toEqual([])
    at.leave({ name: '田中', id: undefined, by: 'José' })
    expect(at.removals).toHaveLength(1)
  })
})

test('[K11] it is still there when others are removed, or it from another room, or its connection went on', () => {
  const at = watching('lobby', 'ops')
  at.leave({ name: 'Spider-Man', id: 'm-2', by: 'José' })
  at.leave({ room: 'lobby', by: 'José' })
  at.enter({ resumed: true })
  at.hear({ type: 'conversations', conversations: [], n: 3 })
  at.enter({ resumed: true, gap: true }, 'ops')
  expect(at.removals).toEqual([])
})

test('[K11] an earlier ban does not explain a later removal', () => {
  const at = watching('ops')
  at.hear({ type: 'moderated', act: 'ban', room: 'ops', by: 'José', who: 'Spider-Man', id: ME })
  at.leave({ by: '田中' })
  expect(at.removals).toMatchObject([{ exit: 5 }])
})

test('[K11] a token is in no room, whatever the name of the one who leaves it', () => {
  const incoming$ = new Subject<Incoming>()
  const removals: Removal[] = []
  watchRoom({ incoming$ }, 'ops', how => removals.push(how))
  incoming$.next({ reply: { type: 'welcome', seq: 1, at: 0, name: 'ci' } as unknown as Reply, replayed: false })
  incoming$.next({ reply: { type: 'parted', seq: 2, at: 0, room: 'ops', name: 'ci', by: 'José' }, replayed: false })
  expect(removals).toEqual([])
})
