/** Properties of accounts and their sessions after every input of every journal (docs/spec.md, rules I*). */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Event, EventOf } from '../../../src/model/event.ts'
import { PUSHES_PER_ACCOUNT } from '../../../src/model/limits.ts'
import type { Name } from '../../../src/model/name/name.ts'
import { placeOf, positionIn } from '../../../src/model/state/reads.ts'
import { initialState, type Session, type State } from '../../../src/model/state.ts'
import type { Step } from '../../../src/model/step.ts'
import { fromSnapshot, toSnapshot } from '../../../src/reducer/snapshot.ts'
import { accountDays } from '../../helpers/arbitrary-accounts.ts'

const check = (property: (steps: readonly Step[]) => void): void => fc.assert(fc.property(accountDays, property))

const eventsOf = (step: Step): readonly Event[] => step.events.map(({ event }) => event)
const all = <T extends Event['type']>(step: Step, type: T): readonly EventOf<T>[] =>
  eventsOf(step).filter((event): event is EventOf<T> => event.type === type)
const sessionsIn = (state: State): readonly Session[] => [
  ...state.sessions.values(),
  ...state.lapsed.valueSeq().map(({ session }) => session),
]

describe('the journals hold', () => {
  test('every event about accounts, and every refusal', () => {
    const types = new Set<string>()
    const codes = new Set<string>()
    for (const event of fc.sample(accountDays, 300).flatMap(steps => steps.flatMap(eventsOf))) {
      types.add(event.type)
      if (event.type === 'rejected') codes.add(event.code)
    }
    for (const type of [
      ...['registered', 'read', 'credentialed', 'withdrawn', 'rehashed', 'account-added', 'account-renamed'],
      ...['account-kept', 'account-removed', 'invited', 'uninvited', 'invite-used', 'founded', 'unfounded'],
      ...['lapsed', 'returned', 'resumed', 'ended', 'quit', 'told', 'subscribed', 'unsubscribed', 'push-carried'],
    ]) {
      expect(types, type).toContain(type)
    }
    for (const code of [
      ...['name-registered', 'name-held', 'credential-gone', 'credential-last', 'invite-invalid', 'member-gone'],
      ...['already-registered', 'not-registered', 'credential-unknown', 'invite-unknown'],
    ]) {
      expect(codes, code).toContain(code)
    }
  })
})

describe('[I1] a name is one member’s, guest or account', () => {
  test('[I1] no two holders share a key, and all keys lead to their holder', () => {
    check(steps => {
      for (const { after } of steps) {
        const owners = new Map<string, string>()
        const own = (name: Name, id: string): void => {
          for (const key of name.keys) {
            expect(owners.get(key) ?? id).toBe(id)
            owners.set(key, id)
            expect(after.names.get(key)).toBe(id)
          }
        }
        for (const { name, id } of after.members.values()) own(name, id)
        for (const { name, id } of after.accounts.values()) own(name, id)
        for (const { name, id } of after.grants.values()) own(name, id)
      }
    })
  })

  test('[I1] the former name of an account is nobody else’s for a month', () => {
    check(steps => {
      for (const { after } of steps) {
        for (const account of after.accounts.values()) {
          for (const { name, until } of account.held) {
            if (until <= after.at) continue
            const others = [...after.members.values(), ...after.grants.values(), ...after.accounts.values()]
            const taken = others.filter(
              other => other.id !== account.id && other.name.keys.some(key => name.keys.includes(key)),
            )
            expect(taken).toEqual([])
          }
        }
      }
    })
  })

  test('[I1] a member keeps its id when it registers, so it keeps what it wrote', () => {
    check(steps => {
      for (const step of steps) {
        for (const { member, session } of all(step, 'registered')) {
          expect(step.after.sessions.get(session)?.member).toBe(member)
          expect(step.after.members.get(member)?.id).toBe(step.after.accounts.get(member)?.id)
        }
      }
    })
  })
})

describe('[I2] one member, several sessions', () => {
  test('[I2] sessions and members agree, and a room lists a member once', () => {
    check(steps => {
      for (const { after } of steps) {
        for (const session of after.sessions.values()) {
          expect(after.members.get(session.member)?.sessions.has(session.id)).toBe(true)
        }
        for (const member of after.members.values()) {
          expect(member.sessions.size).toBeGreaterThan(0)
          for (const id of member.sessions) expect(after.sessions.get(id)?.member).toBe(member.id)
          const account = after.accounts.get(member.id)
          if (account)
            expect([account.name, [...account.rooms].sort()]).toEqual([member.name, [...member.rooms].sort()])
          if (!account) expect(member.sessions.size).toBe(1)
        }
        for (const view of after.rooms.values()) {
          const ids = [...view.members.values()].map(({ id }) => id)
          expect(new Set(ids).size).toBe(ids.length)
          const inside = [...after.members.values()].filter(({ rooms }) => rooms.has(view.room))
          expect([...view.members.keys()].sort()).toEqual(inside.map(({ name }) => name.text).sort())
          for (const { id, account } of view.members.values()) expect(account === true).toBe(after.accounts.has(id))
        }
      }
    })
  })

  test('[I2] others see a member enter with its first session and exit with its last', () => {
    check(steps => {
      for (const step of steps) {
        const [then, now] = [step.before, step.after]
        for (const { member } of all(step, 'quit')) expect(now.members.has(member)).toBe(false)
        for (const { member } of all(step, 'joined')) expect(now.members.has(member)).toBe(true)
        for (const id of then.members.keys()) {
          if (!now.members.has(id)) expect(all(step, 'quit').map(({ member }) => member)).toContain(id)
        }
      }
    })
  })

  test('[I2] a session that is lost may return as long as its week lasts, whether the others stay or go', () => {
    check(steps => {
      for (const { after } of steps) {
        for (const session of sessionsIn(after)) {
          if (session.token !== null) expect(after.tokens.get(session.token)).toBe(session.id)
        }
        const known = new Set(sessionsIn(after).map(({ id }) => id))
        for (const id of after.tokens.values()) expect(known.has(id)).toBe(true)
      }
    })
  })
})

describe('[I3] no session without a right to it', () => {
  test('[I3] every session of an account has a credential that the account has', () => {
    check(steps => {
      for (const { after } of steps) {
        for (const { member, credential } of sessionsIn(after)) {
          const account = after.accounts.get(member)
          if (credential !== undefined) expect(account?.credentials.has(credential)).toBe(true)
          if (account) expect(credential).toBeDefined()
        }
      }
    })
  })

  test('[I3] an account has a way in that is no kept sign-in', () => {
    check(steps => {
      for (const { after } of steps) {
        for (const { credentials } of after.accounts.values()) {
          expect(credentials.some(({ proof }) => proof.kind !== 'kept')).toBe(true)
          expect(credentials.count(({ proof }) => proof.kind === 'password')).toBeLessThanOrEqual(1)
        }
      }
    })
  })
})

describe('[I7] read positions', () => {
  test('[I7] they never go back, and never beyond the journal', () => {
    check(steps => {
      for (const { before, after } of steps) {
        for (const [member, now] of after.reads) {
          const then = before.reads.get(member)
          for (const key of now.places.keys()) {
            const place = placeOf(key)
            expect(positionIn(now, place)).toBeLessThanOrEqual(after.seq)
            if (then) expect(positionIn(now, place)).toBeGreaterThanOrEqual(positionIn(then, place))
          }
        }
      }
    })
  })

  test('[I7] an account has them for ever, and a guest as long as it may return', () => {
    check(steps => {
      for (const { after } of steps) {
        const members = new Set([...after.accounts.keys(), ...sessionsIn(after).map(({ member }) => member)])
        expect([...after.reads.keys()].sort()).toEqual([...members].sort())
      }
    })
  })
})

describe('[I8] direct messages', () => {
  test('[I8] one reaches the sessions of its two parties, and an account that is not here', () => {
    check(steps => {
      for (const step of steps) {
        for (const { author, other, sessions } of all(step, 'told')) {
          const of = (id: string) => [...(step.after.members.get(id)?.sessions ?? [])]
          expect(sessions).toEqual([...new Set([...of(author), ...of(other)])].sort())
          expect(step.after.members.has(other) || step.after.accounts.has(other)).toBe(true)
        }
      }
    })
  })
})

describe('[I9] invites', () => {
  test('[I9] none is used more often than the host said, or after its time', () => {
    check(steps => {
      const uses = new Map<string, number>()
      const until = new Map<string, number>()
      for (const step of steps) {
        for (const invite of all(step, 'invited')) {
          uses.set(invite.id, invite.uses)
          until.set(invite.id, invite.until)
        }
        for (const { invite } of all(step, 'invite-used')) {
          uses.set(invite, (uses.get(invite) ?? 0) - 1)
          expect(uses.get(invite)).toBeGreaterThanOrEqual(0)
          expect(until.get(invite)).toBeGreaterThan(step.before.at)
        }
      }
    })
  })
})

describe('[I10] rooms that an account founded', () => {
  test('[I10] they stay when they are empty, and all others go', () => {
    check(steps => {
      for (const { after } of steps) {
        for (const [room, { members }] of after.rooms) {
          if (members.size === 0) expect(room === 'lobby' || after.founders.has(room)).toBe(true)
        }
        for (const [room, by] of after.founders) {
          expect(after.rooms.has(room)).toBe(true)
          expect(after.accounts.has(by)).toBe(true)
          expect(after.members.has(by) || after.absent.has(by)).toBe(true)
        }
      }
    })
  })
})

test('[J7] a snapshot keeps all of it: the journal goes on from it as it would have gone on', () => {
  check(steps => {
    for (const { after } of steps.slice(-3)) {
      const restored = fromSnapshot(toSnapshot(after)) ?? initialState
      expect(toSnapshot(restored)).toBe(toSnapshot(after))
      const holders = (state: State) => [
        ...state.accounts.values(),
        ...state.members.values(),
        ...state.grants.values(),
      ]
      const used = (state: State) =>
        holders(state)
          .flatMap(({ name }) => name.keys.map(key => `${key} ${state.names.get(key)}`))
          .sort()
      expect(used(restored)).toEqual(used(after))
    }
  })
})

describe('subscriptions to notifications', () => {
  test('belong to a credential that is there, one a browser and a few an account, and every other endpoint is to be erased', () => {
    check(steps => {
      const endpoints = new Set<number>()
      for (const step of steps) {
        const { after } = step
        for (const { text } of all(step, 'subscribed')) endpoints.add(text)
        for (const { id } of all(step, 'push-carried')) endpoints.add(after.pushes.get(id)?.text ?? 0)
        const pushes = [...after.pushes.values()]
        for (const { account, credential } of pushes) {
          expect(after.accounts.get(account)?.credentials.has(credential)).toBe(true)
        }
        expect(new Set(pushes.map(({ hash }) => hash)).size).toBe(pushes.length)
        const each = Map.groupBy(pushes, ({ account }) => account)
        for (const own of each.values()) expect(own.length).toBeLessThanOrEqual(PUSHES_PER_ACCOUNT)
        const needed = new Set(pushes.map(({ text }) => text))
        for (const endpoint of endpoints) expect(needed.has(endpoint)).not.toBe(after.obsolete.has(endpoint))
      }
    })
  })
})
