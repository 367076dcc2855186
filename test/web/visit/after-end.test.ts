/** The form after each refusal, and after each end of a session. */
import { expect, test } from 'vitest'
import type { Ending } from '../../../src/client/session/status.ts'
import { CLOSINGS, type CloseCode } from '../../../src/model/closing.ts'
import { ERRORS, type ErrorCode } from '../../../src/model/error.ts'
import type { As } from '../../../src/web/parts/join/wish.ts'
import { afterEnd } from '../../../src/web/visit/after-end.ts'

const GUEST: As = { type: 'guest' }
const KEPT: As = { type: 'kept', secret: 's' }
const PASSWORD: As = { type: 'password', password: 'p', keeps: false }
const PASSKEY: As = { type: 'passkey', keeps: false }
const CREATE: As = { type: 'create', password: 'p', keeps: true }

const refused = (code: ErrorCode | CloseCode): Ending => ({ by: 'server', code, message: `about ${code}`, exit: 4 })

test('[G15] a guest who takes the name of an account is asked whether it is theirs', () => {
  const { mode, error } = afterEnd(refused('name-registered'), GUEST, false)
  expect(mode).toBe('sign-in')
  expect(error).toMatchObject({ at: 'form', text: expect.stringContaining('Is it yours?') })
})

test('[G15] somebody who makes an account of a name that is one is told so at the name', () => {
  const { mode, error } = afterEnd(refused('name-registered'), CREATE, false)
  expect([mode, error?.at]).toEqual(['create', 'name'])
})

test.each(['credential-wrong', 'credential-wait', 'busy'] as const)('[G15] %s stands at the password', code => {
  expect(afterEnd(refused(code), PASSWORD, false)).toMatchObject({
    ...{ mode: 'sign-in', forgets: false },
    error: { at: 'password', text: `about ${code}` },
  })
  expect(afterEnd(refused(code), PASSKEY, false).error?.at, 'a passkey has no field').toBe('form')
})

test('[G18] a kept sign-in that the server no longer knows is forgotten, and one that has to wait is not', () => {
  for (const code of ['credential-wrong', 'credential-gone'] as const)
    expect(afterEnd(refused(code), KEPT, false)).toMatchObject({ mode: 'sign-in', forgets: true })
  for (const code of ['busy', 'credential-wait', 'server-full', 'internal'] as const)
    expect(afterEnd(refused(code), KEPT, false), code).toMatchObject({ mode: 'guest', forgets: false })
})

test('[G18] somebody who was signed out elsewhere reads so; somebody who signed out or left does not', () => {
  expect(afterEnd(refused('signed-out'), PASSWORD, false)).toMatchObject({ mode: 'sign-in', forgets: true })
  expect(afterEnd(refused('signed-out'), PASSWORD, true)).toEqual({
    ...{ mode: 'guest', error: null, locked: false, forgets: false },
  })
})

test('[S7] the server’s own password has its own field', () => {
  for (const code of ['password-needed', 'password-wrong', 'password-wait'] as const)
    expect(afterEnd(refused(code), CREATE, false)).toMatchObject({
      ...{ mode: 'create', locked: true },
      error: { at: 'server-password' },
    })
  expect(afterEnd(refused('password-short'), CREATE, false).error?.at, 'of the account').toBe('password')
})

test('[E1] every refusal leads to a form with a sentence', () => {
  for (const as of [GUEST, KEPT, PASSWORD, PASSKEY, CREATE])
    for (const code of Object.keys({ ...ERRORS, ...CLOSINGS }) as (ErrorCode | CloseCode)[])
      expect(afterEnd(refused(code), as, false).error?.text, code).toBeTruthy()
})

test('[G22] a ban and a lock-down stand above the form, and what a room refuses at the room', () => {
  for (const code of ['banned', 'locked-down'] as const)
    expect(afterEnd(refused(code), GUEST, false).error, code).toEqual({ at: 'form', text: `about ${code}` })
  for (const code of ['banned-here', 'invite-only', 'key-needed', 'room-full'] as const)
    expect([GUEST, CREATE, PASSWORD].map(as => afterEnd(refused(code), as, false).error?.at)).toEqual([
      ...['room', 'room', 'form'],
    ])
})
