/** Links in a text: http, https, `www.` and mail addresses. */
import { LinkifyIt } from 'linkify-it'
import type { ProseLink } from './aside.ts'

const finder = new LinkifyIt({ fuzzyLink: false, fuzzyEmail: true, urlAuth: true })
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

/** The library finds an address only after a sign. People also write one directly after a letter that isn't ASCII. */
const BEGINS = /(?<=[^\p{ASCII}])(?=https?:\/\/|www\.|[\w.+-]{1,64}@)/giu

const PROTOCOLS = new Set(['http:', 'https:', 'mailto:'])

export function linksIn(text: string): readonly ProseLink[] {
  if (!/:\/\/|www\.|@/i.test(text)) return []
  const found: ProseLink[] = []
  let from = 0
  for (const piece of text.split(BEGINS)) {
    for (const { index, lastIndex, url } of finder.match(piece) ?? []) {
      if (!URL.canParse(url) || !PROTOCOLS.has(new URL(url).protocol)) continue
      found.push({ type: 'link', from: from + index, to: from + lastIndex, href: new URL(url).href })
    }
    from += piece.length
  }
  return found
}
