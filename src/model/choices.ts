/** The choices of a question, as they are typed. */
import { CHOICE_MAX_BYTES, CHOICES_MAX, CHOICES_MIN } from './limits.ts'
import { nameKey } from './name/name.ts'
import { flatten, isUnseen, utf8Length } from './text.ts'

/**
 * Reads the labels of a question. A returned text is the fault. Labels are compared as names are, so no two of them
 * look alike.
 */
export function readChoices(raw: readonly string[]): readonly string[] | string {
  if (raw.length < CHOICES_MIN || raw.length > CHOICES_MAX) {
    return `there are ${raw.length}, and a question has ${CHOICES_MIN} to ${CHOICES_MAX}`
  }
  const choices = raw.map(one => flatten(one).trim())
  if (raw.some(isUnseen) || choices.includes('')) return 'one is empty'
  if (choices.some(one => utf8Length(one) > CHOICE_MAX_BYTES)) return `one is longer than ${CHOICE_MAX_BYTES} bytes`
  const keys = choices.map(nameKey)
  const twice = choices.find((_, at) => keys.indexOf(keys[at] ?? '') !== at)
  return twice === undefined ? choices : `"${twice}" is there twice, or reads like another`
}
