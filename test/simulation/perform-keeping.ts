/** Performs the acts of moderation. Most members that try have no right to them. */
import type { Command } from '../../src/model/command.ts'
import type { Person } from './actors/person.ts'
import type { Act, KeepingKind } from './acts.ts'
import { addressOfPerson, networkOf } from './addresses.ts'
import { keyOf } from './keys.ts'
import type { Random } from './random.ts'
import type { World } from './world.ts'

/** The word that the filters of a run find. */
export const RUDE = 'rude'

type Scene = {
  readonly act: Act
  readonly world: World
  readonly cast: readonly Person[]
  readonly who: Person
  readonly chance: Random
  readonly host: ((command: Command) => void) | undefined
}

const ROOMS = ['lobby', 'ops', 'den']
/** Seconds. */
const TIMES = [undefined, 1, 4, 20]

export function performKeeping(kind: KeepingKind, { act, world, cast, who, chance, host }: Scene): void {
  const keep = (command: Parameters<typeof asWish>[0]): void => who.ask(asWish(command))
  const { state } = world.truth
  switch (kind) {
    case 'host restricts':
      return host?.(restricting(chance, nameOf(chance, cast), act, chance.chance(0.5)))
    case 'host restricts a network': {
      const net = networkOf(addressOfPerson(chance.pick(cast).id), chance.chance(0.3))
      const type = chance.pick(['ban', 'ban', 'mute', 'except'] as const)
      return host?.({ type, net, ...placed(chance, chance.chance(0.6)), ...timed(chance), reason: null })
    }
    case 'restrict':
      return keep(restricting(chance, nameOf(chance, cast), act, chance.chance(0.15)))
    case 'lift': {
      const all = [...state.sanctions.values()]
      if (all.length === 0) return
      const { id, kind: of, room } = chance.pick(all)
      const type = ({ ban: 'unban', mute: 'unmute', exception: 'unexcept' } as const)[of]
      const command = { type, rule: id, ...(room === null ? {} : { room }) } as const
      return chance.chance(0.5) ? host?.(command) : keep(command)
    }
    case 'promote': {
      const type = chance.pick(['op', 'op', 'op', 'voice', 'deop', 'admin'] as const)
      const command = { type, who: nameOf(chance, cast), ...(type === 'admin' ? {} : { room: chance.pick(ROOMS) }) }
      return chance.chance(0.5) ? host?.(command) : keep(command)
    }
    case 'throw out of a room':
      return keep({ type: 'kick', name: nameOf(chance, cast), reason: null, room: chance.pick(ROOMS) })
    case 'set a mode': {
      const mode = chance.pick(['moderated', 'topic-protected', 'slow', 'lockdown', 'invite-only', 'secret'])
      const value = chance.chance(0.5) ? null : mode === 'slow' ? 2 : true
      const command = { type: 'mode', mode, value, room: chance.pick(ROOMS) } as const
      const set = mode === 'lockdown' && value !== null ? { ...command, for: chance.pick([2, 8]) } : command
      return chance.chance(0.4) ? host?.(set) : keep(set)
    }
    case 'set a filter': {
      const known = [...state.rules.values()].flatMap(({ filters }) => [...filters.keys()])
      if (known.length > 1) {
        const filter = chance.pick(known)
        const room = ROOMS.find(one => state.rules.get(one)?.filters.has(filter))
        return host?.({ type: 'unfilter', filter, ...(room === undefined ? {} : { room }) })
      }
      const [is, action] = [
        chance.pick(['words', 'expression'] as const),
        chance.pick(['warn', 'hold', 'refuse'] as const),
      ]
      const command = { type: 'filter', is, pattern: RUDE, action, ...placed(chance, chance.chance(0.5)) } as const
      return chance.chance(0.7) ? host?.(command) : keep(command)
    }
    case 'write what is filtered':
      return rudely(act, cast, who, chance)
    case 'review': {
      const waiting = [...state.held.keys()]
      if (waiting.length === 0) return
      const command = { type: chance.pick(['release', 'release', 'drop'] as const), seq: chance.pick(waiting) }
      return chance.chance(0.6) ? host?.(command) : keep(command)
    }
    case 'purge': {
      const seconds = chance.pick([1, 60, 3600])
      const command = {
        type: 'purge',
        who: nameOf(chance, cast),
        for: seconds,
        ...placed(chance, chance.chance(0.3)),
      } as const
      return chance.chance(0.6) ? host?.(command) : keep(command)
    }
  }
}

/** A message, or another text that others read: a topic, a note, a reason, a name. */
function rudely({ i }: Act, cast: readonly Person[], who: Person, chance: Random): void {
  const room = who.rooms.length > 0 ? chance.pick(who.rooms) : 'lobby'
  switch (chance.pick(['say', 'say', 'tell', 'topic', 'away', 'part', 'nick'] as const)) {
    case 'say':
      return who.ask({ type: 'say', room, text: `${keyOf(i, 0)} ${RUDE} hi` })
    case 'tell':
      return who.ask({ type: 'tell', to: nameOf(chance, cast), text: `${keyOf(i, 0)} ${RUDE} hi` })
    case 'topic':
      return who.ask({ type: 'topic', room, topic: `${RUDE} topic ${i}` })
    case 'away':
      return who.ask({ type: 'away', note: `${RUDE} note ${i}` })
    case 'part':
      return who.ask({ type: 'part', room, reason: `${RUDE} reason ${i}` })
    case 'nick':
      return who.ask({ type: 'nick', name: `${RUDE}.${who.id}` })
  }
}

function restricting(chance: Random, who: string, { i }: Act, isWide: boolean) {
  const type = chance.pick(['ban', 'mute', 'mute', 'except'] as const)
  return { type, who, ...placed(chance, isWide), ...timed(chance), reason: chance.chance(0.5) ? `reason ${i}` : null }
}

/** Without a room: on the whole server. */
const placed = (chance: Random, isWide: boolean): { readonly room?: string } =>
  isWide ? {} : { room: chance.pick(ROOMS) }

function timed(chance: Random): { readonly for?: number } {
  const seconds = chance.pick(TIMES)
  return seconds === undefined ? {} : { for: seconds }
}

const asWish = (command: Extract<Parameters<Person['ask']>[0], { type: 'keep' }>['command']) =>
  ({ type: 'keep', command }) as const

function nameOf(chance: Random, cast: readonly Person[]): string {
  const there = cast.map(({ name }) => name).filter(name => name !== '')
  return there.length === 0 || chance.chance(0.1) ? 'nobody' : chance.pick(there)
}
