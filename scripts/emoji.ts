/**
 * Makes src/model/emoji/rows.ts and words.ts: the emoji by groups, with the names that people type between colons, and other
 * words to find them by. Emoji, groups and words are those of Unicode, by way of the package emojibase-data; names are GitHub's and Slack's, else Emojibase's own.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import compact from 'emojibase-data/en/compact.json' with { type: 'json' }
import messages from 'emojibase-data/en/messages.json' with { type: 'json' }
import own from 'emojibase-data/en/shortcodes/emojibase.json' with { type: 'json' }
import github from 'emojibase-data/en/shortcodes/github.json' with { type: 'json' }
import slack from 'emojibase-data/en/shortcodes/iamcal.json' with { type: 'json' }
import { readEmoji } from '../src/model/emoji/emoji.ts'

type Row = {
  readonly hexcode: string
  readonly unicode: string
  readonly label: string
  readonly group?: number
  readonly order?: number
  readonly tags?: readonly string[]
  readonly skins?: unknown
}
type Names = Readonly<Record<string, string | readonly string[]>>

const FOLDER = join(import.meta.dirname, '../src/model/emoji')
/** Skin tones and hair by themselves. */
const COMPONENTS = 2

export type EmojiFiles = { readonly rows: string; readonly words: string }

export function emojiFiles(): EmojiFiles {
  const all = (compact as readonly Row[]).toSorted((one, other) => (one.order ?? 0) - (other.order ?? 0))
  const taken = new Set<string>()
  const lines = messages.groups.flatMap(({ message }, group) => {
    if (group === COMPONENTS) return []
    const own = all.filter(row => row.group === group).map(row => lineOf(row, taken))
    return [{ row: `# ${message}`, words: null }, ...own]
  })
  const rows = lines.map(({ row }) => row).join('\n')
  const words = lines.flatMap(line => line.words ?? []).join('\n')
  return {
    rows: `${ROWS}export const EMOJI_ROWS = \`\n${rows}\n\`\n`,
    words: `${WORDS}export const EMOJI_WORDS = \`${words}\`\n`,
  }
}

const ROWS = `/**
 * Made by scripts/emoji.ts from emojibase-data (see NOTICE). A line is an emoji, a \`+\` if it comes in skin tones, and the
 * names that people type between colons.
 */
`
const WORDS = `/**
 * Made by scripts/emoji.ts from emojibase-data (see NOTICE). A line has further words for the emoji of the same place in
 * rows.ts.
 */
`

function lineOf({ hexcode, unicode, label, tags = [], skins }: Row, taken: Set<string>) {
  const namesIn = (set: Names): readonly string[] => [set[hexcode] ?? []].flat()
  const known = [...namesIn(github), ...namesIn(slack)]
  const names = [...new Set(known.length > 0 ? known : namesIn(own))].filter(name => !taken.has(name))
  for (const name of names) taken.add(name)
  const said = new Set(names.flatMap(name => name.split(/[_-]/)))
  const words = [...new Set([...label.toLowerCase().split(/[^\p{L}\p{N}]+/u), ...tags])]
  const others = words.filter(word => word !== '' && !said.has(word) && !/[`$\\|]/.test(word))
  return { row: `${readEmoji(unicode) ?? unicode}${skins ? '+' : ''} ${names.join(' ')}`, words: others.join(' ') }
}

if (process.argv[1] === import.meta.filename) {
  for (const [name, text] of Object.entries(emojiFiles())) writeFileSync(join(FOLDER, `${name}.ts`), text)
}
