/** The check of an invite: its answers, and the cost of guessing. */
import { OrderedMap } from 'immutable'
import { expect, test } from 'vitest'
import { PASSWORD_FREE_TRIES, PASSWORD_WAIT_MS } from '../../../src/model/limits.ts'
import { initialState } from '../../../src/model/state.ts'
import { inviteGate } from '../../../src/server/ingress/invites.ts'
import { systemEntropy } from '../../../src/transport/entropy.ts'

const invite = (id: string, token: string) => ({ id, hash: systemEntropy.digest(token), room: null, uses: 1, until: 1 })

function opened(...tokens: readonly string[]) {
  const invites = OrderedMap(tokens.map((token, k) => [`${k}`, invite(`${k}`, token)] as const))
  return inviteGate({ entropy: systemEntropy, state: () => ({ ...initialState, invites }) })
}

test('[I9] a token leads to its invite, among others; anything else is refused', () => {
  const gate = opened('first', 'second', 'third')
  expect(gate.pass('192.0.2.1', 'second', 0)).toEqual({ ok: true, invite: '1' })
  for (const token of ['', 'secon', 'second ', systemEntropy.digest('second'), '\0', '田中']) {
    expect(gate.pass('192.0.2.1', token, 0), token).toMatchObject({ ok: false })
  }
  expect(opened().pass('192.0.2.1', 'first', 0)).toEqual({ ok: false, code: 'invite-invalid', detail: '' })
})

test('[I9] an address that guesses has to wait, with a right one too; its neighbours in the same /64 as well, others not', () => {
  const gate = opened('right')
  for (let k = 0; k < PASSWORD_FREE_TRIES; k++) gate.pass('2001:db8::1', `wrong ${k}`, 0)
  expect(gate.pass('2001:db8::2', 'right', 1)).toEqual({ ok: false, code: 'credential-wait', detail: '1' })
  expect(gate.pass('2001:db8:0:1::1', 'right', 1)).toEqual({ ok: true, invite: '0' })
  expect(gate.pass('2001:db8::1', 'right', PASSWORD_WAIT_MS)).toEqual({ ok: true, invite: '0' })
})

test('[I9] a thousand guesses at once get five checks', () => {
  const gate = opened('right')
  const answers = Array.from({ length: 1000 }, (_, k) => gate.pass('192.0.2.1', `${k}`, 0))
  expect(answers.filter(answer => !answer.ok && answer.code === 'invite-invalid').length).toBe(PASSWORD_FREE_TRIES)
})
