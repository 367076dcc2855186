/** Edits that were stored and not shown: a server finishes them that finds them at its start. */
import { BehaviorSubject, NEVER } from 'rxjs'
import { expect, test } from 'vitest'
import { memoryJournal } from '../../../src/journal/memory.ts'
import { memoryHistory } from '../../../src/journal/memory-history.ts'
import type { Body } from '../../../src/model/input.ts'
import { initialState } from '../../../src/model/state.ts'
import { showEdits } from '../../../src/server/jobs/edits.ts'
import { eraseTexts, play, Story } from '../../helpers/living.ts'
import { virtualClock } from '../../helpers/virtual-clock.ts'

/** A message and an edit of it; then `before`; then the server starts. */
async function started(before: (kept: ReturnType<typeof keptIn>, story: Story) => Promise<unknown>) {
  const [kept, story, clock] = [keptIn(), new Story(), virtualClock()]
  const target = await play(kept, story.say('first', { from: '田中' }))
  const seq = await play(kept, story.edit(target, 'second 🦊', '田中'))
  await before(kept, story)
  const about = { seq, target, room: 'lobby', members: [], everyone: false, author: '田中' }
  const edit = { ...about, origin: 'here', session: '田中', n: 1 }
  const submitted: Body[] = []
  const erased: number[] = []
  showEdits({
    hub: {
      state$: new BehaviorSubject({ ...initialState, edits: initialState.edits.set(seq, edit) }),
      settled: run => run(),
    },
    ...{ history: kept.history, clock, origin: 'here', leads: () => true, closing$: NEVER },
    async erase(...targets) {
      erased.push(...targets)
    },
    submit: body => submitted.push(body),
  })
  await clock.advance(1)
  return { submitted, erased }
}

function keptIn() {
  const journal = memoryJournal('epoch')
  return { journal, history: memoryHistory(journal.textOf) }
}

test('[Y11] one whose text before is erased already is shown all the same: it would be lost', async () => {
  const { submitted, erased } = await started(kept => eraseTexts(kept, 1))
  expect(submitted).toEqual([{ type: 'show-edit', edit: 2, texts: [1] }])
  expect(erased).toEqual([1])
})

test('[Y11] one of a message that was deleted is dropped, and its text is erased', async () => {
  const { submitted, erased } = await started(async (kept, story) => {
    await eraseTexts(kept, 1)
    await play(kept, story.remove(1, '田中'))
  })
  expect(submitted).toEqual([{ type: 'show-edit', edit: 2, texts: [2], off: true }])
  expect(erased).toEqual([2])
})
