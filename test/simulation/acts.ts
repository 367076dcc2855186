/**
 * A run is a list of acts, made from its seed. Each act has its own randomness, so that leaving some out does not
 * change the others.
 */
import { type Random, random } from './random.ts'

/** How often each act comes, among those that a seed has. */
const TALK = {
  enter: 8,
  say: 24,
  burst: 3,
  tell: 7,
  join: 6,
  part: 3,
  nick: 5,
  topic: 2,
  away: 2,
  delete: 4,
  history: 2,
  leave: 2,
  'host says': 3,
  'host tells': 2,
  'host deletes': 1,
  kick: 2,
  pass: 6,
}
/** Acts of accounts. Half of the seeds have none of them. */
const IDENTITY = {
  register: 8,
  'sign in': 12,
  login: 4,
  'add a secret': 5,
  revoke: 5,
  'revoke at the door': 8,
  'log out': 3,
  read: 10,
  'tell by id': 6,
  'enter by a lookalike': 3,
  invite: 3,
  'replay a proof': 3,
  'relay a proof': 3,
  'host resets': 1,
  'host renames': 2,
  'host removes': 1,
}
/** Acts of keepers, and of members who only try to moderate. Half of the seeds have none of them. */
const KEEPING = {
  'host restricts': 7,
  'host restricts a network': 8,
  restrict: 14,
  lift: 10,
  promote: 16,
  'throw out of a room': 5,
  'set a mode': 7,
  'set a filter': 8,
  'write what is filtered': 24,
  review: 12,
  purge: 5,
}
/** Acts on messages that are there. Two of three seeds have them. */
const LIVING = {
  edit: 24,
  'edit the latest': 3,
  react: 20,
  pin: 9,
  answer: 6,
  'change one together': 4,
  'send a file': 14,
}
/** Questions, polls, buzzes and hands. Half of the seeds have none of them. */
const ASKING = {
  ask: 40,
  'ask again': 6,
  'answer a question': 90,
  'say a choice': 12,
  'react to a question': 6,
  'close a question': 3,
  'delete a question': 2,
  hand: 24,
}
/** Acts of programs with cursors. Half of the seeds have them. */
const CURSORS = {
  'claim a cursor': 14,
  'move a cursor': 22,
  'leave a cursor': 4,
  'set a cursor': 2,
  'remove a cursor': 1,
}
/** Acts about output that goes into messages. In two of five seeds they take the places of other acts. */
const LIVES = {
  'run a program': 10,
  'run by a token': 5,
  'send a piece by hand': 7,
  'finish by hand': 1,
  'delete an output': 3,
  'read an output': 5,
  'cut a program off': 6,
  'revoke a token': 1,
}
const LIVES_SHARE = 0.25
/** What seldom meets by chance, put together. In a third of the seeds it takes the places of a few other acts. */
const MEETING = {
  'claim together': 3,
  'react and delete': 3,
  'revoke and enter': 4,
  'warn at a cut': 4,
  'edit and delete': 3,
}
const MEETING_SHARE = 0.1
const TROUBLE = {
  cut: 10,
  'go silent': 4,
  stall: 5,
  'go on': 5,
  sleep: 4,
  wake: 6,
  offline: 4,
  crash: 5,
  'crash soon': 8,
  restart: 3,
  reload: 4,
  'fill the disk': 5,
  'free the disk': 5,
  'slow the disk': 4,
  'doubt the journal': 8,
  'trust the journal': 4,
  'crash in doubt': 4,
  'keep the state': 8,
  jump: 4,
  poison: 4,
  'long pause': 5,
  flood: 2,
  'flood one': 2,
  'long absence': 2,
}
/** Trouble that only several servers have. */
const AMONG_SEVERAL = { misjudge: 6 }
/** Trouble with a replicated log. */
const REPLICATED = { 'lose the leader': 5, 'cut a node off': 6, 'hear badly': 8, 'fill the log in doubt': 6 }
/** Nodes lose their disks, and the log its beginning. */
const WORN = { 'lose a disk': 6, 'purge the log': 10 }
/** A node comes to something else than the others. Only where no state is shared: another node would begin with it. */
const WRONG = { 'get wrong': 6 }
/** A server is restarted with the next version of the program. Few seeds have two versions. */
const UPGRADES = { upgrade: 4 }
/** Acts of webhooks. A third of the seeds have them. */
const HOOKS = { 'host hooks': 3, 'receiver fails': 4, 'rotate a hook': 3 }
/** Trouble that is seldom by chance, and only with one server, where a connection is resumed. */
const AT_ONE = { 'refuse unheard': 8 }

/** Events of the nodes of a replicated log, and of their people. */
export const REPLICATED_KINDS = [
  ...[
    TALK,
    IDENTITY,
    KEEPING,
    LIVING,
    ASKING,
    CURSORS,
    LIVES,
    MEETING,
    TROUBLE,
    AMONG_SEVERAL,
    REPLICATED,
    WORN,
    WRONG,
    UPGRADES,
    HOOKS,
  ].flatMap(Object.keys),
]

export type IdentityKind = keyof typeof IDENTITY
export type KeepingKind = keyof typeof KEEPING
export type LivingKind = keyof typeof LIVING
export type AskingKind = keyof typeof ASKING
export type CursorKind = keyof typeof CURSORS
export type LivesKind = keyof typeof LIVES
export type MeetingKind = keyof typeof MEETING
export type Kind =
  | keyof typeof TALK
  | AskingKind
  | IdentityKind
  | KeepingKind
  | LivingKind
  | CursorKind
  | LivesKind
  | MeetingKind
  | keyof typeof TROUBLE
  | keyof typeof AMONG_SEVERAL
  | keyof typeof REPLICATED
  | keyof typeof WORN
  | keyof typeof WRONG
  | keyof typeof UPGRADES
  | keyof typeof HOOKS
  | keyof typeof AT_ONE

export const isIdentity = (kind: Kind): kind is IdentityKind => Object.hasOwn(IDENTITY, kind)

export const isKeeping = (kind: Kind): kind is KeepingKind => Object.hasOwn(KEEPING, kind)

export const isAsking = (kind: Kind): kind is AskingKind => Object.hasOwn(ASKING, kind)

export const isLiving = (kind: Kind): kind is LivingKind => Object.hasOwn(LIVING, kind)

export const isOfCursors = (kind: Kind): kind is CursorKind => Object.hasOwn(CURSORS, kind)

export const isOfLives = (kind: Kind): kind is LivesKind => Object.hasOwn(LIVES, kind)

export const isMeeting = (kind: Kind): kind is MeetingKind => Object.hasOwn(MEETING, kind)

/** Whether people of this seed keep order. */
export const keepsOrder = (seed: string): boolean => random(`${seed} keeping`).chance(0.5)

export type Act = {
  /** Its place in the whole list, also if others are left out. */
  readonly i: number
  readonly kind: Kind
  /** The index in the cast. */
  readonly who: number
  /** Milliseconds that pass after it. */
  readonly wait: number
}

/** The seed's decisions about its run as a whole. */
export type Cast = {
  readonly natives: number
  readonly lines: number
  readonly classics: number
  /** Milliseconds. */
  readonly grace: number
  readonly rate: { readonly perSecond: number; readonly burst: number } | null
  /** Messages that are kept; null: all. */
  readonly keep: { readonly count: number } | null
  /** How presence is gathered: in rooms of so many readers, and for so many milliseconds. */
  readonly gathering: { readonly from: number; readonly ms: number }
  /** Servers on the journal. */
  readonly nodes: number
  /** Whether the journal is a replicated log. Otherwise the servers are on one machine. */
  readonly isReplicated: boolean
}

export function castOf(seed: string): Cast {
  const chance = random(`${seed} cast`)
  const few = random(`${seed} nodes`).pick([1, 1, 2, 3])
  const isReplicated = few > 1 && random(`${seed} replicated`).chance(0.6)
  return {
    natives: 2 + chance.below(3),
    lines: chance.below(3),
    classics: chance.below(2),
    grace: chance.pick([2000, 10_000, 30_000]),
    rate: chance.pick([null, null, { perSecond: 10, burst: 40 }]),
    keep: chance.pick([null, null, null, { count: 20 }]),
    gathering: random(`${seed} gathering`).pick([
      { from: 64, ms: 50 },
      { from: 1, ms: 50 },
      { from: 3, ms: 50 },
      { from: 1, ms: 1000 },
    ]),
    // Drawn apart, so that half of the seeds stay as they were.
    nodes: isReplicated ? random(`${seed} places`).pick([2, 3, 3, 4]) : few,
    isReplicated,
  }
}

/**
 * `count` acts. Each seed has only some kinds of trouble, in different amounts: rare states come up when few kinds are
 * mixed.
 */
export function actsOf(seed: string, count: number): readonly Act[] {
  const chance = random(`${seed} acts`)
  const { natives, lines, classics, nodes, keep, isReplicated } = castOf(seed)
  const size = natives + lines + classics
  const trouble = Object.entries(TROUBLE)
    .filter(() => chance.chance(0.35))
    .map(([kind, weight]) => [kind, weight * (0.5 + 2 * chance.next())] as const)
  // Drawn apart, so that the other half of the seeds stays as it was.
  const identity = random(`${seed} identity`).chance(0.5) ? Object.entries(IDENTITY) : []
  const keeping = keepsOrder(seed) ? Object.entries(KEEPING) : []
  const living = random(`${seed} living`).chance(2 / 3) ? Object.entries(LIVING) : []
  const asking = random(`${seed} asking`).chance(0.5) ? Object.entries(ASKING) : []
  const cursors = random(`${seed} cursors`).chance(0.5) ? Object.entries(CURSORS) : []
  const among = nodes > 1 && random(`${seed} among`).chance(0.5) ? Object.entries(AMONG_SEVERAL) : []
  const atOne = nodes === 1 && random(`${seed} at one`).chance(0.25) ? Object.entries(AT_ONE) : []
  const replicated = Object.entries(isReplicated ? REPLICATED : {}).filter(([kind]) =>
    random(`${seed} ${kind}`).chance(0.5),
  )
  const upgrades = isReplicated && random(`${seed} upgrades`).chance(0.3) ? Object.entries(UPGRADES) : []
  const hooks = random(`${seed} hooks`).chance(1 / 3) ? Object.entries(HOOKS) : []
  const worn = isReplicated && random(`${seed} worn`).chance(0.5) ? Object.entries(WORN) : []
  const mayDiffer = isReplicated && nodes > 2 && keep === null && worn.length === 0
  const wrong = mayDiffer && random(`${seed} wrong`).chance(0.4) ? Object.entries(WRONG) : []
  const cluster = [...replicated, ...upgrades, ...worn, ...wrong]
  const kinds = [
    ...Object.entries(TALK),
    ...identity,
    ...keeping,
    ...living,
    ...asking,
    ...cursors,
    ...trouble,
    ...among,
    ...atOne,
    ...hooks,
    ...cluster,
  ] as [Kind, number][]
  const hurry = chance.pick([0.3, 0.6, 0.9])
  const first = Array.from({ length: size }, (_, who) => ({ i: who, kind: 'enter', who, wait: 10 }) as const)
  const rest = Array.from({ length: Math.max(0, count - size) }, (_, at) => ({
    i: size + at,
    kind: weighted(kinds, chance),
    who: chance.below(size),
    wait: pause(chance, hurry),
  }))
  const lived = random(`${seed} lives`).chance(0.4) ? replaced(seed, rest, LIVES, LIVES_SHARE) : rest
  const met = random(`${seed} meeting`).chance(1 / 3) ? replaced(seed, lived, MEETING, MEETING_SHARE) : lived
  return [...first, ...met]
}

/** Some acts become others. They are drawn apart, so that the acts between them stay as they were. */
function replaced(
  seed: string,
  acts: readonly Act[],
  by: Partial<Readonly<Record<Kind, number>>>,
  share: number,
): readonly Act[] {
  const kinds = Object.entries(by) as [Kind, number][]
  return acts.map(act => {
    const chance = random(`${seed} ${kinds[0]?.[0]} ${act.i}`)
    return chance.chance(share) ? { ...act, kind: weighted(kinds, chance) } : act
  })
}

/** `hurry`: the share of acts that follow each other at once or nearly so. */
function pause(chance: Random, hurry: number): number {
  if (chance.chance(hurry)) return chance.chance(0.5) ? 0 : chance.below(40)
  return chance.pick([50, 200, 1000, 5000])
}

function weighted(kinds: readonly (readonly [Kind, number])[], chance: Random): Kind {
  let left = chance.next() * kinds.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [kind, weight] of kinds) {
    left -= weight
    if (left < 0) return kind
  }
  return 'pass'
}
