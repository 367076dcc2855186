/** Why somebody can't write, by the modes of a place, by acts on it, and by refusals. */
import { Map as IMap } from 'immutable'
import { describe, expect, test } from 'vitest'
import { evolveChat } from '../../../src/client/chat/chat.ts'
import { serverTime, waitIn } from '../../../src/client/chat/keeping/waits.ts'
import { inRoom, withPerson } from '../../../src/client/chat/place.ts'
import { type Chat, newChat } from '../../../src/client/chat/state.ts'
import type { Reply } from '../../../src/codec/native/reply.ts'
import type { Modes } from '../../../src/model/keeping/modes.ts'
import type { RoomRole } from '../../../src/model/keeping/roles.ts'

const AT = 1_000_000_000
const OPS = inRoom('ops')

const hears = (chat: Chat, reply: object, now = AT): Chat =>
  evolveChat(chat, { type: 'spoken', spoken: { reply: reply as Reply, replayed: false }, now })

type Scene = {
  readonly modes?: Modes
  readonly server?: Modes
  readonly account?: boolean
  readonly role?: RoomRole
  readonly ahead?: number
}

/** ЗОЯ has entered #ops at AT. */
function scene({ modes = {}, server = {}, account = false, role, ahead = 0 }: Scene = {}): Chat {
  const at = AT + ahead
  const welcome = { type: 'welcome', seq: 1, at, name: 'ЗОЯ', session: 's', id: 'm', epoch: 'e', resumed: false }
  const more = { gap: false, grace: 0, rate: null, modes: server, ...(account ? { account } : {}) }
  const members = [{ name: 'ЗОЯ', id: 'm', since: at, ...(account ? { account } : {}) }]
  const roles = role === undefined ? {} : { roles: { m: role } }
  const room = { type: 'room', seq: 1, at, room: 'ops', topic: null, members, modes, ...roles }
  return hears(hears(newChat('ЗОЯ', 'ops', AT), { ...welcome, ...more }), room)
}

const acts = (fields: object, seq = 5): object => ({ type: 'moderated', seq, at: AT, by: 'Spider-Man', ...fields })
const said = (at: number): object => ({ type: 'said', seq: 9, at, room: 'ops', from: 'ЗОЯ', id: 'm', text: 'hi' })

describe('[G22] somebody who writes', () => {
  test('is held by nothing in a room without rules', () => {
    expect(waitIn(scene(), OPS, AT)).toBeNull()
    expect(waitIn(hears(scene(), said(AT)), OPS, AT)).toBeNull()
  })

  test.each<[Scene, number | null | undefined]>([
    [{ modes: { moderated: true } }, null],
    [{ modes: { moderated: true }, role: 'voice' }, undefined],
    [{ modes: { lockdown: true } }, null],
    [{ server: { lockdown: true } }, null],
    [{ modes: { lockdown: true }, account: true }, undefined],
    [{ modes: { delay: 60 } }, AT + 60_000],
    [{ modes: { delay: 60 }, server: { delay: 90 } }, AT + 90_000],
    [{ server: { delay: 60 }, account: true }, undefined],
    [{ modes: { slow: 10 } }, AT + 10_000],
    [{ modes: { slow: 10 }, account: true }, undefined],
    [{ modes: { slow: 10, delay: 60 } }, AT + 60_000],
    [{ modes: { slow: 10, moderated: true } }, null],
    [{ modes: { slow: 10, moderated: true, delay: 9 }, role: 'operator' }, undefined],
  ])('by the rules %j waits until %s', (rules, until) => {
    expect(waitIn(scene(rules), OPS, AT)?.until).toBe(until)
  })

  test('waits in slow mode from each of its messages on, and no longer', () => {
    const chat = hears(scene({ modes: { slow: 10 }, account: true }), said(AT + 5000))
    expect(waitIn(chat, OPS, AT + 5000)?.until).toBe(AT + 15_000)
    expect(waitIn(chat, OPS, AT + 15_000)).toBeNull()
  })

  test('is told of a mute where it holds, and of its end; the mute of another is no wait', () => {
    const mute = { act: 'mute', who: 'ЗОЯ', id: 'm', until: AT + 1000, reason: 'flooding' }
    const here = hears(scene(), acts({ ...mute, room: 'ops' }))
    expect(waitIn(here, OPS, AT)).toMatchObject({ why: 'Spider-Man muted you here: flooding', until: AT + 1000 })
    expect(waitIn(here, withPerson('田中'), AT)).toBeNull()
    expect(waitIn(here, OPS, AT + 1000)).toBeNull()
    expect(waitIn(hears(here, acts({ act: 'unmute', who: 'ЗОЯ', id: 'm', room: 'ops' }, 6)), OPS, AT)).toBeNull()
    const everywhere = hears(scene(), acts({ ...mute, until: undefined }))
    expect(waitIn(everywhere, withPerson('田中'), AT)).toMatchObject({ until: null })
    expect(waitIn(hears(scene(), acts({ ...mute, id: 'another', room: 'ops' })), OPS, AT)).toBeNull()
  })

  test('is told by a refusal, and may try again', () => {
    const asked = { type: 'say', room: 'ops', text: 'hi', action: false } as const
    const message = 'You are muted in #ops for 9 min more, by 田中: flooding. You can read meanwhile.'
    const refused = (code: 'muted' | 'filtered'): Chat => {
      const waiting = evolveChat(scene(), { type: 'asked', id: 1, asked, where: OPS })
      const outcome = { id: 1, is: 'refused', code, message, until: AT + 540_000 } as const
      return evolveChat(waiting, { type: 'outcome', outcome, now: AT })
    }
    const why = 'You are muted in #ops, by 田中: flooding. You can read meanwhile.'
    expect(waitIn(refused('muted'), OPS, AT)).toEqual({ why, until: AT + 540_000, refused: true })
    expect(waitIn(refused('filtered'), OPS, AT)).toBeNull()
  })

  test('forgets all of it with its session', () => {
    const muted = hears(scene(), acts({ act: 'mute', who: 'ЗОЯ', id: 'm', room: 'ops' }))
    expect(muted.waits).not.toEqual(IMap())
    expect(hears(muted, { type: 'welcome', seq: 9, at: AT, epoch: 'e', resumed: false, session: 't' }).waits).toEqual(
      IMap(),
    )
  })

  test('waits by the clock of the server', () => {
    const chat = scene({ ahead: 7000, modes: { delay: 60 } })
    expect(waitIn(chat, OPS, serverTime(chat, AT + 59_999))?.until).toBe(AT + 67_000)
    expect(waitIn(chat, OPS, serverTime(chat, AT + 60_000))).toBeNull()
    // A message that was longer on its way says nothing.
    expect(serverTime(hears(chat, said(AT + 6000)), AT)).toBe(AT + 7000)
  })
})
