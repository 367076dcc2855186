/** Rules as people type them to try them: `slow 10s`, `filter refuse spam`, `mute eve`. */
import { readPattern } from '../../matching/filters/pattern.ts'
import { readDuration } from '../../model/duration.ts'
import { isMode, MODES, type Mode, rowOf } from '../../model/keeping/modes.ts'
import type { Rule } from '../../model/keeping/trial.ts'
import { LIMIT_MAX, SLOW_MAX_S } from '../../model/limits.ts'
import { readName } from '../../model/name/name.ts'
import { isClause } from '../../model/slash/clauses.ts'
import type { FilterAction } from '../../model/state/keeping.ts'
import { flatten } from '../../model/text.ts'

/** `detail`: a clause that names the fault, and the remedy. */
export type ReadRule = { readonly ok: true; readonly rule: Rule } | { readonly ok: false; readonly detail: string }

const wrong = (detail: string): ReadRule => ({ ok: false, detail })
const right = (rule: Rule): ReadRule => ({ ok: true, rule })

/** Modes by the other names that people know them by. */
const ALIASES: Readonly<Record<string, Mode>> = { slowmode: 'slow' }
/** Nobody can tell which members would have known the key, and a secret room stops nobody. */
const UNTRIED: ReadonlySet<Mode> = new Set(['key', 'secret'])

export const RULE_FORMS = [
  ...Object.keys(MODES).flatMap(name => (isMode(name) && !UNTRIED.has(name) ? [modeForm(name)] : [])),
  ...['filter warn|hold|refuse WORDS', 'filter warn|hold|refuse /EXPRESSION/', 'mute NAME', 'ban NAME'],
]

function modeForm(mode: Mode): string {
  const { takes } = rowOf(mode)
  return takes === 'seconds' ? `${mode} 10s` : takes === 'count' ? `${mode} 20` : mode
}

/** `room` null: the rule is for the whole server. */
export function readRule(typed: string, room: string | null): ReadRule {
  const [word = '', rest] = split(typed)
  const name = word.toLowerCase()
  if (name === 'filter') return readFilter(rest)
  if (name === 'mute' || name === 'ban') return readSanction(name, rest)
  const mode = ALIASES[name] ?? name
  if (isMode(mode) && !UNTRIED.has(mode)) return readMode(mode, rest, room)
  const shown = flatten(word).slice(0, SHOWN_MAX)
  const what = word === '' ? 'there is no rule' : isMode(mode) ? `${mode} cannot be tried` : `there is no rule ${shown}`
  return wrong(`${what}; type one such as ${RULE_FORMS.slice(0, 2).join(', ')}, filter refuse spam or mute eve`)
}

const SHOWN_MAX = 30

function readMode(mode: Mode, rest: string, room: string | null): ReadRule {
  const { takes, server } = rowOf(mode)
  if (room === null && !server) return wrong(`${mode} is for one room; name the room`)
  if (takes === 'nothing') {
    return rest === '' ? right({ type: 'mode', mode, value: true }) : wrong(`${mode} takes nothing; leave out the rest`)
  }
  const value = takes === 'seconds' ? secondsOf(rest) : numberOf(rest)
  const most = takes === 'seconds' ? SLOW_MAX_S : LIMIT_MAX
  if (value !== null && value >= 1 && value <= most) return right({ type: 'mode', mode, value })
  return wrong(
    takes === 'seconds' ? `${mode} takes a time from 1s to 1d, such as ${mode} 10s` : `${mode} takes a number`,
  )
}

const numberOf = (text: string): number | null => (/^\d{1,9}$/.test(text) ? Number(text) : null)

function secondsOf(text: string): number | null {
  const ms = readDuration(text)
  return ms === null ? numberOf(text) : ms / 1000
}

const ACTIONS: readonly FilterAction[] = ['warn', 'hold', 'refuse']

function readFilter(rest: string): ReadRule {
  const [word, typed] = split(rest)
  const action = ACTIONS.find(one => one === word.toLowerCase())
  if (action === undefined || typed === '') {
    return wrong('a filter needs what it does and its words, such as filter refuse spam')
  }
  const [, expression] = /^\/(.+)\/$/s.exec(typed) ?? []
  const is = expression === undefined ? 'words' : 'expression'
  const read = readPattern(is, expression ?? typed)
  return read.ok ? right({ type: 'filter', is, pattern: read.pattern, action }) : wrong(read.detail)
}

function readSanction(type: 'mute' | 'ban', typed: string): ReadRule {
  const read = readName(typed)
  return read.ok ? right({ type, name: read.name.text }) : wrong(`${type} needs a name, such as ${type} eve`)
}

/** The first word, and the rest. */
function split(text: string): readonly [string, string] {
  const trimmed = text.trim()
  const gap = trimmed.search(/\s/)
  return gap < 0 ? [trimmed, ''] : [trimmed.slice(0, gap), trimmed.slice(gap).trim()]
}

/** A rule as it can be typed again. */
export function ruleText(rule: Rule): string {
  switch (rule.type) {
    case 'mode':
      return rule.value === true
        ? rule.mode
        : `${rule.mode} ${rule.value}${rowOf(rule.mode).takes === 'seconds' ? 's' : ''}`
    case 'filter':
      return `filter ${rule.action} ${rule.is === 'words' ? rule.pattern : `/${rule.pattern}/`}`
    case 'mute':
    case 'ban':
      return `${rule.type} ${rule.name}`
  }
}

/** The command that switches the rule on, as people type it in a room, or (null) for the whole server. */
export function switchText(rule: Rule, room: string | null): string {
  const place = room === null ? ' everywhere' : ''
  const text = ruleText(rule)
  switch (rule.type) {
    case 'mode':
      return `/${rule.mode === 'slow' || rule.mode === 'lockdown' ? '' : 'mode '}${text}${place}`
    // The place stands before the words, and words that look like one stand after a mark.
    case 'filter': {
      const [first = ''] = rule.pattern.split(' ')
      const mark = rule.is === 'words' && (isClause(first) || first === '--' || first === ':') ? ' --' : ''
      return `/filter ${rule.action}${place}${mark} ${text.slice(`filter ${rule.action} `.length)}`
    }
    case 'mute':
    case 'ban':
      return `/${text}${place}`
  }
}
