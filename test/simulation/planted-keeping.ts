/** Bugs to plant in moderation. */
import type { Planted } from './planted.ts'

export const PLANTED_KEEPING: readonly Planted[] = [
  {
    name: 'somebody who is banned comes back with a lapsed session',
    seed: 951,
    file: 'src/reducer/rules/entering.ts',
    from: `  const ban = bannedIn(state, null, subject)
  if (ban || state.accounts`,
    to: `  const ban = null
  if (ban || state.accounts`,
  },
  {
    name: 'a session goes on from a banned network',
    seed: 1385,
    file: 'src/reducer/rules/entering.ts',
    from: `  const ban = bannedIn(state, null, subject)
  return ban ? refuseFor(input, ban)`,
    to: `  const ban = null
  return ban ? refuseFor(input, ban)`,
  },
  {
    name: 'an exception frees from a ban of a name, too',
    seed: 2109,
    file: 'src/reducer/keeping/sanctions/under.ts',
    from: '  const numbers = numbersOn(state, subject)\n',
    to: `  const numbers = numbersOn(state, subject)
  if (longest(state, numbers, 'exception', room)) return null
`,
  },
  {
    name: 'a ban that comes while a match is under way is missed',
    seed: 1011,
    file: 'src/server/keeping/live-matching.ts',
    from: 'if (found.some(id => !nets.includes(id)))',
    to: 'if (found.some(id => !nets.includes(id))) return\n      if (false)',
  },
  {
    name: 'somebody who is muted takes another name',
    seed: 56,
    file: 'src/reducer/rules/member.ts',
    from: `  const muted = mutedAnywhere(state, member)
  if (muted) return refuseFor(input, muted)
`,
    to: '',
  },
  {
    name: 'a sanction is over a moment early',
    seed: 27,
    file: 'src/reducer/keeping/expiry.ts',
    from: 'firstDue(state.ends, state.at, ENDS_AT_ONCE)',
    to: 'firstDue(state.ends, state.at + 1000, ENDS_AT_ONCE)',
  },
  {
    name: 'an operator acts on the founder',
    seed: 13,
    file: 'src/reducer/may.ts',
    from: "(actor !== 'token' && isAbove(actor, roleOf(state, to, room ?? null)))",
    to: "actor !== 'token'",
  },
  {
    name: 'a purge leaves every other message',
    seed: 78,
    file: 'src/server/jobs/purges.ts',
    from: 'seq <= purge.id &&',
    to: 'seq <= purge.id && seq % 2 === 0 &&',
  },
  {
    name: 'word filters do not hold for topics',
    seed: 268,
    file: 'src/reducer/keeping/messages/looked-at.ts',
    from: 'return looked(body.topic, body.room)',
    to: 'return NOTHING',
  },
  {
    name: 'word filters do not hold for the reason of somebody who leaves',
    seed: 811,
    file: 'src/reducer/keeping/messages/looked-at.ts',
    from: 'return looked(body.reason, body.room)',
    to: 'return NOTHING',
  },
  {
    name: 'word filters do not hold for new names',
    seed: 81,
    file: 'src/reducer/keeping/messages/looked-at.ts',
    from: `case 'nick':
      return looked(body.name.text)`,
    to: `case 'nick':
      return NOTHING`,
  },
  {
    name: 'the founder of a room is free of the word filters of the server',
    seed: 268,
    file: 'src/reducer/keeping/messages/writing.ts',
    from: "may(state, session, 'unfiltered', { room: place })",
    to: "may(state, session, 'unfiltered', { room })",
  },
  {
    name: 'the address of a ban that is over stays on the disk',
    file: 'src/reducer/keeping/sanctions/under.ts',
    from: 'sanction.text === null ? state.obsolete : state.obsolete.add(sanction.text)',
    to: 'state.obsolete',
  },
  {
    name: 'a ban of a network leaves those who are here',
    seed: 654,
    file: 'src/server/keeping/live-matching.ts',
    from: 'if (!known || nets.length === 0) return false',
    to: 'if (known) return false',
  },
  {
    name: 'a message that waits is shown to the room',
    seed: 345,
    file: 'src/reducer/audience.ts',
    from: `    case 'held':
    case 'told':`,
    to: `    case 'held':
      return { to: 'rooms', rooms: [event.room], member: null }
    case 'told':`,
  },
  {
    name: 'a warning comes after the message that everybody gets',
    seed: 2412,
    file: 'src/reducer/rules/room.ts',
    from: "[acted(state, null, { act: 'warn', ...act }, to), said]",
    to: "[said, acted(state, null, { act: 'warn', ...act }, to)]",
  },
]
