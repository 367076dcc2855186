/** When a node leaves a broker that answers nothing, and for which. */
import { expect, test } from 'vitest'
import { isInTouch, LeaderSearch } from '../../../../src/journal/nats/connection/leader-search.ts'
import { BROKER_DEAF_MS, LEADER_SILENT_MS } from '../../../../src/model/limits.ts'

/** Brokers that reach the leader or not, and a node at `own`. A pause lasts until the test ends it. */
function brokers(...names: readonly string[]) {
  const reaching = new Set<string>()
  const open = new Set<string>()
  const down = new Set<string>()
  const on = { own: names[0] ?? '', now: 0, pauses: [] as (() => void)[] }
  const search = new LeaderSearch({
    ownReachesLeader: async () => reaching.has(on.own),
    others: () => names.filter(name => name !== on.own),
    async ask(broker) {
      if (down.has(broker)) throw new Error('refused')
      open.add(broker)
      return { reachesLeader: async () => reaching.has(broker), close: async () => void open.delete(broker) }
    },
    go(broker) {
      on.own = broker
    },
    elapsed: () => on.now,
    pause: () => new Promise<void>(resolve => on.pauses.push(resolve)),
  })
  const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve))
  return {
    ...{ on, search, reaching, open, down, settled },
    async gaveUpAt(now: number, sent = 0) {
      on.now = now
      search.gaveUp(sent)
      await settled()
    },
    async pauseEnds() {
      for (const end of on.pauses.splice(0)) end()
      await settled()
    },
  }
}

test('[R14] while no broker reaches a leader, as in an election, a node stays; then it goes to one that does', async () => {
  const { on, reaching, open, down, gaveUpAt, pauseEnds } = brokers('b1', 'b2', 'b3')
  down.add('b2')
  await gaveUpAt(BROKER_DEAF_MS - 1)
  expect([...open]).toEqual([])
  await gaveUpAt(BROKER_DEAF_MS)
  await pauseEnds()
  expect([on.own, ...open]).toEqual(['b1', 'b3'])
  reaching.add('b3')
  await pauseEnds()
  expect([on.own, ...open]).toEqual(['b3'])
})

test('[R14] a node stays at a broker that reaches the leader, however slow it answers', async () => {
  const { on, reaching, open, gaveUpAt } = brokers('b1', 'b2')
  reaching.add('b1').add('b2')
  await gaveUpAt(BROKER_DEAF_MS)
  expect([on.own, on.pauses.length, ...open]).toEqual(['b1', 0])
})

test('[R14] a stored message, or another connection, ends the search', async () => {
  const { on, search, reaching, open, gaveUpAt, pauseEnds } = brokers('b1', 'b2')
  await gaveUpAt(BROKER_DEAF_MS)
  search.end()
  reaching.add('b2')
  await pauseEnds()
  expect([on.own, ...open]).toEqual(['b1'])
  // The time begins anew.
  await gaveUpAt(BROKER_DEAF_MS + 1, BROKER_DEAF_MS)
  expect([on.own, ...open]).toEqual(['b1'])
})

test('[R14] a leader that has not heard from a majority is none', () => {
  const heard = (...ms: readonly number[]) => ({
    cluster: { leader: 'b1', replicas: ms.map(active => ({ active: active * 1e6 })) },
  })
  const [fresh, silent] = [LEADER_SILENT_MS - 1, LEADER_SILENT_MS]
  expect([heard(fresh, silent), heard(fresh, fresh), heard(fresh, fresh, silent, silent)].map(isInTouch)).toEqual([
    true,
    true,
    true,
  ])
  expect([heard(silent, silent), heard(fresh, silent, silent, silent)].map(isInTouch)).toEqual([false, false])
  expect(
    isInTouch({ cluster: { leader: 'b1', replicas: [{ active: 0, offline: true }, { active: silent * 1e6 }] } }),
  ).toBe(false)
  expect(isInTouch({ cluster: { replicas: [{ active: 0 }, { active: 0 }] } })).toBe(false)
  expect(isInTouch({})).toBe(true)
})
