/** The composer: several lines, completion, earlier lines, and a draft for each place. */
import { type Ref, useCallback, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import type { Chat } from '../../../client/chat/state.ts'
import { DRAFT_MAX_BYTES } from '../../../model/limits.ts'
import { Choices } from '../controls/Choices.tsx'
import { EmojiPicker } from '../controls/EmojiPicker.tsx'
import { Icon } from '../controls/Icon.tsx'
import { Trouble } from '../controls/Trouble.tsx'
import { Avatar } from '../person/Avatar.tsx'
import { byFinger, onKeyDown } from './keys.ts'
import { useComposed } from './use-composed.ts'
import { isForOthers, useWait } from './use-wait.ts'
import { Waiting } from './Waiting.tsx'

export type Writing = {
  readonly focus: () => void
  /** At the cursor. */
  readonly insert: (text: string) => void
}

type Props = {
  readonly ref: Ref<Writing>
  readonly chat: Chat
  readonly clock: () => number
  /** The error about the last text entered. */
  readonly trouble: string | null
  readonly onCalm: () => void
  /** Whether the text was understood; if not, it stays in the field. */
  readonly onEnter: (text: string) => boolean
  /** Scrolls the messages by pages. */
  readonly onPage: (by: number) => void
}

const ROWS_MAX = 8
const LIST = 'choices'

export function Composer({ ref, chat, clock, trouble, onCalm, onEnter, onPage }: Props) {
  const { where } = chat
  const field = useRef<HTMLTextAreaElement>(null)
  const composed = useComposed(chat, field)
  const { text, choices, chosen, write } = composed
  const isOver = chat.status.state === 'ended'

  const { wait, now } = useWait(chat, clock)
  const waits = wait !== null && isForOthers(text)

  const [isPicking, setPicking] = useState(false)
  const stopPicking = useCallback(() => {
    setPicking(false)
    field.current?.focus()
  }, [])
  function pick(emoji: string): void {
    setPicking(false)
    composed.insert(emoji)
  }

  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus(), insert: composed.insert }))
  // On a touch screen the field isn't focused, or the keyboard would cover half of it unasked.
  useLayoutEffect(() => {
    if (where && matchMedia('(hover: hover)').matches) field.current?.focus()
  }, [where])

  function send(anyway = false): void {
    if (text.trim() === '' || isOver || (waits && !anyway)) return
    composed.remember()
    if (onEnter(text)) write('')
    else composed.closeChoices()
  }

  return (
    <form
      className="composer"
      onSubmit={event => {
        event.preventDefault()
        send()
      }}
    >
      {trouble === null ? null : <Trouble message={trouble} onClose={onCalm} />}
      {wait === null ? null : <Waiting wait={wait} now={now} onTry={() => send(true)} />}
      {choices.length > 0 ? <Choices id={LIST} choices={choices} chosen={chosen} onChoose={composed.accept} /> : null}
      <Avatar name={chat.view.name} />
      <div className="box">
        <textarea
          ref={field}
          aria-label={`Message ${where}`}
          aria-autocomplete="list"
          aria-controls={choices.length > 0 ? LIST : undefined}
          aria-activedescendant={chosen === null ? undefined : `${LIST}-${chosen}`}
          placeholder={isOver ? '' : `Message ${where}`}
          disabled={isOver}
          value={text}
          rows={Math.min(ROWS_MAX, text.split('\n').length)}
          maxLength={DRAFT_MAX_BYTES}
          enterKeyHint={byFinger() ? 'enter' : 'send'}
          dir="auto"
          onChange={event => {
            if (trouble !== null) onCalm()
            write(event.target.value, event.target.selectionStart)
          }}
          onKeyDown={event => onKeyDown(event, composed, { onSend: () => send(), onPage })}
        />
        {isPicking ? <EmojiPicker onPick={pick} onClose={stopPicking} /> : null}
        <button
          type="button"
          className="icon"
          aria-label="Emoji"
          title="Emoji"
          aria-haspopup="dialog"
          aria-expanded={isPicking}
          disabled={isOver}
          // The panel closes by a press elsewhere, and this isn't one.
          onPointerDown={event => isPicking && event.stopPropagation()}
          onClick={() => (isPicking ? stopPicking() : setPicking(true))}
        >
          <Icon name="smile" />
        </button>
        <button
          type="submit"
          className="primary send"
          aria-label="Send"
          title="Send"
          disabled={isOver || waits || text.trim() === ''}
        >
          <Icon name="send" />
        </button>
      </div>
    </form>
  )
}
