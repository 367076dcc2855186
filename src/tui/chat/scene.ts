/**
 * The scene of a chat. It draws the state of the talk and of the screen together, and carries out the acts of strokes.
 */
import { EMPTY, merge, type Observable } from 'rxjs'
import { here } from '../../client/chat/chat.ts'
import type { ChatStore } from '../../client/chat/chat-store.ts'
import { messageAt } from '../../client/chat/conversation/timeline.ts'
import { serverTime, waitIn } from '../../client/chat/keeping/waits.ts'
import { typingIn } from '../../client/chat/messages/typing.ts'
import { roomOf, type Where } from '../../client/chat/place.ts'
import { openIn } from '../../client/chat/questions/heard.ts'
import type { Chat } from '../../client/chat/state.ts'
import { textOf } from '../../client/input/editor.ts'
import type { SecretAnswer } from '../../client/input/secret-prompt.ts'
import type { SentFile } from '../../model/command.ts'
import { LOBBY } from '../../model/name/standing.ts'
import type { FileWanted } from '../../model/slash/row.ts'
import { flatten } from '../../model/text.ts'
import type { ClockFace } from '../clock-face.ts'
import type { Scene, Size, StageRequest } from '../stage/scene.ts'
import { firstDevice } from './devices.ts'
import { BARE, type Surroundings } from './drawing/entry/around.ts'
import { coloured$ } from './drawing/entry/code-colours.ts'
import { chatFrame } from './drawing/frame.ts'
import { press } from './press.ts'
import type { PressAct } from './press-act.ts'
import { askSecret } from './secret.ts'
import { selecting } from './selected/press.ts'
import { type ChatUi, newUi, turnTo } from './ui.ts'

/** The scene's needs from outside. */
export type Outside = {
  readonly face: ClockFace
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly bell: () => void
  /** Gives the text to the clipboard of the terminal, which doesn't say whether it took it. */
  readonly copy: (text: string) => void
  /** Opens a link. False: there's no browser here. */
  readonly open: (href: string) => boolean
  /** The address of the server's page, with a slash at its end. */
  readonly page: string
  readonly leave: (reason: string | null) => void
  /** Connects now instead of waiting. */
  readonly retry: () => void
  readonly account: AccountActs
  /** Uploads a file of this machine. Never rejects. */
  readonly send: (path: string) => Promise<SendOutcome>
  /** Null: the terminal draws none. */
  readonly pictures: Pictures | null
}

export type Pictures = {
  /** The terminal has one more. */
  readonly changed$: Observable<unknown>
  readonly find: Surroundings['picture']
}

/** The uploaded file, or a sentence that says why there is none. */
type SendOutcome = { readonly ok: true; readonly file: SentFile } | { readonly ok: false; readonly message: string }

/** Questions of the scene about the account. */
export type AccountActs = {
  readonly answer: (answer: SecretAnswer) => void
  /** False: a password is needed. */
  readonly logIn: (name: string) => boolean
  /** Whether a key alone is enough to register. */
  readonly hasKeys: boolean
}

/** A message to scroll to. `step`: the pages asked for so far: none, the one that ends with it, the one after it. */
type Sought = { readonly where: Where; readonly seq: number; readonly step: 'new' | 'around' | 'after' }

export function chatScene(
  talk: ChatStore,
  { face, now, bell, copy, open, page, leave, retry, account, send, pictures }: Outside,
): Scene {
  const { chat$ } = talk
  let ui = newUi(chat$.value.where)
  let { bells } = chat$.value
  let seen: Size = { columns: 80, rows: 24 }
  let { found } = chat$.value
  /** An earlier page was asked for. When it arrives, the screen scrolls up into it. */
  let isGoingUp = false
  let sought: Sought | null = null
  /** Quoted messages that are drawn and not here. */
  const wanted = new Set<number>()
  const from: Surroundings = { page, want: seq => void wanted.add(seq), picture: pictures?.find ?? BARE.picture, now }
  chat$.subscribe(chat => {
    ui = turnTo(ui, chat.where)
    if (chat.found !== found) ui = { ...ui, hit: 0 }
    found = chat.found
    if (chat.bells > bells) bell()
    bells = chat.bells
    if (sought) seek(sought)
    if (!isGoingUp || chat.loading) return
    isGoingUp = false
    goUp('pageup')
  })

  /**
   * Scrolls to the message and those after it, once they are loaded. Asks for them if the message is older than the
   * loaded ones.
   */
  function seek(target: Sought): void {
    const { where, seq, step } = target
    const { loading, where: at } = chat$.value
    if (at !== where) sought = null
    if (at !== where || loading) return
    const { timeline, excerpt } = here(chat$.value)
    const said = messageAt(timeline, seq)
    if (step === 'new' && !said) {
      if (talk.seek(where, seq)) sought = { ...target, step: 'around' }
      return
    }
    if (step === 'around' && said && excerpt) {
      sought = { ...target, step: 'after' }
      return talk.later(where)
    }
    sought = null
    if (!said) return
    const [next, acts] = selecting({ ...ui, anchor: null }, { seq, i: said.i, asking: null }, seenNow())
    ui = next
    for (const one of acts) act(one)
  }

  const roomHere = (): string => roomOf(chat$.value.where) ?? LOBBY

  const seenNow = () => ({ chat: chat$.value, size: seen, face, from })

  /** Scrolls up in the messages, and loads more if that reaches the top. */
  function goUp(key: 'home' | 'pageup'): void {
    const [next, acts] = press(ui, { type: 'key', key }, seenNow())
    ui = next
    for (const one of acts) act(one)
  }

  function act(one: PressAct): StageRequest | null {
    switch (one.type) {
      case 'enter':
        return enter(one.text, one.reply)
      case 'edit':
        talk.edit(one.seq, one.text)
        return null
      case 'react':
        talk.react(one.seq, one.emoji, one.off)
        return null
      case 'reactors':
        talk.reactors(one.seq)
        return null
      case 'answer-question':
        talk.ask({
          type: 'answer',
          seq: one.seq,
          room: roomHere(),
          ...(one.choice !== undefined && { choice: one.choice }),
        })
        return null
      case 'close-question':
        talk.ask({ type: 'close', seq: one.seq, room: roomHere() })
        return null
      case 'pin':
        talk.pin(one.seq, one.off)
        return null
      case 'go':
        talk.go(one.where)
        return null
      case 'earlier':
        talk.earlier(chat$.value.where)
        return null
      case 'later':
        talk.later(chat$.value.where)
        return null
      case 'seek':
        talk.go(one.where)
        sought = { where: one.where, seq: one.seq, step: 'new' }
        seek(sought)
        return null
      case 'see':
        talk.see(one.end)
        if (one.end) talk.latest(chat$.value.where)
        return null
      case 'delete':
        talk.erase(one.seq)
        return null
      case 'copy':
        return copied(one.text, 'Copied')
      case 'copy-address':
        return copied(`${page}#${encodeURIComponent(one.room)}/${one.seq}`, 'Copied the link')
      case 'open':
        if (!open(one.href)) copied(one.href, 'There is no browser here. Copied the link')
        return null
      case 'close-found':
        talk.closeFound()
        return null
      case 'close-devices':
        talk.closeDevices()
        return null
      case 'revoke':
        talk.ask({ type: 'revoke', credential: one.credential })
        return null
      case 'answer':
        account.answer(one.answer)
        return null
      case 'leave':
        leave(null)
        return null
      case 'retry':
        retry()
        return null
      case 'redraw':
      case 'suspend':
        return one.type
    }
  }

  /** It goes to its own place, even if another one is shown by now. */
  async function sendFile({ path, caption }: FileWanted, where: Where): Promise<void> {
    const notice = `Sending ${flatten(path)}…`
    ui = { ...ui, notice }
    const outcome = await send(path)
    if (ui.notice === notice) ui = { ...ui, notice: null }
    if (!outcome.ok) return talk.note(flatten(outcome.message))
    const [room, text] = [roomOf(where), caption ?? '']
    if (room !== null) return void talk.ask({ type: 'say', room, text, action: false, files: [outcome.file] })
    talk.go(where)
    talk.enter(text.startsWith('/') ? `/${text}` : text, { files: [outcome.file] })
  }

  function copied(text: string, what: string): null {
    copy(text)
    ui = { ...ui, notice: `${what}, if the terminal lets programs copy` }
    return null
  }

  function enter(text: string, reply?: number): null {
    const entered = talk.enter(text, reply === undefined ? {} : { reply })
    switch (entered.type) {
      case 'done':
      case 'wrong':
      case 'rooms':
      case 'pins':
        return null
      case 'account':
        if (entered.what === 'devices') ui = { ...ui, device: firstDevice }
        else if (entered.what !== 'login' || !account.logIn(entered.name)) {
          ui = { ...ui, secret: askSecret({ what: entered.what, name: entered.name }, account.hasKeys) }
        }
        return null
      case 'help':
        ui = { ...ui, help: 0 }
        return null
      case 'earlier':
        goUp('home')
        isGoingUp = chat$.value.loading !== null
        return null
      case 'send':
        void sendFile(entered, chat$.value.where)
        return null
      case 'quit':
        leave(entered.reason)
        return null
    }
  }

  return {
    changed$: merge(chat$, coloured$, pictures?.changed$ ?? EMPTY),
    draw(size) {
      const frame = chatFrame(chat$.value, ui, size, face, now(), from)
      talk.look([...wanted])
      wanted.clear()
      return frame
    },
    stroke(stroke, size) {
      seen = size
      const [next, acts] = press(ui, stroke, seenNow())
      if (isWriting(ui, next)) talk.typing()
      ui = next
      let request: StageRequest | null = null
      for (const one of acts) request = act(one) ?? request
      return request
    },
    // Times that are left are shown.
    ticks: () =>
      chat$.value.status.state === 'waiting' ||
      isWaiting(chat$.value, now()) ||
      openIn(chat$.value.questions, roomOf(chat$.value.where)).length > 0 ||
      typingIn(chat$.value, chat$.value.where, now()) !== null,
  }
}

/** A message is being typed, not a command, and not another text of an earlier one. */
function isWriting(before: ChatUi, { editor, composing, where }: ChatUi): boolean {
  const text = textOf(editor)
  if (before.where !== where || composing.type === 'edit' || text.trim() === '' || text.startsWith('/')) return false
  return text !== textOf(before.editor)
}

/** One can write again at some time. */
const isWaiting = (chat: Chat, now: number): boolean =>
  (waitIn(chat, chat.where, serverTime(chat, now))?.until ?? null) !== null
