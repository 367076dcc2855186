/** Bans and mutes, on any journal: nobody slips through, and each ends once (docs/spec.md, rules Z*). */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Event } from '../../../src/model/event.ts'
import type { Entry } from '../../../src/model/input.ts'
import { ENDS_AT_ONCE } from '../../../src/model/limits.ts'
import type { Step } from '../../../src/model/step.ts'
import { nextDue } from '../../../src/reducer/due.ts'
import { memberOf } from '../../../src/reducer/rules/lookup.ts'
import { keepingDays } from '../../helpers/arbitrary-accounts.ts'
import { sanctionsOn } from '../../helpers/sanctioned.ts'
import { runs } from '../../helpers/seeds.ts'

const check = (property: (step: Step, entry: Entry) => void): void =>
  fc.assert(
    fc.property(keepingDays, ({ steps, entries }) => {
      for (const [k, step] of steps.entries()) property(step, entries[k] as Entry)
    }),
    { numRuns: runs(400) },
  )

const eventsOf = (step: Step): readonly Event[] => step.events.map(({ event }) => event)

describe('[Z3] [Z5] a banned member is not there', () => {
  test('[Z3] no member is on the server or in a room that it is banned from, however it came', () => {
    let banned = 0
    check(({ after }, { input }) => {
      if (after.sanctions.size === 0) return
      for (const { id, rooms, name } of after.members.values()) {
        for (const room of [null, ...rooms]) {
          const bans = sanctionsOn(after, 'ban', room, id)
          if (bans.length > 0)
            expect.fail(`${name.text} is in ${room} after ${JSON.stringify(input)}: ${JSON.stringify(bans)}`)
        }
      }
      banned += after.sanctions.count(({ kind }) => kind === 'ban')
    })
    expect(banned).toBeGreaterThan(1000)
  })

  test('[Z3] no session of somebody that is banned from the server can come back', () => {
    check(({ after }) => {
      if (after.sanctions.size === 0) return
      for (const { session } of after.lapsed.values()) {
        const bans = sanctionsOn(after, 'ban', null, session.member).filter(({ text }) => text === null)
        expect(bans).toEqual([])
      }
    })
  })

  test('[Z3] a member that is refused for a ban, or thrown out, is under one', () => {
    let refused = 0
    check(step => {
      for (const event of eventsOf(step)) {
        if (event.type === 'rejected' && event.code === 'banned') {
          expect(step.before.sanctions.some(({ kind, room }) => kind === 'ban' && room === null)).toBe(true)
          refused++
        }
      }
    })
    expect(refused).toBeGreaterThan(10)
  })
})

describe('[Z4] messages of a muted member reach nobody', () => {
  /** Everywhere that the text would be read. */
  const isMuted = ({ before }: Step, { input }: Entry): boolean => {
    const id = before.grants.has(input.session) ? input.session : memberOf(before, input)?.id
    if (id === undefined || before.sanctions.size === 0) return false
    const own = memberOf(before, input)?.rooms.toArray() ?? []
    const all = [null, ...own]
    const rooms = 'room' in input && typeof input.room === 'string' ? [null, input.room] : all
    // A direct message is in no room.
    const read = input.type === 'tell' ? [null] : rooms
    return read.some(room => sanctionsOn(before, 'mute', room, id).length > 0)
  }

  test('[Z4] no message, topic, note, name or reason, in no way', () => {
    const tried = new Map<string, number>()
    check((step, entry) => {
      const { input, seq } = entry
      if (!isMuted(step, entry)) return
      tried.set(input.type, (tried.get(input.type) ?? 0) + 1)
      for (const event of eventsOf(step)) {
        if (event.type === 'rejected' || event.type === 'repeated') continue
        // A message that a keeper releases is the author's, and a keeper may be muted elsewhere.
        if (input.type !== 'release') expect(['said', 'told', 'held']).not.toContain(event.type)
        if (event.type === 'renamed') expect(input.type).toBe('account-rename')
        expect(JSON.stringify(event)).not.toContain(`mark-${seq}-`)
      }
    })
    for (const type of ['say', 'tell', 'part', 'topic', 'nick', 'away', 'quit', 'kick', 'restrict', 'post']) {
      expect(tried.get(type) ?? 0, type).toBeGreaterThan(0)
    }
  })
})

describe('[Z6] everything ends once', () => {
  test('[Z6] a sanction begins and ends once, and by a tick not before its time', () => {
    let [byTick, byHand] = [0, 0]
    fc.assert(
      fc.property(keepingDays, ({ steps, entries }) => {
        const ended = new Set<number>()
        for (const [k, step] of steps.entries()) {
          const type = entries[k]?.input.type
          for (const event of eventsOf(step)) {
            if (event.type === 'restricted') expect([event.id, ended.has(event.id)]).toEqual([step.seq, false])
            if (event.type !== 'lifted') continue
            if (ended.has(event.id)) expect.fail(`${event.id} ended twice`)
            ended.add(event.id)
            if (type === 'tick')
              expect(step.before.ends.get(`sanction:${event.id}`) ?? Number.NaN).toBeLessThanOrEqual(step.at)
            if (type === 'tick') byTick++
            if (type === 'lift') byHand++
          }
        }
      }),
      { numRuns: runs(400) },
    )
    expect(Math.min(byTick, byHand)).toBeGreaterThan(50)
  })

  test('[Z6] the act of an end that nobody did says that its time was over, and what it was', () => {
    check((step, { input }) => {
      for (const event of eventsOf(step)) {
        if (event.type !== 'moderated' || event.by !== null || event.act === 'warn') continue
        expect(input.type).toBe('tick')
        expect(['unban', 'unmute', 'unexcept', 'mode', 'drop', 'deop']).toContain(event.act)
      }
    })
  })

  test('[Z6] after a tick nothing is due, unless more were due than one tick ends', () => {
    check((step, { input }) => {
      if (input.type !== 'tick') return
      const due = [...step.before.ends.values()].filter(until => until <= step.at).length
      const left = [...step.after.ends.values()].filter(until => until <= step.at).length
      expect(left).toBe(Math.max(0, due - ENDS_AT_ONCE))
      if (left === 0) expect(nextDue(step.after) ?? Number.POSITIVE_INFINITY).toBeGreaterThan(step.at)
    })
  })
})
