/** The parts of a message that can be opened: the links in its text, and its files. Pure. */
import type { Said } from '../../../client/chat/conversation/timeline.ts'
import { linksOf } from '../../../client/view/links.ts'

/** `label`: how it's told from the others. */
type Openable = { readonly href: string; readonly label: string }

/** As many as there are digits to choose one. */
const OPENABLE_MAX = 9

/** `page`: the address of the server's page. */
export function openables({ text, files = [] }: Pick<Said, 'text' | 'files'>, page = ''): readonly Openable[] {
  if (text === null) return []
  const links = linksOf(text).map(href => ({ href, label: href.replace(/^(?:https?:\/\/|mailto:)/, '') }))
  const sent = files.map(({ url, name }) => ({ href: `${page.replace(/\/$/, '')}${url}`, label: name }))
  return [...links, ...sent].slice(0, OPENABLE_MAX)
}
