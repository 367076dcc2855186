/**
 * Programs that want cursors: accounts with several sessions share theirs. Now and then they try acts without the
 * right.
 */
import type { CursorCommand } from '../../src/model/command.ts'
import { Native } from './actors/native.ts'
import type { Person } from './actors/person.ts'
import type { CursorKind } from './acts.ts'
import type { Random } from './random.ts'
import type { World } from './world.ts'

const NAMES = ['etl', 'etl', 'etl', 'etl', 'mail']

export function performCursors(
  kind: CursorKind,
  world: World,
  cast: readonly Person[],
  anybody: Person,
  chance: Random,
): void {
  const programs = cast.filter(one => one instanceof Native)
  const holders = programs.filter(({ turns }) => turns.size > 0)
  const isClaim = kind === 'claim a cursor' || (holders.length === 0 && chance.chance(0.8))
  // Programs of one account want the same cursors.
  const rivals = programs.filter(one => one.member !== '' && programs.some(other => isSame(one, other)))
  const some = isClaim ? rivals : holders
  const who = some.length > 0 && chance.chance(0.9) ? chance.pick(some) : anybody
  if (!(who instanceof Native)) return
  const ask = (command: CursorCommand): void => who.ask({ type: 'cursor', command })
  const cursor = isClaim ? chance.pick(NAMES) : ([...who.turns.keys()].at(-1) ?? chance.pick(NAMES))
  const held = who.turns.get(cursor)
  switch (isClaim ? 'claim a cursor' : kind) {
    case 'claim a cursor':
      return ask({ type: 'cursor-claim', cursor, room: 'lobby', ...(chance.chance(0.5) && { from: 0 }) })
    case 'move a cursor': {
      const last = world.truth.state.seq
      const [turn, place] = [held?.turn ?? 1, held?.place ?? 0]
      const to = chance.chance(0.1) ? last + 50 : place + chance.below(Math.max(1, last - place))
      return ask({ type: 'cursor-move', cursor, turn: chance.chance(0.05) ? Math.max(1, turn - 1) : turn, seq: to })
    }
    case 'leave a cursor':
      return ask({ type: 'cursor-leave', cursor })
    case 'set a cursor':
      return ask({ type: 'cursor-set', cursor, seq: chance.chance(0.5) ? null : chance.below(20) })
    case 'remove a cursor':
      return ask({ type: 'cursor-remove', cursor })
  }
}

const isSame = (one: Native, other: Native): boolean => one !== other && one.member === other.member
