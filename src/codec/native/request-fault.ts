/** The fault of a request, for its author: the field, and its right form. */
import { flatten } from '../../model/text.ts'

/** The issue that the schema found. */
type Issue = { readonly code?: string; readonly path: readonly PropertyKey[]; readonly expected?: string }

/** Characters of the request that the message quotes. */
const SHOWN_MAX = 30

export function wrongIn(json: unknown, issue: Issue | undefined): string {
  const [first] = issue?.path ?? []
  if (!issue || first === undefined || typeof json !== 'object' || json === null)
    return 'it is not an object of this protocol'
  const value = issue.path.reduce<unknown>(valueAt, json)
  if (first === 'type') {
    if (value === undefined) return 'it has no field "type"'
    if (typeof value !== 'string') return 'the field "type" must be a string'
    return `there is no request of type "${flatten(value.slice(0, SHOWN_MAX))}"`
  }
  const field = `the field "${issue.path.map(String).join('.')}"`
  if (value === undefined) return `${field} is missing`
  switch (issue.code) {
    case 'invalid_type':
      return `${field} must be ${KINDS[issue.expected ?? ''] ?? 'of another type'}`
    case 'too_big':
      return `${field} is too large`
    case 'too_small':
      return `${field} is too small`
    default:
      return `${field} has the wrong form`
  }
}

const valueAt = (json: unknown, key: PropertyKey): unknown =>
  typeof json === 'object' && json !== null ? (json as Readonly<Record<PropertyKey, unknown>>)[key] : undefined

const KINDS: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
}
