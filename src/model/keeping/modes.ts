/** The modes of a room, and of the whole server. Parsing, help and the page's settings are derived from this one table. */
import { leftText } from '../duration.ts'

/** The value of a mode. `key`: in a view, that there is one. `limit`: members; `slow`, `delay`: seconds. */
export type ModeValue = true | number

type ModeRow = {
  /** The argument of the mode: nothing, a count, a time, or a word that only members know. */
  readonly takes: 'nothing' | 'count' | 'seconds' | 'secret'
  /** Whether the whole server can have it, besides rooms. */
  readonly server?: true
  /** One clause that says which rule holds while the mode is on. */
  readonly help: string
}

export const MODES = {
  moderated: { takes: 'nothing', help: 'only people with a role can write' },
  'invite-only': { takes: 'nothing', help: 'only invited people can join' },
  key: { takes: 'secret', help: 'people need the key to join' },
  limit: { takes: 'count', help: 'so many members at most' },
  secret: { takes: 'nothing', help: 'only members see the room in lists' },
  'topic-protected': { takes: 'nothing', help: 'only operators set the topic' },
  'no-outsiders': { takes: 'nothing', help: 'programs with a token cannot write' },
  'registered-only': { takes: 'nothing', help: 'only people with an account can join' },
  slow: { takes: 'seconds', help: 'each member waits so long between two messages' },
  delay: { takes: 'seconds', server: true, help: 'guests wait so long before their first message' },
  lockdown: { takes: 'nothing', server: true, help: 'no guest enters or writes, and only people with a role join' },
} as const satisfies Readonly<Record<string, ModeRow>>

export type Mode = keyof typeof MODES

/** The modes that are on. */
export type Modes = Readonly<Partial<Record<Mode, ModeValue>>>

export const isMode = (name: string): name is Mode => Object.hasOwn(MODES, name)

export const rowOf = (mode: Mode): ModeRow => MODES[mode]

export const NO_MODES: Modes = {}

/** The modes with one of them set, or (null) off. */
export function withMode(modes: Modes, mode: Mode, value: ModeValue | null): Modes {
  const { [mode]: _, ...rest } = modes
  return value === null ? rest : { ...rest, [mode]: value }
}

/** `moderated`, `limit 20`, `slow 10 s`. */
export function modeText(mode: Mode, value: true | number): string {
  if (value === true) return mode
  return MODES[mode].takes === 'seconds' ? `${mode} ${leftText(value * 1000)}` : `${mode} ${value}`
}
