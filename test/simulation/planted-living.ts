/** Bugs to plant in the changes of messages. */
import type { Planted } from './planted.ts'

export const PLANTED_LIVING: readonly Planted[] = [
  {
    name: 'an edited direct message is shown to everybody',
    seed: 40,
    file: 'src/reducer/messages/editing.ts',
    from: 'sessions: partiesOf(state, members),',
    to: 'sessions: [...state.sessions.keys()].sort(),',
  },
  {
    name: 'an edit is shown while the text before is still there',
    file: 'src/server/jobs/edits.ts',
    from: '    await erase(...texts)\n',
    to: '',
  },
  {
    name: 'an edit is acknowledged before it is shown',
    file: 'src/reducer/decide.ts',
    from: "last === 'rejected' || last === 'editing'",
    to: "last === 'rejected'",
  },
  {
    name: 'an edit that a server left is never shown',
    file: 'src/server/jobs/edits.ts',
    from: 'edit.origin === origin || (leads() && !nodes.has(edit.origin))',
    to: 'edit.origin === origin && nodes.get(origin)?.run === edit.origin',
  },
  {
    name: 'the text of an edit that met a deletion stays',
    seed: 1755,
    file: 'src/server/jobs/leftovers.ts',
    from: '    await erase(...texts)\n',
    to: '',
    amongNodes: true,
  },
  {
    name: 'other nodes keep the text that an edit replaces',
    file: 'src/journal/replicated/reading/intake.ts',
    from: "if (input.type === 'show-edit') return input.texts",
    to: "if (input.type === 'show-edit') return []",
    amongNodes: true,
  },
  {
    name: 'a reaction that is taken back stays',
    seed: 1037,
    file: 'src/model/message/evolve-message.ts',
    from: 'const people = known.people.filter(({ id }) => id !== member)',
    to: 'const { people } = known',
  },
  {
    name: 'a deleted message keeps its reactions',
    seed: 7,
    file: 'src/model/message/evolve-message.ts',
    from: 'return withReactions(withoutAsk({ ...message, mentions: NOBODY }), NONE)',
    to: 'return withoutAsk({ ...message, mentions: NOBODY })',
  },
  {
    name: 'a deleted message stays pinned',
    seed: 29,
    file: 'src/reducer/messages/pinned.ts',
    from: "const isOff = event.type === 'deleted' || event.off",
    to: "if (event.type === 'deleted') return view\n  const isOff = event.off",
  },
  {
    name: 'two uploads of the same bytes share a file',
    seed: 1546,
    file: 'src/server/files/sealed.ts',
    from: "entropy.secret().padEnd(SEAL_BYTES, '.')",
    to: "'.'",
  },
  {
    name: 'what an upload left that broke off stays',
    seed: 89,
    file: 'src/server/jobs/orphans.ts',
    from: 'if (!isClosed) await blobs.erase(hash)',
    to: 'if (hashes.length < 0) await blobs.erase(hash)',
  },
  {
    name: 'a deleted message keeps its file',
    seed: 167,
    file: 'src/reducer/rules/member.ts',
    from: '          ...unstores(state, target),\n',
    to: '',
  },
]
