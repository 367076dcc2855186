/** Signing in: a client session's messages and views, for every answer of the server. */
import { describe, expect, test } from 'vitest'
import { pending } from '../../../src/client/session/outbox/pending.ts'
import { remembered, type SessionMessage, WELCOME_MS } from '../../../src/client/session/state.ts'
import {
  alarm,
  closed,
  hello,
  now,
  ok,
  online,
  opened,
  Player,
  rejected,
  reply,
  say,
  saying,
  start,
  TOKEN,
  welcome,
} from '../../helpers/session-player.ts'

const challenge = reply({ type: 'challenge', nonce: 'n', server: 'e' })
const proved: SessionMessage = { type: 'proved', proof: { signature: 's', seen: 'plain' }, now }
const unproved: SessionMessage = { type: 'unproved', why: 'That is another server.', now }
const login: SessionMessage = {
  type: 'ask',
  asked: { type: 'login', name: 'Mr.Blue', account: { password: 'open says me' } },
  now,
}
const loggingIn = (n: number): object => ({
  ...{ type: 'login', name: 'Mr.Blue', account: { password: 'open says me' } },
  n,
})
const asMrBlue = welcome({ name: 'Mr.Blue', session: 's2', token: 'T2', account: true, credential: 'c1', seq: 20 })

const done = ({ effects }: Player) => effects.filter(({ type }) => type !== 'tell')

describe('[I15] a hello that signs in', () => {
  test('names the account and the invite, and answers the challenge on its connection', () => {
    const key = { key: 'PUBLIC' }
    const player = new Player({ account: key, invite: 'i', room: null }).hear(start, opened)
    expect(player.sent).toEqual([{ ...hello, room: null, account: key, invite: 'i' }])
    player.hear(challenge)
    expect(done(player)).toEqual([{ type: 'prove', challenge: expect.anything(), name: 'alice', account: key }])
    player.hear(proved)
    expect(player.sent).toEqual([{ type: 'prove', signature: 's', seen: 'plain' }])
    player.hear(welcome({ account: true }))
    expect(player.at.status.state).toBe('online')
  })

  test('gives a person time to answer, and the server time for its check after that', () => {
    const player = new Player({ account: { passkey: true } }).hear(start, opened, challenge)
    player.hear(alarm('welcome', now + WELCOME_MS))
    expect(player.at.status.state).toBe('connecting')
    expect(player.hear(proved).alarms.welcome).toBe(WELCOME_MS)
  })

  test('ends when the challenge cannot be answered, with the reason', () => {
    const player = new Player({ account: { key: 'PUBLIC' } }).hear(start, opened, challenge, unproved)
    expect(player.at.status).toMatchObject({ state: 'ended', end: { message: 'That is another server.', exit: 4 } })
  })

  test('answers no second challenge meanwhile, and none that nobody asked for', () => {
    const player = new Player({ account: { key: 'PUBLIC' } }).hear(start, opened, challenge)
    expect(done(player.hear(challenge))).toEqual([])
    expect(done(online().hear(challenge))).toEqual([])
    expect(done(online().hear(proved))).toEqual([])
  })

  test('follows what the user does to the account', () => {
    const again = (player: Player): object => player.hear(closed, alarm('retry'), opened).sent[0] ?? {}
    const registering = online().hear(
      { type: 'ask', asked: { type: 'register', password: 'open says me' }, now },
      ...[ok(1)],
    )
    expect(again(registering)).toMatchObject({ name: 'alice', account: { password: 'open says me' } })
    registering.hear(welcome({ resumed: true }))
    registering.hear({ type: 'ask', asked: { type: 'keep', secret: 'S' }, now }, ok(2))
    expect(again(registering)).toMatchObject({ account: { kept: 'S' } })
    const refused = online().hear({ type: 'ask', asked: { type: 'register', password: 'short' }, now })
    refused.hear(rejected('name-taken', 1))
    expect(again(refused)).not.toHaveProperty('account')
  })
})

describe('[I11] a guest that logs in', () => {
  test('sends it when everything before is answered, and holds back everything behind', () => {
    const player = online().hear(say('as a guest'), login, say('as Mr.Blue'))
    expect(player.sent).toEqual([saying(1, 'as a guest')])
    expect(player.hear(ok(1)).sent).toEqual([loggingIn(2)])
    expect(player.hear(say('too')).sent).toEqual([])
    player.hear(asMrBlue)
    expect(player.reports).toEqual([
      { id: 2, is: 'done', seq: 20, reply: expect.objectContaining({ type: 'welcome' }) },
    ])
    expect(player.sent).toEqual([saying(1, 'as Mr.Blue'), saying(2, 'too')])
    expect(player.at).toMatchObject({ name: 'Mr.Blue', token: 'T2', id: 's2', status: { name: 'Mr.Blue' } })
  })

  test('comes back as the account after a lost connection', () => {
    const player = online().hear(login, asMrBlue).hear(closed, alarm('retry'), opened)
    expect(player.sent[0]).toMatchObject({
      ...{ name: 'Mr.Blue', token: 'T2', epoch: 'e', room: null },
      account: { password: 'open says me' },
    })
  })

  test('stays a guest when it is refused, and sends nothing of what was meant for the account', () => {
    const player = online().hear(login, say('as Mr.Blue'))
    player.hear(rejected('not-entered', 1))
    expect(player.reports).toEqual([
      { id: 1, is: 'refused', code: 'not-entered', message: 'not-entered' },
      { id: 2, is: 'refused', code: 'internal', message: expect.stringContaining('not sent') },
    ])
    expect(player.sent).toEqual([])
    expect(player.at).toMatchObject({ name: 'alice', token: TOKEN, account: null })
    expect(player.hear(say('as a guest')).sent).toEqual([saying(2, 'as a guest')])
  })

  test('proves its key on the same connection; if it cannot, the server is told so', () => {
    const player = online().hear(login, challenge)
    expect(player.effects).toContainEqual(expect.objectContaining({ type: 'prove', name: 'Mr.Blue' }))
    player.hear(unproved)
    expect(player.sent).toEqual([{ type: 'prove' }])
    expect(player.reports).toMatchObject([{ id: 1, is: 'refused', message: 'That is another server.' }])
    player.hear(rejected('not-entered', 1))
    expect(player.reports).toEqual([])
    expect(player.at.status.state).toBe('online')
  })

  test('is not repeated when the connection is lost before the answer: the outcome is unknown', () => {
    const player = online().hear(login, say('as Mr.Blue'), closed)
    expect(player.reports).toEqual([
      { id: 1, is: 'unknown', asked: expect.objectContaining({ type: 'login' }) },
      { id: 2, is: 'refused', code: 'internal', message: expect.stringContaining('not sent') },
    ])
    player.hear(alarm('retry'), opened)
    expect(player.sent).toEqual([{ ...hello, epoch: 'e', cursor: 10, whole: true }])
    expect(player.hear(welcome({ session: 's3' })).sent).toEqual([])
  })

  test('that is too fast for the server waits, and goes out once', () => {
    const player = online().hear(login, rejected('slow-down', 1))
    expect(player.reports).toEqual([])
    expect(player.hear(alarm('pace')).sent).toEqual([loggingIn(2)])
  })
})

describe('[I14] secrets', () => {
  test('are neither listed among the pending commands nor stored', () => {
    const player = online().hear(
      { type: 'ask', asked: { type: 'register', password: 'open says me' }, now },
      { type: 'ask', asked: { type: 'keep', secret: 'open says me' }, now },
      ...[{ type: 'ask', asked: { type: 'password', old: 'open says me', new: 'open says me' }, now } as const],
      ...[say('one'), login],
    )
    expect(pending(player.at.outbox).map(({ asked }) => asked.type)).toEqual(['say'])
    expect(JSON.stringify(remembered(player.at))).not.toContain('open says me')
  })
})

describe('[I17] other ways to sign in', () => {
  const key = { key: 'PUBLIC' }

  test.each(['name-registered', 'password-needed', 'guests-off'] as const)(
    'a guest that is refused with %s offers a key, on the same connection',
    code => {
      const player = new Player({ otherwise: [key] }).hear(start, opened, rejected(code))
      expect(player.sent).toEqual([hello, { ...hello, account: key }])
      player.hear(rejected('name-registered'))
      expect(player.at.status).toMatchObject({ state: 'ended', end: { code: 'name-registered' } })
    },
  )

  test('a key that is not for this server goes on as a guest, when the server has refused the empty proof', () => {
    const player = new Player({ account: key, otherwise: [null] }).hear(start, opened, challenge)
    expect(player.hear(unproved).sent).toEqual([{ type: 'prove' }])
    expect(player.hear(rejected('proof-wrong')).sent).toEqual([hello])
    expect(player.hear(welcome()).at.status.state).toBe('online')
  })

  test('a refused proof ends it: nothing weaker is tried', () => {
    const player = new Player({ account: key, otherwise: [null, { password: 'p' }] })
    player.hear(start, opened, challenge, proved, rejected('credential-wrong'))
    expect(player.at.status).toMatchObject({ state: 'ended', end: { code: 'credential-wrong' } })
  })
})

describe('[I3] a session that is signed out', () => {
  const logout: SessionMessage = { type: 'ask', asked: { type: 'logout', everywhere: false }, now }
  const signedOut = reply({ type: 'closed', code: 'signed-out', message: 'You were signed out.', reconnect: false })

  test('has failed, unless its user has asked for that and was not refused', () => {
    const exit = (player: Player) => player.at.status.state === 'ended' && player.at.status.end.exit
    expect(exit(online().hear(signedOut))).toBe(4)
    expect(exit(online().hear(logout, signedOut))).toBe(0)
    expect(exit(online().hear(logout, ok(1), signedOut))).toBe(0)
    expect(exit(online().hear(logout, rejected('not-registered', 1), signedOut))).toBe(4)
  })

  test('leaves nothing to be resumed', () => {
    expect(remembered(online().hear(logout, signedOut).at)).toBeNull()
  })
})
