/** Links in a text: http, https, `www.` and mail addresses. */
import { LinkifyIt, type Match } from 'linkify-it'
import type { ProseLink } from './aside.ts'

/** Made with the first text that may have a link: its patterns take long to read. */
let finder: LinkifyIt | null = null

const newFinder = (): LinkifyIt =>
  new LinkifyIt({ fuzzyLink: false, fuzzyEmail: true, urlAuth: true })
    .add('ftp:', null)
    .add('//', null)
    .add('www.', {
      validate(text, pos, { re }) {
        if (INSIDE.test(text.slice(0, pos - 'www.'.length))) return 0
        host ??= new RegExp(re.get_url_host_port().source + re.get_path().source, 'iy')
        host.lastIndex = pos
        return host.exec(text)?.[0].length ?? 0
      },
      normalize: match => {
        match.url = `http://${match.url}`
      },
    })

let host: RegExp | null = null

/** After one of these, `www.` is inside a longer address. */
const INSIDE = /[.@:/_-]$/

/**
 * The library finds an address only after a sign other than `_`. People also write one directly after a letter that
 * isn't ASCII, or in emphasis.
 */
const BEGINS = /(?<=[^\p{ASCII}]|(?<![\p{L}\p{N}_])_{1,3})(?=https?:\/\/|www\.|[\w.+-]{1,64}@)/giu

const PROTOCOLS = new Set(['http:', 'https:', 'mailto:'])

/** Markdown that no address has within, and marks of emphasis behind one. */
const MARKS = /\*\*|~~|[`|]|(?<![*_~])[*_~]+(?![*_~])(?=[.,;:!?'"]*(?:\s|$))/g
/** An address may end in these signs, but mostly they are Markdown and punctuation. */
const EMPHASIS = /[*_~]$/
const CLOSING = /[.,;:!?'"*_~]/
/**
 * Characters that may stand before the @ of a mail address; the library takes all signs that a standard allows there.
 */
const LOCAL_PART = /[a-z0-9](?:[\w.%+'-]*[a-z0-9])?$/i

export function linksIn(text: string): readonly ProseLink[] {
  if (!/:\/\/|www\.|@/i.test(text)) return []
  finder ??= newFinder()
  const found: ProseLink[] = []
  let from = 0
  const read = text.replace(MARKS, marks => ' '.repeat(marks.length))
  for (const piece of read.split(BEGINS)) {
    for (const match of finder.match(piece) ?? []) {
      const link = linkOf(match)
      if (link) found.push({ ...link, from: from + link.from, to: from + link.to })
    }
    from += piece.length
  }
  return found
}

function linkOf({ schema, index, raw, url }: Match): ProseLink | null {
  const before = schema === 'mailto:' && !/^mailto:/i.test(raw) ? localPart(raw) : 0
  if (before === null) return null
  const behind = raw.length - withoutMarks(raw).length
  const address = url.startsWith('mailto:') && before > 0 ? `mailto:${raw.slice(before)}` : url
  const whole = address.slice(0, address.length - behind)
  if (!URL.canParse(whole) || !PROTOCOLS.has(new URL(whole).protocol)) return null
  return { type: 'link', from: index + before, to: index + raw.length - behind, href: new URL(whole).href }
}

/** Offset of the local part. Null: there is none. */
function localPart(address: string): number | null {
  return LOCAL_PART.exec(address.slice(0, address.lastIndexOf('@')))?.index ?? null
}

function withoutMarks(address: string): string {
  if (!EMPHASIS.test(address)) return address
  let end = address.length
  while (CLOSING.test(address.charAt(end - 1))) end -= 1
  return address.slice(0, end)
}
