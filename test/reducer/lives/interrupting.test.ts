/** A live message ends when its author may not write any more, by whatever input that is so. */
import { expect, test } from 'vitest'
import { AccountChat } from '../../helpers/account-chat.ts'
import { say } from '../../helpers/keeper.ts'

/** `José` writes a live message, and a network is muted, in which the session isn't. */
function writing() {
  const chat = new AccountChat()
  chat.guest('one', 'José')
  chat.ask('one', { ...say('lobby'), live: true } as Parameters<AccountChat['ask']>[1])
  const seq = chat.state.seq
  chat.host({ type: 'restrict-network', kind: 'mute', room: null, ms: null, reason: null })
  const net = chat.state.seq
  expect(chat.state.lives.size).toBe(1)
  chat.lose('one')
  return { chat, seq, net }
}

test('[LV4] with the return of its session from a network that is muted', () => {
  const { chat, seq, net } = writing()
  const events = chat.guest('two', 'José', { nets: [net] })
  expect(events.map(({ type }) => type)).toContain('rejected')
  const resume = { type: 'resume', token: 'token of one', known: true, nets: [net] } as const
  const back = chat.ask('three', resume as unknown as Parameters<AccountChat['ask']>[1])
  expect(back).toMatchObject([{ type: 'resumed' }, { type: 'finished', target: seq, interrupted: true, from: 'José' }])
  expect(chat.state.lives.size).toBe(0)
})

test('[LV4] and not with its return from anywhere else', () => {
  const { chat } = writing()
  const back = chat.ask('three', { type: 'resume', token: 'token of one', known: true } as Parameters<
    AccountChat['ask']
  >[1])
  expect(back.map(({ type }) => type)).toEqual(['resumed'])
  expect(chat.state.lives.size).toBe(1)
})
