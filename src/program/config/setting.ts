/**
 * A setting: a flag, a variable `RXCHAT_…` and a key of the configuration file in one, with the function that reads its
 * value.
 */
import type { Flag } from './arguments.ts'

export type Setting = Flag & {
  readonly otherwise: string
  readonly variable: string
  readonly read: (text: string) => unknown
  /** Never shown, neither by --print-config nor in an error. */
  readonly secret?: true
}

export type SettingTable = Readonly<Record<string, Setting>>

/** Why a text is not a valid value: `must` names its right form. */
export class InvalidSetting {
  readonly must: string

  constructor(must: string) {
    this.must = must
  }
}

/** The type that a setting's reader returns. */
export type Value<One extends Setting> = Exclude<ReturnType<One['read']>, InvalidSetting>

export const text = (given: string): string | InvalidSetting =>
  given === '' ? new InvalidSetting('be a string') : given

/** A text; null if it's `word`. */
export const unless =
  (word: string) =>
  (given: string): string | null | InvalidSetting =>
    given === word ? null : text(given)

export function onOrOff(given: string): boolean | InvalidSetting {
  if (['1', 'on', 'true', 'yes'].includes(given)) return true
  if (['0', 'off', 'false', 'no'].includes(given)) return false
  return new InvalidSetting('be on or off')
}

/** Whole numbers from `least` to `most`. */
export const whole =
  (least: number, most: number) =>
  (given: string): number | InvalidSetting => {
    const value = Number(given)
    if (/^\d+$/.test(given) && value >= least && value <= most) return value
    return new InvalidSetting(`be a whole number from ${least} to ${most}`)
  }

/** The same, or `off`, which is null. */
export const wholeOrOff = (least: number, most: number) => {
  const number = whole(least, most)
  return (given: string): number | null | InvalidSetting => {
    const value = given === 'off' ? null : number(given)
    return value instanceof InvalidSetting ? new InvalidSetting(`${value.must}, or off`) : value
  }
}

const UNITS: Readonly<Record<string, number>> = { KB: 1000, MB: 1_000_000, GB: 1_000_000_000 }

/** Bytes: `10MB`, at most so many. */
const size =
  (most: number) =>
  (given: string): number | InvalidSetting => {
    const [, digits = '', unit = ''] = /^(\d{1,6})([KMG]B)$/i.exec(given) ?? []
    const bytes = Number(digits) * (UNITS[unit.toUpperCase()] ?? 0)
    if (bytes > 0 && bytes <= most) return bytes
    return new InvalidSetting(`be a size such as 500KB, 10MB or 2GB, at most ${most / 1_000_000_000}GB`)
  }

/** The same, or `word`, which is null. */
export const sizeOr = (word: string, most: number) => {
  const bytes = size(most)
  return (given: string): number | null | InvalidSetting => {
    const value = given === word ? null : bytes(given)
    return value instanceof InvalidSetting ? new InvalidSetting(`${value.must}, or ${word}`) : value
  }
}

export const oneOf =
  <const Word extends string>(...words: readonly Word[]) =>
  (given: string): Word | InvalidSetting =>
    words.find(word => word === given) ?? new InvalidSetting(`be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`)
