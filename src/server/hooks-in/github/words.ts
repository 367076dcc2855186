/** Parts of sentences about events at GitHub. */

import { CARD_EXCERPT_MAX } from '../../../model/limits.ts'
import { type JsonObject, objectAt, textAt } from '../json.ts'
import { excerpt, fromMarkdown, withEmoji, withoutTags } from '../marks.ts'

/** The login of the sender; ''. */
export const senderOf = (body: JsonObject): string =>
  textAt(objectAt(body, 'sender'), 'login', 'username') || textAt(objectAt(body, 'pusher'), 'name')

export const spaced = (name: string): string => name.replaceAll('_', ' ')

/** The first lines of a person's text. */
export const written = (of: JsonObject): string =>
  excerpt(withEmoji(fromMarkdown(withoutTags(textAt(of, 'body')))), CARD_EXCERPT_MAX)

export const branchOf = (ref: string): string => ref.replace(/^refs\/(heads|tags)\//, '')
