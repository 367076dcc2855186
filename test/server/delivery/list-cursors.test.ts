/** The list of cursors: whose turn it is, and whose cursor. */
import { expect, test } from 'vitest'
import { type Body, HOST_SESSION } from '../../../src/model/input.ts'
import { CURSOR_GRACE_MS, CURSOR_LEASE_MS } from '../../../src/model/limits.ts'
import { cursorsFor, listedCursor } from '../../../src/server/delivery/list-cursors.ts'
import { AccountChat } from '../../helpers/account-chat.ts'
import { nameOf, targetOf } from '../../helpers/arbitrary-inputs.ts'

const EMPTY = { count: () => 0, page: () => ({ messages: [], more: false }), seq: 0, version: 0 } as never

const listed = ({ state }: AccountChat) =>
  cursorsFor(state, HOST_SESSION).map(one => listedCursor(state, EMPTY, one, HOST_SESSION))

const claim = (as?: string): Body => {
  const body = { type: 'cursor-claim', cursor: 'etl', room: 'lobby', from: 0 } as const
  return as === undefined ? body : { ...body, as }
}

function withToken(name: string): AccountChat {
  const chat = new AccountChat()
  chat.host({ type: 'grant', grant: 'g', name: nameOf(name), secret: 's', room: null, read: true, write: false })
  return chat
}

test('[CU3] a program with a token has no turn in the list after its lease, and waits no longer', () => {
  const chat = withToken('Ímp')
  chat.ask('g', claim(''))
  expect(listed(chat)).toMatchObject([{ owner: 'Ímp', holder: '', away: false, waiting: 0, revoked: false }])
  chat.ask('g', claim('b'))
  expect(listed(chat)).toMatchObject([{ holder: '', waiting: 1 }])
  chat.ask('g', { type: 'cursor-leave', cursor: 'etl', as: '' })
  expect(listed(chat)).toMatchObject([{ holder: 'b', waiting: 0 }])
  chat.after(CURSOR_LEASE_MS)
  expect(listed(chat)).toMatchObject([{ holder: null, away: false, waiting: 0 }])
})

test('[CU3] a session without a connection keeps its turn, and is away', () => {
  const chat = new AccountChat()
  chat.person('one', 'Spider-Man')
  chat.ask('one', claim())
  chat.lose('one')
  chat.after(CURSOR_GRACE_MS + 1)
  expect(listed(chat)).toMatchObject([{ owner: 'Spider-Man', holder: 'one', away: true }])
})

test('[CU1] the cursor of a revoked token stays, marked, until a new token of its name has it', () => {
  const chat = withToken('José')
  chat.ask('g', claim(''))
  chat.host({ type: 'revoke', who: targetOf('José') })
  expect(listed(chat)).toMatchObject([{ owner: 'José', holder: null, revoked: true }])
  chat.host({ type: 'grant', grant: 'h', name: nameOf('José'), secret: 't', room: null, read: true, write: false })
  expect(listed(chat)).toMatchObject([{ revoked: false }])
})
