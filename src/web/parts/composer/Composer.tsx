/** The composer: several lines, completion, earlier lines, and a draft for each place. */
import { type Ref, useCallback, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import { here } from '../../../client/chat/chat.ts'
import type { Attached, ChatStore } from '../../../client/chat/chat-store.ts'
import type { Entry } from '../../../client/chat/conversation/timeline.ts'
import type { Chat } from '../../../client/chat/state.ts'
import { DRAFT_MAX_BYTES } from '../../../model/limits.ts'
import { Choices } from '../controls/Choices.tsx'
import { EmojiPicker } from '../controls/EmojiPicker.tsx'
import { Icon } from '../controls/Icon.tsx'
import { Trouble } from '../controls/Trouble.tsx'
import type { Uploads } from '../files/uploads.ts'
import { useLiving } from '../messages/living/use-living.ts'
import { Avatar } from '../person/Avatar.tsx'
import { byFinger, onKeyDown } from './keys.ts'
import { useComposed } from './use-composed.ts'
import { type Mode, useModes } from './use-modes.ts'
import { useRefusedEdit } from './use-refused-edit.ts'
import { isForOthers, useWait } from './use-wait.ts'
import { Waiting } from './Waiting.tsx'

export type Writing = {
  readonly focus: () => void
  /** At the cursor. */
  readonly insert: (text: string) => void
  /** The next text answers message `seq`. */
  readonly reply: (seq: number) => void
  /** The next text is another one for message `seq`, which has this one. */
  readonly edit: (seq: number, text: string) => void
}

type Props = {
  readonly ref: Ref<Writing>
  readonly chat: Chat
  readonly talk: ChatStore
  /** The token of the session; null: there is none now. */
  readonly token: () => string | null
  readonly clock: () => number
  /** The error about the last text entered. */
  readonly trouble: string | null
  readonly onCalm: () => void
  /** Whether the text was understood; if not, it stays in the field. */
  readonly onEnter: (text: string, attached: Attached) => boolean
  /** Scrolls the messages by pages. */
  readonly onPage: (by: number) => void
}

const ROWS_MAX = 8
const LIST = 'choices'

const isOwnText = (entry: Entry): boolean => entry.kind === 'said' && entry.mine && entry.text !== null && !entry.held

export function Composer({ ref, chat, talk, token, clock, trouble, onCalm, onEnter, onPage }: Props) {
  const { where } = chat
  const field = useRef<HTMLTextAreaElement>(null)
  const parts = useLiving()
  const modes = useModes(where)
  const { mode } = modes
  const composed = useComposed(chat, field, modes)
  const [uploads, setUploads] = useState<Uploads | null>(null)
  const { text, choices, chosen, write } = composed
  const isOver = chat.status.state === 'ended'

  const { wait, now } = useWait(chat, clock)
  const waits = wait !== null && isForOthers(text)
  const hasFiles = mode?.is !== 'edit' && uploads !== null && uploads.all.length > 0
  const canSend = !isOver && (text.trim() !== '' || hasFiles) && (!hasFiles || uploads.sent !== null)

  const [isPicking, setPicking] = useState(false)
  const stopPicking = useCallback(() => {
    setPicking(false)
    field.current?.focus()
  }, [])
  function pick(emoji: string): void {
    setPicking(false)
    composed.insert(emoji)
  }

  function begin(next: Mode): void {
    modes.turn(next)
    field.current?.focus()
  }
  const edit = (seq: number, was: string, text = was): void => begin({ is: 'edit', seq, was, text })
  useImperativeHandle(ref, () => ({
    focus: () => field.current?.focus(),
    insert: composed.insert,
    reply: seq => begin({ is: 'reply', seq }),
    edit,
  }))
  useRefusedEdit(chat, mode, edit)
  // On a touch screen the field isn't focused, or the keyboard would cover half of it unasked.
  useLayoutEffect(() => {
    if (where && matchMedia('(hover: hover)').matches) field.current?.focus()
  }, [where])

  function send(anyway = false): void {
    if (!canSend || (waits && !anyway)) return
    if (mode?.is === 'edit') {
      if (text !== mode.was) talk.edit(mode.seq, text)
      return modes.turn(null)
    }
    const files = uploads?.sent?.length ? { files: uploads.sent } : {}
    composed.remember()
    if (!onEnter(text, { ...(mode ? { reply: mode.seq } : {}), ...files })) return composed.closeChoices()
    write('')
    if (!isForOthers(text)) return
    modes.turn(null)
    uploads?.clear()
  }

  function editLast(): boolean {
    const last = here(chat).timeline.entries.findLast(isOwnText)
    if (last?.kind !== 'said' || mode !== null) return false
    edit(last.seq, last.text ?? '')
    return true
  }

  function leave(): boolean {
    modes.turn(null)
    return mode !== null
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
      {mode === null || !parts ? null : <parts.ModeLine mode={mode} chat={chat} talk={talk} onLeave={leave} />}
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
            if (mode?.is !== 'edit' && isForOthers(event.target.value)) talk.typing()
          }}
          onPaste={event => {
            const { files } = event.clipboardData
            if (files.length === 0 || !uploads) return
            event.preventDefault()
            uploads.add(files)
          }}
          onKeyDown={event =>
            onKeyDown(event, composed, { onSend: () => send(), onPage, onEditLast: editLast, onLeave: leave })
          }
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
        {isOver || !parts ? null : (
          <parts.Attachments
            where={where}
            token={token}
            complain={message => talk.trouble({ where, asked: null, message })}
            isHidden={mode?.is === 'edit'}
            onChange={setUploads}
          />
        )}
        <button type="submit" className="primary send" aria-label="Send" title="Send" disabled={!canSend || waits}>
          <Icon name="send" />
        </button>
      </div>
    </form>
  )
}
