/** The room as the journal tells it: all of it or an error, never a room with missing inputs. */
import { describe, expect, test } from 'vitest'
import { DataError } from '../../../src/journal/data-error.ts'
import { memoryJournal } from '../../../src/journal/memory.ts'
import { memoryHistory } from '../../../src/journal/memory-history.ts'
import type { Draft } from '../../../src/model/input.ts'
import type { Step } from '../../../src/model/step.ts'
import type { Journal } from '../../../src/port/journal.ts'
import { toSnapshot } from '../../../src/reducer/snapshot.ts'
import { openHub } from '../../../src/server/commit/hub.ts'
import { recover } from '../../../src/server/commit/recover.ts'
import { enters, says, starts } from '../../helpers/drafts.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { entriesIn } from '../../helpers/recorded.ts'
import { recovered } from '../../helpers/recovered.ts'
import { POISON, troubledJournal } from '../../helpers/troubled-journal.ts'
import { virtualClock } from '../../helpers/virtual-clock.ts'

/** Three members that enter, one after another, and a snapshot of another version of rxchat after the second. */
async function written(): Promise<Journal> {
  const journal = memoryJournal('epoch')
  await journal.append([enters('alice'), enters('bob'), says('bob', 'hi')])
  await journal.keep({ seq: 2, state: JSON.stringify({ version: 0 }) })
  return journal
}

const never = (): never => {
  throw new Error('nothing here is poisonous')
}

test('a state that another version kept is passed over: every input is folded again [J7]', async () => {
  const { members } = await recovered(await written(), never)
  expect([...members.values()].map(({ name }) => name.text)).toEqual(['alice', 'bob'])
})

test.each([
  ['some of them', 2],
  ['all of them', 3],
])('where %s are forgotten, that state is all there is of them, and the start says so [J7]', async (_, upTo) => {
  const journal = await written()
  if (upTo === 3) await journal.keep({ seq: 3, state: JSON.stringify({ version: 0 }) })
  await journal.forget(upTo)
  await expect(recovered(journal, never)).rejects.toThrow(DataError)
  await expect(recovered(journal, never)).rejects.toThrow(/no input 1 any more.*Start the version that kept it\./)
})

describe('a journal to which others write while it is read', () => {
  /** One of `foreign` is written before each entry that is read from it; `inner` is the journal as others see it. */
  function busy(...foreign: Draft[]): { readonly journal: Journal; readonly inner: Journal } {
    const inner = memoryJournal('epoch')
    const append = async (): Promise<void> => {
      const draft = foreign.shift()
      if (draft) await inner.append([draft])
    }
    const journal: Journal = {
      ...inner,
      async *read(seq) {
        await append()
        for await (const entries of inner.read(seq)) {
          for (const entry of entries) {
            yield [entry]
            await append()
          }
        }
      },
    }
    return { journal, inner }
  }

  test('is folded whole, each entry once: those that were read, and those that came [R1] [J7]', async () => {
    const texts = ['one', 'two', 'three', 'four']
    const { journal, inner } = busy(enters('alice'), ...texts.map(text => says('alice', text)))
    const applied: number[] = []
    const history = { ...memoryHistory(() => null), apply: ({ seq }: Step) => void applied.push(seq) }
    const recovery = await recover(journal, history, never)
    await journal.append([says('alice', 'while nobody subscribed')])
    const room = recovery.finish()
    const all = await entriesIn(inner)
    expect(all.length).toBeGreaterThan(2)
    expect(applied).toEqual(all.map(({ seq }) => seq))
    expect(toSnapshot(room)).toBe(toSnapshot(await recovered(inner, never)))
  })

  test('opens with its room as it is when the server takes connections', async () => {
    const { journal, inner } = busy(...['alice', 'bob', 'carol'].map(name => enters(name, 'lobby', name)))
    const world = await openWorld({}, journal)
    await world.clock.settle()
    const names = () => [...world.state().members.values()].map(({ name }) => name.text)
    expect(names()).toEqual(expect.arrayContaining(['alice', 'bob']))
    await journal.append([starts(), enters('dora')])
    await world.clock.settle()
    expect(names()).toContain('dora')
    expect(toSnapshot(world.state())).toBe(toSnapshot(await recovered(inner, never)))
    expect(world.state().seq).toBe((await entriesIn(inner)).at(-1)?.seq)
  })
})

test('an input that fails at a start is reported, however long the journal is read [Q1]', async () => {
  const sound = memoryJournal('epoch')
  await sound.append([enters('alice'), says('alice', POISON)])
  const journal = troubledJournal(sound)
  const clock = virtualClock()
  const slow = {
    ...journal,
    async *read(seq: number) {
      for await (const page of journal.read(seq)) {
        yield page
        for (let turns = 0; turns < 3; turns++) await new Promise<void>(resolve => clock.turn(resolve))
      }
    },
  }
  const outlet = {
    prepare: () => [],
    hasReadEnough: () => false,
    goOn: () => {},
    isThrough: () => true,
    flush: () => {},
  }
  const seen: string[] = []
  const opening = openHub(
    slow,
    memoryHistory(() => null),
    clock,
    outlet,
  ).then(hub => {
    hub.trouble$.subscribe(({ type }) => seen.push(type))
    return hub
  })
  await clock.settle()
  const hub = await opening
  await clock.settle()
  expect(seen).toEqual(['quarantined'])
  await hub.close()
})
