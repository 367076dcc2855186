/** Keepers on several servers may decide about the same held message: the first in the journal's order does. */
import { expect, test } from 'vitest'
import { AccountChat } from '../../helpers/account-chat.ts'
import { codesOf, filter } from '../../helpers/keeper.ts'

/** Returns the number of the message that waits. */
function holding(chat: AccountChat): number {
  chat.person('founder', 'Mr.Blue', 'ops')
  chat.guest('author', 'ЗОЯ', { room: 'ops' })
  chat.ask('founder', filter('maybe', 'ops', 'hold'))
  const id = chat.state.seq
  chat.ask('author', { type: 'say', room: 'ops', action: false, filters: [id] })
  return chat.state.seq
}

test('of two releases one is performed, and the text beside the other is not needed', () => {
  const chat = new AccountChat()
  const target = holding(chat)
  expect(codesOf(chat.host({ type: 'release', target }))).toEqual([])
  expect(codesOf(chat.ask('founder', { type: 'release', target }))).toEqual(['held-unknown'])
  expect([...chat.state.obsolete].sort()).toEqual([target, target + 2])
})

test('a member that may not release it gets no copy into the journal that stays', () => {
  const chat = new AccountChat()
  const target = holding(chat)
  expect(codesOf(chat.ask('author', { type: 'release', target }))).toEqual(['role-needed'])
  expect([[...chat.state.obsolete], chat.state.held.has(target)]).toEqual([[target + 1], true])
  expect(codesOf(chat.ask('author', { type: 'drop', target }))).toEqual(['role-needed'])
})
