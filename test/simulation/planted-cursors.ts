/** Bugs to plant in whose turn a cursor is, and how far it has come. */
import type { Planted } from './planted.ts'

export const PLANTED_CURSORS: readonly Planted[] = [
  {
    name: 'an earlier holder moves a cursor, or one that never held it',
    seed: 28,
    file: 'src/reducer/cursors/moving.ts',
    from: "if (!isSame(cursor.holder, input) || cursor.turn !== turn) return refuse(input, 'cursor-lost', name)",
    to: '',
  },
  {
    name: 'a cursor moves to what was never said',
    seed: 9,
    file: 'src/reducer/cursors/moving.ts',
    from: 'if (seq > state.seq) return refuse(',
    to: 'if (seq < 0) return refuse(',
  },
  {
    name: 'a cursor moves backwards',
    seed: 9,
    file: 'src/reducer/cursors/moving.ts',
    from: 'seq: Math.max(seq, cursor.seq)',
    to: 'seq',
  },
  {
    name: 'two programs hold a cursor at once',
    file: 'src/reducer/cursors/claiming.ts',
    from: "if (!isSame(after.holder, me)) return told(state, me, after, 'waiting')",
    to: "if (!isSame(after.holder, me)) return told(state, me, after, 'holding')",
  },
  {
    name: 'the place of a cursor is lost over a restart',
    seed: 135,
    file: 'src/reducer/snapshot.ts',
    from: 'cursors: IMap(cursors.map(one => [cursorKey(one), one])),',
    to: 'cursors: IMap(cursors.map(one => [cursorKey(one), { ...one, seq: 0 }])),',
  },
  {
    name: 'a session that is gone keeps its cursor',
    seed: 46,
    file: 'src/reducer/cursors/turns.ts',
    from: "if (event.type === 'ended' || event.type === 'lapsed') sessions.add(event.session)",
    to: "if (event.type === 'ended') sessions.add(event.session)",
  },
]
