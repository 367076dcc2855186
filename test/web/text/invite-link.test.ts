/** The link of an invite: its parts, and the address after it. */
import { expect, test } from 'vitest'
import { inviteIn, withoutToken } from '../../../src/web/text/invite-link.ts'

test('[G20] an invite is in the fragment, with or without a room', () => {
  expect(inviteIn('#invite=abc-_9')).toEqual({ token: 'abc-_9', where: null })
  expect(inviteIn('#invite=abc&room=ops')).toEqual({ token: 'abc', where: '#ops' })
  expect(inviteIn('#room=%E7%94%B0%E4%B8%AD&invite=abc')).toEqual({ token: 'abc', where: '#田中' })
  expect(inviteIn('#invite=abc&room=no/room'), 'a room that there cannot be').toEqual({ token: 'abc', where: null })
  for (const other of ['', '#', '#ops', '#@Spider-Man', '#invite', '#invite=', '#room=ops'])
    expect(inviteIn(other), other).toBeNull()
})

test('[G20] the address keeps the room, and no token', () => {
  expect(withoutToken({ token: 'abc', where: '#ops' }, '/')).toBe('#ops')
  expect(withoutToken({ token: 'abc', where: '#田中' }, '/')).toBe('#%E7%94%B0%E4%B8%AD')
  expect(withoutToken({ token: 'abc', where: null }, '/')).toBe('/')
})
