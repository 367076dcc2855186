/**
 * The checker: compares what all clients recorded with the journal. No message may be lost, doubled, out of order, or
 * shown to a client that isn't its recipient. Missing messages must have been stated as a gap, with its size. Pure.
 */
import type { Heard, Members, Testimony } from './record.ts'
import { readTalk } from './talk.ts'

/** A message that was performed, in a room or (null) as a direct message. */
export type Message = { readonly seq: number; readonly room: string | null; readonly text: string }
export type Truth = { readonly messages: readonly Message[]; readonly members: readonly Members[] }

export const WRONGS = ['lost', 'doubled', 'reordered', 'foreign'] as const
export type Wrong = { readonly is: (typeof WRONGS)[number]; readonly what: string }

/** `checked`: how often each thing was checked, so that nobody takes an empty run for a good one. */
export type Verdict = {
  readonly wrong: readonly Wrong[]
  readonly checked: Readonly<
    Record<'messages' | 'fates' | 'deliveries' | 'events' | 'gaps' | 'missed' | 'members', number>
  >
}

export function check(truth: Truth, testimonies: readonly Testimony[]): Verdict {
  const gaps = testimonies.flatMap(({ heard }) => heard.filter(({ is }) => is === 'gap'))
  const count = (is: Heard['is']): number =>
    testimonies.reduce((sum, { heard }) => sum + heard.filter(one => one.is === is).length, 0)
  return {
    wrong: [
      ...wrongInJournal(truth.messages, testimonies),
      ...testimonies.flatMap(one => [
        ...wrongInFates(truth.messages, one),
        ...wrongInOrder(one),
        ...wrongInWhatWasHeard(truth.messages, one),
        ...wrongInMembers(truth.members, one),
      ]),
    ],
    checked: {
      messages: truth.messages.length,
      fates: testimonies.reduce((sum, { said }) => sum + said.length, 0),
      deliveries: count('message'),
      events: count('event'),
      gaps: gaps.length,
      missed: gaps.reduce((sum, gap) => sum + (gap.is === 'gap' ? gap.missed : 0), 0),
      members: testimonies.reduce((sum, { members }) => sum + members.length, 0),
    },
  }
}

/** Every performed message was sent by its author, once, to that place, and in the author's order. */
function wrongInJournal(messages: readonly Message[], testimonies: readonly Testimony[]): readonly Wrong[] {
  const said = new Map(testimonies.map(({ name, said }) => [name, new Set(said.map(({ text }) => text))]))
  const last = new Map<string, number>()
  return messages.flatMap(({ seq, room, text }): readonly Wrong[] => {
    const talk = readTalk(text)
    if (!talk || !said.get(talk.author)?.has(text))
      return [{ is: 'foreign', what: `${seq} in the journal: ${brief(text)}` }]
    const { author, n, place } = talk
    if ((room === null) !== place.startsWith('@') || (room !== null && place !== `#${room}`)) {
      return [{ is: 'foreign', what: `${brief(text)} was performed in ${room}` }]
    }
    const before = last.get(author) ?? 0
    last.set(author, Math.max(n, before))
    if (n === before) return [{ is: 'doubled', what: `${brief(text)} was performed again at ${seq}` }]
    return n < before ? [{ is: 'reordered', what: `${brief(text)} was performed behind its ${before}-th` }] : []
  })
}

/** The outcomes that a client knows of its own messages are right. */
function wrongInFates(messages: readonly Message[], { name, said, acknowledged }: Testimony): readonly Wrong[] {
  const performed = new Set(messages.map(({ text }) => text))
  const own = new Set(messages.flatMap(({ seq, text }) => (readTalk(text)?.author === name ? [seq] : [])))
  const others = new Set(messages.map(({ seq }) => seq))
  return [
    ...said.flatMap(({ text, fate }): readonly Wrong[] => {
      if (fate === 'done' && !performed.has(text)) return [{ is: 'lost', what: `${brief(text)}, acknowledged` }]
      const isOver = fate === 'refused' || fate === 'never sent'
      return isOver && performed.has(text) ? [{ is: 'foreign', what: `${brief(text)}, ${fate}, was performed` }] : []
    }),
    ...acknowledged.flatMap((seq): readonly Wrong[] =>
      others.has(seq) && !own.has(seq)
        ? [{ is: 'foreign', what: `${name} got the answer for ${seq}, of another` }]
        : [],
    ),
  ]
}

function wrongInOrder({ name, heard }: Testimony): readonly Wrong[] {
  const known = new Set<string>()
  let [seq, i] = [0, -1]
  return heard.flatMap((one): readonly Wrong[] => {
    if (one.is === 'gap') {
      return one.seq < seq ? [{ is: 'reordered', what: `${name} was told of a gap up to ${one.seq} after ${seq}` }] : []
    }
    const place = `${one.seq}.${one.i}`
    if (known.has(place)) return [{ is: 'doubled', what: `${name} heard ${place} again` }]
    known.add(place)
    const isLater = one.seq > seq || (one.seq === seq && one.i > i)
    if (!isLater) return [{ is: 'reordered', what: `${name} heard ${place} after ${seq}.${i}` }]
    ;[seq, i] = [one.seq, one.i]
    return []
  })
}

/** Every message for a client reached it unchanged, or is in a gap of just this size; and it got no other message. */
function wrongInWhatWasHeard(messages: readonly Message[], { name, heard, since }: Testimony): readonly Wrong[] {
  if (since.size === 0) return []
  const isFor = ({ seq, room, text }: Message): boolean => {
    const { author = '', place = '' } = readTalk(text) ?? {}
    const from = room !== null || author === name || place === `@${name}` ? since.get(room) : undefined
    return from !== undefined && seq > from
  }
  const due = new Map(messages.filter(isFor).map(message => [message.seq, message]))
  const wrong: Wrong[] = []
  for (const one of heard) {
    if (one.is !== 'message') continue
    const { seq, room, text } = one
    const message = due.get(seq)
    if (message?.text !== text || message.room !== room)
      wrong.push({ is: 'foreign', what: `${name} heard ${seq}: ${brief(text)}` })
  }
  const seqs = new Set(heard.flatMap(one => (one.is === 'message' ? [one.seq] : [])))
  const missing = new Set([...due.values()].filter(({ seq }) => !seqs.has(seq)))
  for (const gap of heard) {
    if (gap.is !== 'gap') continue
    const within = [...missing].filter(({ seq, room }) => room === gap.room && seq > gap.after && seq <= gap.seq)
    for (const message of within) missing.delete(message)
    if (gap.more ? within.length < gap.missed : within.length !== gap.missed) {
      wrong.push({
        is: 'lost',
        what: `${name} was told that ${gap.missed} are missing in ${gap.room}, of ${within.length}`,
      })
    }
  }
  for (const { seq, text } of missing) wrong.push({ is: 'lost', what: `${name} never heard ${seq}: ${brief(text)}` })
  return wrong
}

/** The members that a client has folded are those of the room. */
function wrongInMembers(truth: readonly Members[], { name, members }: Testimony): readonly Wrong[] {
  return members.flatMap(({ seq, room, names }): readonly Wrong[] => {
    const there = truth.find(one => one.seq === seq && one.room === room)?.names ?? []
    return [
      ...there
        .filter(one => !names.includes(one))
        .map(one => ({ is: 'lost' as const, what: `${name} does not see ${one}` })),
      ...names
        .filter(one => !there.includes(one))
        .map(one => ({ is: 'foreign' as const, what: `${name} sees ${one}` })),
    ]
  })
}

const brief = (text: string): string => text.slice(0, 60)
