/** Bugs to plant in output that goes into messages. */
import type { Planted } from './planted.ts'

export const PLANTED_LIVES: readonly Planted[] = [
  {
    name: 'a piece that is half new is added whole',
    seed: 11,
    file: 'src/reducer/lives/growing.ts',
    from: 'if (begin !== live.size) return refuse(',
    to: 'if (begin > live.size) return refuse(',
  },
  {
    name: 'anybody adds to an output',
    seed: 14,
    file: 'src/reducer/lives/growing.ts',
    from: 'return live?.author === (memberOf(state, input)?.id ?? input.session) ? live : undefined',
    to: 'return live',
  },
  {
    name: 'an output goes on without its author',
    seed: 11,
    file: 'src/reducer/lives/interrupting.ts',
    from: "  if (!may(state, session, 'write', { room })) return false\n",
    to: '',
  },
  {
    name: 'a deleted output keeps its pieces',
    seed: 20,
    file: 'src/journal/recorded.ts',
    from: ', ...pieces.map(piece => piece.seq)]',
    to: ']',
  },
  {
    name: 'a restart loses how far an output has come',
    seed: 62,
    file: 'src/reducer/snapshot.ts',
    from: '[one.seq, { ...one, pieces: List(one.pieces) }]',
    to: '[one.seq, { ...one, size: 0, pieces: List(one.pieces) }]',
  },
  {
    name: 'the last lines of an output are shown outside of its room',
    file: 'src/server/delivery/live-tails.ts',
    from: 'state.rooms.get(room)?.members.values() ?? []',
    to: 'state.members.values()',
  },
  {
    name: 'a server that is behind ends an output with earlier lines',
    seed: 11,
    file: 'src/server/programs/lives.ts',
    from: '      await caughtUp(grant, command.seq)\n',
    to: '',
  },
]
