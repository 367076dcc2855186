// Hooks in the reducer: their waiting events, the bound on these, and the secrets that sign.
import { describe, expect, test } from 'vitest'
import { type Body, HOST_SESSION } from '../../../src/model/input.ts'
import { HOOK_EVENTS_MAX } from '../../../src/model/limits.ts'
import type { HookKind } from '../../../src/model/state/hook.ts'
import { initialState, type State } from '../../../src/model/state.ts'
import { nextDue } from '../../../src/reducer/due.ts'
import { fromSnapshot, toSnapshot } from '../../../src/reducer/snapshot.ts'
import { step } from '../../../src/reducer/step.ts'
import { entryOf, nameOf, targetOf } from '../../helpers/arbitrary-inputs.ts'

class Room {
  state: State = initialState
  at = 1

  constructor(format = 9) {
    this.ask({ type: 'format', format })
    this.ask({ type: 'started', until: 1, reads: 9 })
  }

  /** The events of one more input, by their types; of refusals, the codes. */
  ask(body: Body, session = HOST_SESSION): readonly string[] {
    const seq = this.state.seq + 1
    const stamp = { id: `i.${seq}`, at: this.at, offset: 0, origin: 'here', session, n: null }
    const done = step(this.state, entryOf({ ...body, ...stamp }, seq))
    this.state = done.after
    return done.events.map(({ event }) => (event.type === 'rejected' ? event.code : event.type))
  }

  hook(kinds: readonly HookKind[] | null = null, room: string | null = null): number {
    this.ask({ type: 'hook', url: 'https://a.example/', room, salt: `salt ${this.state.seq}`, ...(kinds && { kinds }) })
    return this.state.seq
  }

  enter(name: string, room = 'lobby'): string {
    const session = `s-${name}`
    this.ask({ type: 'hello', name: nameOf(name), room, protocol: 'native', token: null }, session)
    return session
  }

  topic = (topic: string): readonly string[] => this.ask({ type: 'topic', room: 'lobby', topic })
  forward = (hook: number, cursor: number): readonly string[] =>
    this.ask({ type: 'forward', hook, cursor, paused: false })

  /** Waiting events: the type of each, or its topic. */
  get waiting(): readonly string[] {
    return this.state.hookEvents.toArray().map(({ event }) => (event.type === 'topic' ? event.topic : event.type))
  }
}

describe('[HO3] an event that hooks have yet to get', () => {
  test('[HO3] is kept only of kinds and rooms that some hook is for, and never what is private', () => {
    const room = new Room()
    room.hook()
    const spider = room.enter('Spider-Man')
    room.topic('tea')
    expect(room.waiting, 'messages are in the history').toEqual([])
    room.hook(['topics', 'joins'], 'lobby')
    room.hook(['edits'])
    const other = room.enter('田中', 'ops')
    room.enter('José')
    room.topic('Tee | <b>')
    room.ask({ type: 'tell', to: targetOf('田中'), action: false }, spider)
    room.ask({ type: 'say', room: 'lobby', action: false }, spider)
    room.ask({ type: 'away', note: 'out' }, spider)
    room.ask({ type: 'quit', reason: null }, other)
    expect(room.waiting).toEqual(['joined', 'Tee | <b>'])
    room.ask({ type: 'nick', name: nameOf('Peter') }, spider)
    room.ask({ type: 'quit', reason: 'bye' }, spider)
    expect(room.waiting).toEqual(['joined', 'Tee | <b>', 'renamed', 'quit'])
    expect(JSON.stringify(room.state.hookEvents)).not.toMatch(/keys|sessions/)
  })

  test('[HO3] goes when all hooks that it is for have it, or are removed', () => {
    const room = new Room()
    const [slow, fast] = [room.hook(['topics']), room.hook(['topics', 'joins'])]
    room.topic('one')
    const one = room.state.seq
    room.topic('two')
    room.forward(fast, room.state.seq)
    expect(room.waiting).toEqual(['one', 'two'])
    room.forward(slow, one)
    expect(room.waiting).toEqual(['two'])
    room.enter('José')
    room.ask({ type: 'unhook', hook: slow })
    expect(room.waiting, 'the other one has yet to get this').toEqual(['joined'])
    room.ask({ type: 'unhook', hook: fast })
    expect([room.waiting, room.state.hookEvents.size]).toEqual([[], 0])
  })

  test('[HO3] survives a snapshot, and is a list of its own from format 9 on', () => {
    const room = new Room()
    room.hook(['topics', 'joins'])
    room.topic('one')
    room.enter('a|b')
    const again = fromSnapshot(toSnapshot(room.state))
    expect(again?.hookEvents.toArray()).toEqual(room.state.hookEvents.toArray())
    expect(toSnapshot(new Room(8).state)).not.toContain('hookEvents')
  })

  test('[HO3] [L1] is so much: the oldest half goes for a receiver that is away, and it is counted', () => {
    const room = new Room()
    const [away, other] = [room.hook(['topics']), room.hook(['topics'], 'ops')]
    for (let k = 0; k <= HOOK_EVENTS_MAX; k++) room.topic(`${k}`)
    expect(room.waiting).toHaveLength(HOOK_EVENTS_MAX / 2 + 1)
    expect(room.waiting[0]).toBe(`${HOOK_EVENTS_MAX / 2}`)
    expect(room.state.hooks.get(away)?.missed).toBe(HOOK_EVENTS_MAX / 2)
    expect(room.state.hooks.get(other)?.missed).toBe(undefined)
  })

  test('[HO3] [R9] before format 9 nothing is kept; with it come the acts that the logs have', () => {
    const room = new Room(8)
    room.ask({ type: 'hook', url: 'https://a.example/', room: 'lobby', salt: 's', events: 'acts' })
    const hook = room.state.seq
    room.enter('田中')
    const ban = { type: 'restrict', kind: 'mute', who: targetOf('田中'), keys: [], ms: null, reason: null } as const
    room.ask({ ...ban, room: 'lobby' })
    const first = room.state.seq
    room.ask({ ...ban, kind: 'ban', room: null })
    room.ask({ ...ban, kind: 'exception', room: null })
    room.ask({ ...ban, room: 'lobby', reason: 'again' })
    room.forward(hook, first - 1)
    expect(room.waiting).toEqual([])
    const last = room.state.seq - 1
    room.ask({ type: 'format', format: 9 })
    expect(room.state.hookEvents.map(({ seq }) => seq).toArray()).toEqual([first, last])
    expect(room.state.hooks.get(hook)).not.toHaveProperty('standard')
  })
})

describe('[HO2] the secrets of a hook', () => {
  const secrets = ({ state }: Room, hook: number) => {
    const { salt, old } = state.hooks.get(hook) ?? expect.fail()
    return [salt, old?.salt ?? null]
  }

  test('[HO2] are two for so long after a rotation, and one by the tick that is due then', () => {
    const room = new Room()
    const hook = room.hook()
    const [first] = secrets(room, hook)
    expect(room.ask({ type: 'rotate-hook', hook, salt: 'next', until: 1001 })).toEqual(['rotated'])
    expect(secrets(room, hook)).toEqual(['next', first])
    expect(nextDue(room.state)).toBe(1001)
    const again = fromSnapshot(toSnapshot(room.state))
    expect(again?.hooks.get(hook)).toEqual(room.state.hooks.get(hook))
    room.at = 1000
    expect(room.ask({ type: 'tick' })).toEqual([])
    expect(room.ask({ type: 'rotate-hook', hook, salt: 'another', until: 9000 })).toEqual(['hook-rotating'])
    room.at = 1001
    expect(room.ask({ type: 'tick' })).toEqual(['rotated'])
    expect([secrets(room, hook), nextDue(room.state)]).toEqual([['next', null], null])
  })

  test('[HO2] are one at once if the host says so: without the old one, or with a new one alone', () => {
    const room = new Room()
    const hook = room.hook()
    const now = { type: 'rotate-hook', hook, until: null } as const
    expect(room.ask({ ...now, salt: null }), 'there is no old one').toEqual([])
    room.ask({ ...now, salt: 'next', until: 1001 })
    expect(room.ask({ ...now, salt: null })).toEqual(['rotated'])
    expect([secrets(room, hook), nextDue(room.state)]).toEqual([['next', null], null])
    expect(room.ask({ ...now, salt: 'alone' })).toEqual(['rotated'])
    expect(secrets(room, hook)).toEqual(['alone', null])
    expect(room.ask({ ...now, hook: 99, salt: 'x' })).toEqual(['hook-unknown'])
  })

  test('[HO2] keep their time when the clock is corrected, and are gone with the hook', () => {
    const room = new Room()
    const hook = room.hook()
    room.ask({ type: 'rotate-hook', hook, salt: 'next', until: 1001 })
    const seq = room.state.seq + 1
    const stamp = { id: `i.${seq}`, at: 501, offset: 500, origin: 'here', session: HOST_SESSION, n: null }
    room.state = step(room.state, entryOf({ type: 'tick', ...stamp }, seq)).after
    expect(nextDue(room.state)).toBe(1501)
    room.ask({ type: 'unhook', hook })
    expect(nextDue(room.state)).toBe(null)
  })

  test('[HO2] [R9] from before format 9 is written as it was; its successor as Standard Webhooks say', () => {
    const room = new Room(8)
    const hook = room.hook()
    expect(room.ask({ type: 'rotate-hook', hook, salt: 'next', until: 1001 })).toEqual(['internal'])
    room.ask({ type: 'format', format: 9 })
    room.ask({ type: 'rotate-hook', hook, salt: 'next', until: 1001 })
    expect(room.state.hooks.get(hook)).toMatchObject({ salt: 'next', standard: true })
    expect(room.state.hooks.get(hook)?.old).not.toHaveProperty('standard')
  })
})
