/** Subscriptions to notifications in the state: their owners, their number, their ends, and the texts erased then. */
import { describe, expect, test } from 'vitest'
import { FORMAT } from '../../../src/model/format.ts'
import { PUSHES_PER_ACCOUNT } from '../../../src/model/limits.ts'
import { AccountChat, kept, password } from '../../helpers/account-chat.ts'

const typesOf = (events: readonly { readonly type: string }[]): readonly string[] => events.map(({ type }) => type)

/** Spider-Man is here by a password (s1) and by a kept sign-in (s2), 田中 by a password (t1), and Mr.Blue is a guest (g1). */
function scene() {
  const chat = new AccountChat()
  const spider = chat.person('s2', 'Spider-Man')
  chat.ask('s2', { type: 'credential', add: kept('phone') })
  chat.enter('s1', spider, 'pw-s2')
  const tanaka = chat.person('t1', '田中')
  chat.guest('g1', 'Mr.Blue')
  const push = (session: string, hash: string, preview = false) =>
    chat.ask(session, { type: 'push', hash, preview }, null)
  const hashes = (): readonly string[] => [...chat.state.pushes.values()].map(({ hash }) => hash)
  return { chat, spider, tanaka, push, hashes }
}

describe('a subscription', () => {
  test('belongs to the account and to the credential of its session, and has its endpoint beside its input', () => {
    const { chat, spider, push } = scene()
    expect(typesOf(push('s2', 'phone’s', true))).toEqual(['subscribed'])
    const { seq } = chat.state
    expect([...chat.state.pushes.values()]).toEqual([
      { id: seq, account: spider.id, credential: 'phone', hash: 'phone’s', preview: true, text: seq },
    ])
  })

  test('of a guest is refused, and its endpoint erased', () => {
    const { chat, push } = scene()
    expect(push('g1', 'x')).toMatchObject([{ type: 'rejected', code: 'not-registered' }, { type: 'unneeded' }])
    expect([...chat.state.obsolete]).toEqual([chat.state.seq])
  })

  test('of one browser is one, also after another member’s sign-in there', () => {
    const { chat, tanaka, push } = scene()
    push('s1', 'shared')
    const first = chat.state.seq
    expect(typesOf(push('t1', 'shared'))).toEqual(['unsubscribed', 'subscribed'])
    expect([...chat.state.pushes.values()]).toMatchObject([{ account: tanaka.id, hash: 'shared' }])
    expect([...chat.state.obsolete]).toEqual([first])
  })

  test('too many of an account end the oldest', () => {
    const { push, hashes } = scene()
    push('t1', 'of 田中')
    for (let k = 0; k <= PUSHES_PER_ACCOUNT; k++) push('s1', `${k}`)
    expect(hashes()).toEqual(['of 田中', ...Array.from({ length: PUSHES_PER_ACCOUNT }, (_, k) => `${k + 1}`)])
  })

  test.each([
    ['its credential is revoked', ({ chat }) => chat.ask('s1', { type: 'withdraw', credential: 'phone' }), ['by pw']],
    ['its device signs out', ({ chat }) => chat.ask('s2', { type: 'logout', everywhere: false }), ['by pw']],
    ['the account signs out everywhere', ({ chat }) => chat.ask('s1', { type: 'logout', everywhere: true }), []],
    [
      'the password changes that it came with',
      ({ chat }) => chat.ask('s1', { type: 'credential', add: password('new'), replaces: 'pw-s2' }),
      ['by phone'],
    ],
    [
      'the host resets the account',
      ({ chat, spider }) => chat.host({ type: 'account-reset', account: spider.id, credential: password('reset') }),
      [],
    ],
    [
      'the host removes the account',
      ({ chat, spider }) => chat.host({ type: 'account-remove', account: spider.id }),
      [],
    ],
    ['the browser asks', ({ chat }) => chat.ask('s1', { type: 'unpush', hash: 'by phone' }), ['by pw']],
    ['its session asks', ({ chat }) => chat.ask('s2', { type: 'unpush', hash: null }), ['by pw']],
  ] satisfies readonly [string, (of: ReturnType<typeof scene>) => unknown, readonly string[]][])(
    'ends when %s, and its endpoint is erased',
    (_, act, left) => {
      const of = scene()
      of.push('s1', 'by pw')
      of.push('s2', 'by phone')
      of.push('t1', 'of 田中')
      const texts = new Map([...of.chat.state.pushes.values()].map(({ hash, text }) => [hash, text]))
      act(of)
      expect(of.hashes()).toEqual([...left, 'of 田中'])
      const gone = ['by pw', 'by phone'].filter(hash => !left.includes(hash))
      expect([...of.chat.state.obsolete].sort()).toEqual(gone.map(hash => texts.get(hash)))
    },
  )

  test('of somebody else nobody ends', () => {
    const { chat, push, hashes } = scene()
    push('s1', 'mine')
    expect(chat.ask('t1', { type: 'unpush', hash: 'mine' })).toEqual([])
    expect(chat.ask('g1', { type: 'unpush', hash: 'mine' })).toMatchObject([{ type: 'rejected' }])
    expect(hashes()).toEqual(['mine'])
  })

  test('ends once when its service doesn’t know it any more', () => {
    const { chat, push, hashes } = scene()
    push('s1', 'gone')
    const gone = { type: 'push-gone', push: chat.state.seq } as const
    expect(typesOf(chat.host(gone))).toEqual(['unsubscribed'])
    expect(chat.host(gone)).toEqual([])
    expect(hashes()).toEqual([])
  })

  test('outlives the history: its endpoint is carried, and the earlier one erased', () => {
    const { chat, push } = scene()
    push('s1', 'carried')
    const { seq: push1 } = chat.state
    expect(typesOf(chat.host({ type: 'carry-push', push: push1 }))).toEqual(['push-carried'])
    expect(chat.state.pushes.get(push1)?.text).toBe(chat.state.seq)
    expect([...chat.state.obsolete]).toEqual([push1])
    expect(typesOf(chat.host({ type: 'carry-push', push: 1 }))).toEqual(['unneeded'])
  })

  test('doesn’t exist under the rules before format 8', () => {
    expect(FORMAT).toBeGreaterThanOrEqual(8)
    const chat = new AccountChat(7)
    chat.person('s1', 'Spider-Man')
    expect(chat.ask('s1', { type: 'push', hash: 'x', preview: false })).toMatchObject([
      { type: 'rejected', code: 'internal' },
    ])
    expect(chat.state.obsolete.size).toBe(0)
    expect(chat.state.pushes.size).toBe(0)
  })
})
