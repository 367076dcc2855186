/**
 * A message that asks: its choices are made harmless, its text gets them for protocols that show text alone, and its key
 * becomes a hash. The same asker under the same name asks the same question, even as another session.
 */
import { createHash } from 'node:crypto'
import { readChoices } from '../../../model/choices.ts'
import type { AskSpec } from '../../../model/command.ts'
import type { Ask, MemberId, SessionId } from '../../../model/input.ts'
import { QUESTION_MAX_MS, QUESTION_MS } from '../../../model/limits.ts'
import { nameKey } from '../../../model/name/name.ts'
import { ASKED_ROLES, type AskedRole, type Entitled, type QuestionKind } from '../../../model/question.ts'
import type { State } from '../../../model/state.ts'
import { flatten } from '../../../model/text.ts'
import { holderOfKey, keeperOf } from '../../../reducer/rules/lookup.ts'
import { type Refused, refused } from '../vetting/vetted.ts'

type Asking = { readonly state: State; readonly session: SessionId }

/** `room` and `text` are vetted. */
export function asking(
  { kind, choices: raw, to, timeout, key }: AskSpec,
  { room, text }: { readonly room: string; readonly text: string },
  { state, session }: Asking,
): Ask | Refused {
  const choices = vetChoices(kind, raw)
  if ('code' in choices) return choices
  const asker = keeperOf(state, { session }).name
  const known = key === undefined ? undefined : keyOf(asker, { room, key }, [kind, text, choices, to])
  const whom = to === undefined ? null : whomOf(state, to.trim())
  // It was asked before, and its addressee may have left since.
  const isRepeat = known !== undefined && state.askKeys.has(known.hash)
  if (whom && 'code' in whom && !isRepeat) return whom
  const ms = Math.min(timeout === undefined ? QUESTION_MS : timeout * 1000, QUESTION_MAX_MS)
  return { kind, choices, ...(whom && !('code' in whom) && { to: whom }), ms, ...(known && { key: known }) }
}

function vetChoices(kind: QuestionKind, raw: readonly string[]): readonly string[] | Refused {
  if (kind === 'buzz') return raw.length === 0 ? [] : refused('choices-wrong', 'a buzz has none')
  const read = readChoices(raw)
  return typeof read === 'string' ? refused('choices-wrong', read) : read
}

/** `room` is everybody in it. A text that is no role is a name, with an `@` or without. */
function whomOf(state: State, to: string): Entitled | Refused | null {
  const role = to.toLowerCase()
  if (role === 'room' || role === '') return null
  if (isRole(role)) return { role }
  const name = to.replace(/^@/, '').slice(0, NAME_SHOWN)
  const holder = holderOfKey(state, nameKey(name))
  return holder ? { id: holder.id as MemberId, name: holder.name.text } : refused('member-unknown', flatten(name))
}

const isRole = (word: string): word is AskedRole => (ASKED_ROLES as readonly string[]).includes(word)

const NAME_SHOWN = 64

/** `print` depends on the key, so that nobody finds the text by trying. */
function keyOf(
  asker: string,
  { room, key }: { readonly room: string; readonly key: string },
  content: unknown,
): NonNullable<Ask['key']> {
  const hash = digest(['ask', nameKey(asker), room, key])
  return { hash, print: digest([key, content]) }
}

/** 128 bits: enough that nobody finds another with the same hash, and short, since many are kept. */
const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32)
