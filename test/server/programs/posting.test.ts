/** The answer to a request that posts: the outcome, if the server learns of it. */
import { Subject } from 'rxjs'
import { expect, test } from 'vitest'
import type { Step } from '../../../src/model/step.ts'
import type { HubTrouble } from '../../../src/server/commit/hub.ts'
import { Posting } from '../../../src/server/programs/posting.ts'
import { says } from '../../helpers/drafts.ts'

function posting() {
  const [delivered$, trouble$] = [new Subject<readonly Step[]>(), new Subject<HubTrouble>()]
  const all = new Posting(delivered$, trouble$)
  const draft = says('ci', 'deploy done')
  return { delivered$, trouble$, draft, outcome: all.carryOut(draft, () => {}) }
}

test('[A2] of what could not be stored: that it was refused', async () => {
  const { trouble$, draft, outcome } = posting()
  trouble$.next({ type: 'storage', drafts: [draft], error: new Error('full') })
  expect(await outcome).toEqual({ ok: false, code: 'storage', detail: '' })
})

test('[A2] of what may be stored or not when the server stops: that nobody knows, and not that it was refused', async () => {
  const { delivered$, outcome } = posting()
  delivered$.complete()
  expect(await outcome).toEqual({ ok: false, code: 'outcome-unknown', detail: '' })
})
