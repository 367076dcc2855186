/** A state that was restored from a snapshot has its sets in another order than the one that it was made of. */
import { expect, test } from 'vitest'
import type { Body } from '../../../src/model/input.ts'
import type { State } from '../../../src/model/state.ts'
import { fromSnapshot, toSnapshot } from '../../../src/reducer/snapshot.ts'
import { AccountChat } from '../../helpers/account-chat.ts'
import { nameOf } from '../../helpers/arbitrary-inputs.ts'
import { join, restrict, say } from '../../helpers/keeper.ts'

/** The events of the input, and its events after a restart. */
function bothOf(chat: AccountChat, session: string, body: Body): readonly [unknown, unknown] {
  const restored = new AccountChat()
  restored.state = fromSnapshot(toSnapshot(chat.state)) as State
  restored.at = chat.at
  return [chat.ask(session, body), restored.ask(session, body)]
}

test('[R1] [Z4] somebody who is muted in several rooms is told of the same mute', () => {
  const chat = new AccountChat()
  chat.guest('eve', 'Spider-Man', { room: 'zoo' })
  for (const room of ['tea', 'ant']) chat.ask('eve', join(room))
  for (const room of ['zoo', 'tea', 'ant']) chat.host(restrict('mute', 'Spider-Man', room))
  const [was, again] = bothOf(chat, 'eve', { type: 'nick', name: nameOf('ЗОЯ') })
  expect(again).toEqual(was)
  expect(was).toMatchObject([{ type: 'rejected', code: 'muted', detail: expect.stringContaining('#ant') }])
})

test('[R1] [Z5] somebody who is under several mutes of networks is told of the same one', () => {
  const chat = new AccountChat()
  const account = chat.person('z', 'مريم')
  for (const session of ['y', 'a', 'm']) chat.enter(session, account, 'pw-z')
  const networks = ['m', 'a', 'y'].map(session => {
    chat.host({ type: 'restrict-network', kind: 'mute', room: null, ms: null, reason: `of ${session}` })
    return [session, chat.state.seq] as const
  })
  for (const [session, net] of networks) chat.ask(session, { type: 'match', nets: [net] })
  const [was, again] = bothOf(chat, 'z', say('lobby'))
  expect(again).toEqual(was)
  expect(was).toMatchObject([{ type: 'rejected', code: 'muted', detail: expect.stringContaining('of m') }])
})
