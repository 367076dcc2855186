/** Keeping order: sanctions, rules of places, held messages, and the log of acts. A place is a room, or (null) the server. */
import { Set as ISet, List, OrderedMap } from 'immutable'
import type { MemberId } from '../ids.ts'
import { type Mode, type Modes, type ModeValue, NO_MODES } from '../keeping/modes.ts'
import type { FileRef } from '../message/file.ts'

/** An exception keeps somebody free of the sanctions on networks. */
export type SanctionKind = 'ban' | 'mute' | 'exception'

/** On a member and its names, or on a network. */
export type Sanction = {
  /** The `seq` of the input that set it. */
  readonly id: number
  readonly kind: SanctionKind
  readonly room: string | null
  /** Null: nobody had the name, or it is on a network. */
  readonly member: MemberId | null
  /** Null: it is on a network. */
  readonly name: string | null
  /** Lookalike keys of the name: a guest that comes back under it is another member. */
  readonly keys: readonly string[]
  /** On a network: the input that has it as its text. State never has an address. Null: it is on a member. */
  readonly text: number | null
  readonly by: string
  readonly at: number
  readonly reason: string | null
}

export type FilterKind = 'words' | 'expression'
export type FilterAction = 'warn' | 'hold' | 'refuse'

export type Filter = {
  /** The `seq` of the input that set it. */
  readonly id: number
  readonly is: FilterKind
  readonly pattern: string
  readonly action: FilterAction
  readonly by: string
  readonly at: number
}

/** A message that waits for a keeper who may release it. Its text stays beside its input. */
export type Held = {
  readonly seq: number
  readonly room: string
  readonly author: MemberId
  readonly from: string
  readonly action: boolean
  readonly account?: true
  readonly mentions?: readonly MemberId[]
  readonly reply?: number
  readonly files?: readonly FileRef[]
  readonly at: number
  readonly filter: number
}

/** Acts that the log keeps. */
export const ACT_KINDS = [
  ...(['kick', 'ban', 'unban', 'mute', 'unmute', 'except', 'unexcept'] as const),
  ...(['op', 'deop', 'voice', 'devoice', 'admin', 'unadmin', 'invite'] as const),
  ...(['mode', 'filter', 'unfilter', 'purge', 'delete', 'warn', 'hold', 'release', 'drop'] as const),
] as const

export type ActKind = (typeof ACT_KINDS)[number]

export type Act = {
  readonly act: ActKind
  readonly room: string | null
  /** The member that acted; null: the time of a sanction or a mode was over. */
  readonly by: string | null
  readonly byId: MemberId | null
  /** The target; null: none, or a network. */
  readonly who: string | null
  readonly whoId: MemberId | null
  /** The sanction or filter that it set or ended. */
  readonly rule: number | null
  /** The pattern of the filter, the number of purged messages, or the input of the held message. */
  readonly value: string | null
  /** The mode that was set, and its value; null: it is off. Only with `mode`. */
  readonly mode?: Mode
  readonly set?: ModeValue | null
  readonly reason: string | null
  /** When it ends, milliseconds since the epoch; null: it doesn't by itself. */
  readonly until: number | null
}

export type LoggedAct = Act & { readonly seq: number; readonly at: number }

/** Data of a place that its members don't see. */
export type Rules = {
  /** Modes of the server. The modes of a room are in its view. */
  readonly modes: Modes
  /** Hash of the key to join; null: none. */
  readonly key: string | null
  /** At most FILTERS_MAX in all places. */
  readonly filters: OrderedMap<number, Filter>
  /** With slow mode: when each member wrote last, the oldest first. */
  readonly spoke: OrderedMap<MemberId, number>
  /** Members who may join in spite of the modes; at most INVITED_MAX. */
  readonly invited: ISet<MemberId>
  /** The latest acts, at most LOGGED_MAX. */
  readonly log: List<LoggedAct>
}

export const NO_RULES: Rules = {
  modes: NO_MODES,
  key: null,
  filters: OrderedMap<number, Filter>(),
  spoke: OrderedMap<MemberId, number>(),
  invited: ISet<MemberId>(),
  log: List<LoggedAct>(),
}

/** Messages of a member that are to be erased: those in `room` (null: in every room) since `since`. */
export type Purge = {
  readonly id: number
  readonly room: string | null
  readonly author: MemberId
  readonly name: string
  /** Milliseconds since the epoch. */
  readonly since: number
  readonly by: string
  readonly byId: MemberId
}

/** The key of a place in a map. No room has this name. */
export const SERVER = '*'
export const placeOfRules = (room: string | null): string => room ?? SERVER
