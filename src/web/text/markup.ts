/**
 * What of a text is more than text: links, code, names that are spoken to. Only http and https are links, and nothing is
 * ever read as HTML. Total: the texts of all parts make the whole again, but for the marks around code. Pure.
 */
export type Part =
  | { readonly type: 'text' | 'code' | 'block' | 'mention'; readonly text: string }
  | { readonly type: 'link'; readonly text: string; readonly href: string }

/** A block begins and ends at a line of its own; one that does not end is none. */
const BLOCK = /(?:^|\n)```[^\S\n]*([\w+#.-]*)\n([\s\S]*?)\n?```(?=\n|$)\n?/g

export function markup(text: string, me: string): readonly Part[] {
  const parts: Part[] = []
  let end = 0
  for (const match of text.matchAll(BLOCK)) {
    push(parts, inline(text.slice(end, match.index), me))
    parts.push({ type: 'block', text: match[2] ?? '' })
    end = match.index + match[0].length
  }
  push(parts, inline(text.slice(end), me))
  return parts
}

const INLINE = /`([^`\n]+)`|\bhttps?:\/\/[^\s<>"`]+|@?[\p{L}\p{N}_.[\]{}|^\\-]+/giu

function inline(text: string, me: string): readonly Part[] {
  const parts: Part[] = []
  let end = 0
  for (const match of text.matchAll(INLINE)) {
    const part = partOf(match[0], match[1], me)
    if (!part) continue
    parts.push({ type: 'text', text: text.slice(end, match.index) }, part)
    end = match.index + part.text.length + (part.type === 'code' ? 2 : 0)
  }
  parts.push({ type: 'text', text: text.slice(end) })
  return parts.filter(part => part.text !== '')
}

function partOf(found: string, code: string | undefined, me: string): Part | null {
  if (code !== undefined) return { type: 'code', text: code }
  if (/^https?:/i.test(found)) return linkOf(bare(found))
  const name = found.replace(/^@/, '').replace(/[.\]}|-]+$/, '')
  const same = me !== '' && [name, found.replace(/^@/, '')].find(one => one.toLowerCase() === me.toLowerCase())
  return same ? { type: 'mention', text: found.slice(0, found.indexOf(same) + same.length) } : null
}

function linkOf(text: string): Part | null {
  if (!URL.canParse(text)) return null
  const { protocol, href } = new URL(text)
  return protocol === 'http:' || protocol === 'https:' ? { type: 'link', text, href } : null
}

/** Without what ends the sentence rather than the address: `(see https://x.example/a_(b)).` */
function bare(url: string): string {
  const surplus = new Map(PAIRS.map(([open, close]) => [close, count(url, close) - count(url, open)]))
  let end = url.length
  for (; end > 0; end--) {
    const last = url[end - 1] ?? ''
    const over = surplus.get(last) ?? 0
    if (!/[.,;:!?'*_~…]/.test(last) && over <= 0) break
    if (over > 0) surplus.set(last, over - 1)
  }
  return url.slice(0, end)
}

const PAIRS = ['()', '[]', '{}'].map(pair => [pair.charAt(0), pair.charAt(1)] as const)
const count = (text: string, sign: string): number => text.split(sign).length - 1

function push(parts: Part[], more: readonly Part[]): void {
  for (const part of more) parts.push(part)
}
