/** The reactions to a message: each with its number, those of the reader marked. The names show on hover and focus. */
import { useState } from 'react'
import type { Said } from '../../../../client/chat/conversation/timeline.ts'
import { type Chip, reactionsOf } from '../../../../client/chat/messages/reactions.ts'
import { listed } from '../../../../client/chat/sentences.ts'
import { Icon } from '../../controls/Icon.tsx'
import type { Menus } from '../../menu/menus.ts'
import type { Living } from './living.ts'

type Props = { readonly said: Said; readonly living: Living; readonly menus: Menus }

export function Reactions({ said, living, menus }: Props) {
  const chips = reactionsOf({ pending: living.pending, view: { member: living.member, name: '' } }, said)
  if (chips.length === 0) return null
  return (
    <div className="reactions">
      {chips.map(chip => (
        <Reaction key={chip.emoji} chip={chip} said={said} me={living.member} menus={menus} />
      ))}
      <button
        type="button"
        className="reaction add"
        tabIndex={-1}
        aria-label="Add a reaction"
        title="Add a reaction"
        onClick={event => menus.onReact(said, event.currentTarget)}
      >
        <Icon name="react" />
      </button>
    </div>
  )
}

type OneProps = {
  readonly chip: Chip
  readonly said: Said
  readonly me: string
  readonly menus: Menus
}

/** The most names that are listed. */
const NAMED = 12

function Reaction({ chip: { emoji, count, mine, people }, said, me, menus }: OneProps) {
  const [isAsked, ask] = useState(false)
  const others = people.filter(({ id }) => id !== me)
  const isUnknown = others.some(({ name }) => name === '')
  const who = isUnknown ? '…' : listed([...(mine ? ['you'] : []), ...others.map(({ name }) => name)], NAMED)
  function tell(): void {
    ask(true)
    if (isUnknown) menus.onReactors(said.seq)
  }
  return (
    <button
      type="button"
      className={mine ? 'reaction mine' : 'reaction'}
      tabIndex={-1}
      aria-pressed={mine}
      onPointerEnter={tell}
      onFocus={tell}
      onPointerLeave={() => ask(false)}
      onBlur={() => ask(false)}
      onClick={({ currentTarget }) => {
        // It goes, and the focus would go with it.
        if (mine && count === 1) currentTarget.closest<HTMLElement>('.message')?.focus({ preventScroll: true })
        menus.onEmoji(said.seq, emoji, mine)
      }}
    >
      <bdi className="reaction-emoji">{emoji}</bdi>
      <span className="reaction-count">{count}</span>
      {isAsked ? (
        <span className="reaction-who">
          <span className="unseen">by </span>
          <bdi>{who}</bdi>
        </span>
      ) : null}
    </button>
  )
}
