/** The configuration file: flat TOML, whose keys are the names of the flags. Every error has the line in the file. */
import { readFileSync } from 'node:fs'
import { parse, TomlError } from 'smol-toml'
import { withoutBom } from '../../model/text.ts'
import { nearest } from './suggestion.ts'
import { UsageError } from './usage.ts'
import type { Given } from './values.ts'

/** The values by key, each in the form of a flag's value. Throws UsageError. */
export function readConfigFile(path: string, keys: readonly string[]): ReadonlyMap<string, Given> {
  const source = contents(path)
  const given = new Map<string, Given>()
  for (const [key, value] of Object.entries(parsed(path, source))) {
    const place = `${path}:${lineOf(key, source)}`
    if (!keys.includes(key)) throw new UsageError(`${place}: there is no key ${key}. ${remedy(key, keys)}`)
    const text = textOf(value)
    if (text === null) throw new UsageError(`${place}: ${key} must be a string, a number, or a list of them.`)
    given.set(key, { text, source: place, name: `${place}: ${key}` })
  }
  return given
}

function contents(path: string): string {
  try {
    return withoutBom(readFileSync(path, 'utf8'))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const why = { ENOENT: 'is not there', EACCES: 'cannot be read by this user', EISDIR: 'is a directory' }[code ?? '']
    throw new UsageError(`The configuration file ${path} ${why ?? `cannot be read: ${message}`}. See --config.`)
  }
}

function parsed(path: string, source: string): Readonly<Record<string, unknown>> {
  try {
    return parse(source)
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const [why = ''] = error.message.replace('Invalid TOML document: ', '').split('\n')
    throw new UsageError(`${path}:${error.line}: not valid TOML: ${why}. Put strings in quotes: host = "::1".`)
  }
}

/**
 * The parser doesn't give the positions of values. In a flat file, each key is at the beginning of a line, and occurs
 * once.
 */
function lineOf(key: string, source: string): number {
  const at = source.split('\n').findIndex(line => {
    const [, bare, quoted, section] = /^\s*(?:([\w-]+)\s*[.=]|["']([^"']*)["']\s*[.=]|\[+\s*([\w-]+))/.exec(line) ?? []
    return [bare, quoted, section].includes(key)
  })
  return at < 0 ? 1 : at + 1
}

/** `true` becomes `on`, as in a variable; the parts of a list are joined with commas. Null: another type. */
function textOf(value: unknown): string | null {
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (typeof value === 'number' || typeof value === 'string') return String(value)
  if (!Array.isArray(value)) return null
  const parts = value.map(textOf)
  return parts.includes(null) ? null : parts.join(',')
}

function remedy(key: string, keys: readonly string[]): string {
  const meant = nearest(key, keys)
  return meant === undefined ? `There are ${keys.join(', ')}.` : `Did you mean ${meant}?`
}
