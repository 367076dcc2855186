/** Emoji by groups or by words. It's loaded when it's first opened (controls/EmojiPicker.tsx). */
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { readEmoji } from '../../../model/emoji/emoji.ts'
import { searchEmoji } from '../../../model/emoji/search.ts'
import { type EmojiRow, emojiTable } from '../../../model/emoji/table.ts'
import { TONES, toned } from '../../../model/emoji/tone.ts'
import { Grid } from './Grid.tsx'
import { keepTone, keptTone, recentEmoji, rememberEmoji } from './recent.ts'

type Props = { readonly onPick: (emoji: string) => void; readonly onClose: () => void }

type Group = { readonly name: string; readonly sign: string; readonly rows: readonly EmojiRow[] }

const FOUND_MAX = 90
const HAND = '✋'

/** Newer emoji than this browser knows would be boxes. */
const known = (rows: readonly EmojiRow[]): readonly EmojiRow[] => rows.filter(({ emoji }) => readEmoji(emoji) !== null)

function groupsNow(): readonly Group[] {
  const { groups, all } = emojiTable()
  const recent = recentEmoji().map(
    emoji => all.find(row => row.emoji === emoji) ?? { emoji, names: ['recent'], tones: false },
  )
  const others = groups.map(({ name, rows }) => ({ name, sign: rows[0]?.emoji ?? '', rows: known(rows) }))
  // A few recent ones alone would leave the panel empty.
  const more = (others[0]?.rows ?? []).filter(row => !recent.some(({ emoji }) => emoji === row.emoji))
  return [{ name: 'recent', sign: '🕘', rows: [...recent, ...more] }, ...others]
}

export function Panel({ onPick, onClose }: Props) {
  const [groups] = useState(groupsNow)
  const [at, go] = useState(0)
  const [query, search] = useState('')
  const [tone, setTone] = useState(keptTone)
  const panel = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const grid = useRef<HTMLFieldSetElement>(null)
  const group = groups[at] as Group
  const isSearch = query.trim() !== ''
  const rows = isSearch ? known(searchEmoji(query, FOUND_MAX)) : group.rows

  useLayoutEffect(() => field.current?.focus(), [])
  useEffect(() => {
    const onPress = (event: PointerEvent): void => {
      if (!panel.current?.contains(event.target as Node)) onClose()
    }
    document.addEventListener('pointerdown', onPress)
    return () => document.removeEventListener('pointerdown', onPress)
  }, [onClose])

  function pick(emoji: string): void {
    rememberEmoji(emoji)
    onPick(emoji)
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    onClose()
  }

  function onSearchKey(event: KeyboardEvent): void {
    const first = rows[0]
    if (event.key === 'ArrowDown') grid.current?.querySelector('button')?.focus()
    else if (event.key === 'Enter') {
      if (isSearch && first) pick(first.tones ? toned(first.emoji, TONES[tone] ?? '') : first.emoji)
    } else return
    event.preventDefault()
  }

  return (
    <div ref={panel} className="emoji-panel" role="dialog" aria-label="Emoji" onKeyDown={onKeyDown}>
      <div className="emoji-head">
        <input
          ref={field}
          type="search"
          aria-label="Search emoji"
          placeholder="Search emoji"
          value={query}
          onChange={event => search(event.target.value)}
          onKeyDown={onSearchKey}
        />
        <button
          type="button"
          className="icon"
          aria-label={`Skin tone ${tone + 1} of ${TONES.length}`}
          title="Skin tone"
          onClick={() => {
            const next = (tone + 1) % TONES.length
            keepTone(next)
            setTone(next)
          }}
        >
          {toned(HAND, TONES[tone] ?? '')}
        </button>
      </div>
      <div className="emoji-groups">
        {groups.map(({ name, sign }, index) => (
          <button
            key={name}
            type="button"
            aria-label={name}
            title={name}
            aria-pressed={!isSearch && index === at}
            onClick={() => {
              search('')
              go(index)
            }}
          >
            {sign}
          </button>
        ))}
      </div>
      <div className="emoji-list">
        <Grid
          key={isSearch ? 'search' : group.name}
          ref={grid}
          label={isSearch ? 'Found' : group.name}
          rows={rows}
          tone={TONES[tone] ?? ''}
          onPick={pick}
          onLeave={() => field.current?.focus()}
        />
        {rows.length === 0 ? <p className="quiet">No emoji is called that.</p> : null}
      </div>
      <span className="unseen" role="status">
        {isSearch ? `${rows.length} found` : ''}
      </span>
    </div>
  )
}
