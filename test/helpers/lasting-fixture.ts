/** A server that can be started again on the data that it kept, with the same address and clock for its clients. */
import { Observable } from 'rxjs'
import { type MemoryJournal, memoryJournal } from '../../src/journal/memory.ts'
import type { Entry } from '../../src/model/input.ts'
import { initialState } from '../../src/model/state.ts'
import { step } from '../../src/reducer/step.ts'
import type { Options } from '../../src/server/server.ts'
import { type MemoryDialer, memoryDialer } from './memory-dialer.ts'
import { entriesIn } from './recorded.ts'
import { seededEntropy } from './seeded-entropy.ts'
import { virtualClock } from './virtual-clock.ts'
import { createWorld, type World } from './world.ts'

/** The rest of the commit that is under way at a crash: nothing, or a commit that nobody was told of. */
export type Crash = 'before the commit' | 'after the commit'

export async function lastingFixture(options: Options = {}) {
  const clock = virtualClock()
  let kept = memoryJournal('epoch')
  let starts = 0
  let mortal = opened(kept)
  let world: World | null = await start()
  const dialers: MemoryDialer[] = []

  function start(): Promise<World> {
    mortal = opened(kept)
    return createWorld(options, mortal.journal, { entropy: seededEntropy(`start-${++starts}-`) }, clock)
  }

  function cut(): void {
    for (const { wires } of dialers) for (const { peer } of wires) peer.vanish()
  }

  return {
    clock,
    dialers,
    get world(): World {
      if (!world) throw new Error('the server is down')
      return world
    },
    /** Dials this address, whichever server listens there. */
    dialer(): MemoryDialer {
      const dialer = memoryDialer({ clock, dial: () => world?.dial() ?? null })
      dialers.push(dialer)
      return dialer
    },
    /** Everybody's connection is lost. */
    cut,
    /** Ends the server in the middle of its work. Inputs from before this turn of the event loop are committed. */
    crash(when: Crash): void {
      mortal.crash(when)
      world = null
      cut()
    },
    async stop(): Promise<void> {
      await world?.close()
      world = null
    },
    async start(): Promise<void> {
      world = await start()
      await clock.settle()
    },
    /** As after a start with --ephemeral. */
    forget(): void {
      kept = memoryJournal(`epoch-${starts}`)
    },
    /** The messages that were performed, in order. A repeat that was only answered again does not count. */
    async texts(): Promise<readonly (string | null)[]> {
      let state = initialState
      return (await entriesIn(kept)).flatMap(entry => {
        const done = step(state, entry)
        state = done.after
        return done.events.some(({ event }) => event.type === 'said') ? [entry.texts.text ?? null] : []
      })
    },
  }
}

/** A journal that outlives the server that opened it. */
function opened(kept: MemoryJournal): { readonly journal: MemoryJournal; readonly crash: (when: Crash) => void } {
  let gone: Crash | null = null
  const never = new Promise<never>(() => {})
  return {
    crash: when => {
      gone = when
    },
    journal: {
      ...kept,
      get base() {
        return kept.base
      },
      committed$: new Observable<readonly Entry[]>(out =>
        kept.committed$.subscribe(entries => {
          if (gone === null) out.next(entries)
        }),
      ),
      append: batch => Promise.resolve().then(() => (gone === 'before the commit' ? never : kept.append(batch))),
      keep: async snapshot => (gone === null ? kept.keep(snapshot) : never),
      close: async () => {},
    },
  }
}
