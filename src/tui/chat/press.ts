/** The effect of a stroke on a chat's screen: `(ui, stroke) → [ui, acts]`. Pure; the scene carries out the acts. */
import { here } from '../../client/chat/chat.ts'
import { messageAt } from '../../client/chat/conversation/timeline.ts'
import { ownRole } from '../../client/chat/people/roles.ts'
import { personOf, roomOf, type Where } from '../../client/chat/place.ts'
import { nextUnread, placeAt, places } from '../../client/chat/place-list.ts'
import { hitsOf, placeOfHit } from '../../client/chat/search-results.ts'
import type { Chat } from '../../client/chat/state.ts'
import type { CompletionSource } from '../../client/input/completion.ts'
import { textOf, write } from '../../client/input/editor.ts'
import { newer, older, remember } from '../../client/input/typed-lines.ts'
import { TEXT_MAX_BYTES } from '../../model/limits.ts'
import { utf8Length } from '../../model/text.ts'
import { completed } from '../completion.ts'
import { edit } from '../edit.ts'
import type { Stroke } from '../stroke.ts'
import { editing, ended, lastOwn } from './composing.ts'
import { pressDevice } from './devices.ts'
import { helpScreen } from './drawing/help.ts'
import { paneOf, planOf } from './drawing/plan.ts'
import { hitAfter } from './drawing/search-results.ts'
import { completionOf, withTypedEmoji } from './emoji.ts'
import { firstPerson, pressPeople } from './people/press.ts'
import type { ChatPressed, PressAct, Seen } from './press-act.ts'
import { anchored, type LineAnchor, scrollDown, scrollHome, scrollUp } from './scroll.ts'
import { pressSecret, type Secret } from './secret.ts'
import { pressSelected, selecting } from './selected/press.ts'
import { selectNext } from './selected/selection.ts'
import { type ChatUi, NEW } from './ui.ts'

export function press(before: ChatUi, stroke: Stroke, seen: Seen): ChatPressed {
  const ui = before.notice === null ? before : { ...before, notice: null }
  if (ui.secret) return onSecret(ui, ui.secret, stroke)
  const over = stroke.type === 'key' ? onOverlay(ui, stroke.key, seen) : null
  const done = over ?? pressSelected(ui, stroke, seen) ?? (stroke.type === 'key' ? onKey(ui, stroke.key, seen) : null)
  if (done) return done
  const editor = edit(ui.editor, stroke)
  const typed = editor && { editor: withTypedEmoji(editor, stroke), selected: null }
  return [{ ...ui, ...typed, completing: null }, []]
}

function onKey(ui: ChatUi, key: string, seen: Seen): ChatPressed | null {
  const text = textOf(ui.editor)
  switch (key) {
    case 'enter':
      return entered(ui, text, seen)
    case 'alt-enter':
    case 'ctrl-j':
      return press(ui, { type: 'text', text: '\n' }, seen)
    case 'tab':
    case 'ctrl-i':
      return [completed(ui, before => completionOf(before, known(seen.chat)), 1), []]
    case 'shift-tab':
      return [completed(ui, before => completionOf(before, known(seen.chat)), -1), []]
    case 'escape':
      return escaped(ui, text, seen)
    case 'ctrl-c':
      if (ui.composing.type !== 'new') return [ended(ui), []]
      return text === '' ? [ui, [{ type: 'leave' }]] : [{ ...ui, editor: write(ui.editor, ''), completing: null }, []]
    case 'ctrl-d':
      return text === '' ? [ui, [{ type: 'leave' }]] : null
    case 'ctrl-z':
      return [ui, [{ type: 'suspend' }]]
    case 'ctrl-l':
      return [ui, [{ type: 'redraw' }]]
    case 'ctrl-r':
      return [ui, [{ type: 'retry' }]]
    case 'alt-w':
    case 'ctrl-t':
      return [{ ...ui, people: ui.people ? null : firstPerson(seen.chat), help: null }, []]
    case 'alt-m':
    case 'ctrl-o':
    case 'ctrl-up':
      return text === '' ? selecting(ui, selectNext(seen.chat, null, -1), seen) : null
    case 'up':
      return takenBack(ui, text, seen)
    case 'ctrl-p':
      return ui.composing.type === 'edit' ? null : recalled(ui, older(ui.typed, text))
    case 'down':
      return ui.composing.type === 'edit' || ui.editor.after.includes('\n') ? null : recalled(ui, newer(ui.typed))
    case 'ctrl-n':
      return ui.composing.type === 'edit' ? null : recalled(ui, newer(ui.typed))
    case 'pageup':
      return scrolled(ui, seen, 'up')
    case 'pagedown':
      return scrolled(ui, seen, 'down')
    case 'wheelup':
      return scrolled(ui, seen, 'up', WHEEL_LINES)
    case 'wheeldown':
      return scrolled(ui, seen, 'down', WHEEL_LINES)
    case 'home':
      return text === '' ? scrolled(ui, seen, 'home') : null
    case 'end':
      return text === '' ? scrolled(ui, seen, 'end') : null
    default:
      return goes(ui, key, seen.chat)
  }
}

/** While a secret is asked for, all other keys belong to its line. */
function onSecret(ui: ChatUi, secret: Secret, stroke: Stroke): ChatPressed {
  const key = stroke.type === 'key' ? stroke.key : ''
  if (key === 'ctrl-z') return [ui, [{ type: 'suspend' }]]
  if (key === 'ctrl-l') return [ui, [{ type: 'redraw' }]]
  const [next, answer] = pressSecret(secret, stroke)
  return [{ ...ui, secret: next }, answer ? [{ type: 'answer', answer }] : []]
}

const onOverlay = (ui: ChatUi, key: string, seen: Seen): ChatPressed | null =>
  onPeople(ui, key, seen) ?? onDevices(ui, key, seen) ?? onFound(ui, key, seen)

/** While the people are shown, and nothing is typed, the keys control their list. */
function onPeople(ui: ChatUi, key: string, { chat, size }: Seen): ChatPressed | null {
  if (!ui.people || ui.help !== null || ui.completing || textOf(ui.editor) !== '') return null
  const done = pressPeople(chat, ui.people, key, planOf(ui, size).messages)
  switch (done?.type) {
    case 'to':
      return [{ ...ui, people: done.person }, []]
    case 'talk':
      return [{ ...ui, people: null }, [{ type: 'go', where: done.where }]]
    case 'close':
      return [{ ...ui, people: null }, []]
    case undefined:
      return null
  }
}

/** While the devices are shown, and nothing is typed, the keys control their list. */
function onDevices(ui: ChatUi, key: string, { chat: { devices } }: Seen): ChatPressed | null {
  if (!devices || ui.help !== null || ui.completing || textOf(ui.editor) !== '') return null
  const done = pressDevice(devices, ui.device, key)
  if (!done) return null
  const acts: readonly PressAct[] = [
    ...(done.revoke === undefined ? [] : [{ type: 'revoke', credential: done.revoke } as const]),
    ...(done.closes ? [{ type: 'close-devices' } as const] : []),
  ]
  return [{ ...ui, device: done.at }, acts]
}

/** While search results are shown, the arrows select one, and Enter goes to it. */
function onFound(ui: ChatUi, key: string, { chat, size }: Seen): ChatPressed | null {
  const { found } = chat
  if (!found || ui.help !== null || ui.completing) return null
  const next = hitAfter(found, ui.hit, key, planOf(ui, size).messages)
  if (next !== null) return [{ ...ui, hit: next }, []]
  const hit = hitsOf(found)[ui.hit]
  if (key !== 'enter' || textOf(ui.editor).trim() !== '' || !hit) return null
  return [ui, [{ type: 'close-found' }, { type: 'seek', where: placeOfHit(chat, hit), seq: hit.seq }]]
}

function known(chat: Chat): CompletionSource {
  const person = personOf(chat.where)
  const members = chat.view.rooms.get(roomOf(chat.where) ?? '')?.members.keys() ?? []
  const names = person === null ? members : [person]
  return { rooms: chat.view.rooms.keys(), names, role: roleHere(chat) }
}

const roleHere = ({ view, where }: Chat) => ownRole(view, roomOf(where))

/** Alt and a digit: one of the first nine places. */
const PLACE = /^alt-([1-9])$/

function goes(ui: ChatUi, key: string, chat: Chat): ChatPressed | null {
  const closes = [
    ...(chat.found ? [{ type: 'close-found' } as const] : []),
    ...(chat.devices ? [{ type: 'close-devices' } as const] : []),
  ]
  const to = (where: Where | null | undefined): ChatPressed => [ui, where ? [...closes, { type: 'go', where }] : []]
  if (key === 'alt-up') return to(placeAt(chat, -1))
  if (key === 'alt-down') return to(placeAt(chat, 1))
  if (key === 'alt-a') return to(nextUnread(chat))
  const [, digit] = PLACE.exec(key) ?? []
  return digit === undefined ? null : to(places(chat)[Number(digit) - 1])
}

/** While completions are shown, Enter accepts the one in the line and doesn't send. */
function entered(ui: ChatUi, text: string, { chat }: Seen): ChatPressed {
  if (ui.completing) return [{ ...ui, completing: null }, []]
  if (ui.composing.type === 'edit') return edited(ui, ui.composing.seq, text, chat)
  if (text.trim() !== '') {
    const reply = ui.composing.type === 'reply' ? { reply: ui.composing.seq } : {}
    const next = {
      ...ui,
      typed: remember(ui.typed, text),
      editor: write(ui.editor, ''),
      // An answer is still to be written after a command.
      composing: isCommand(text) ? ui.composing : NEW,
      completing: null,
      anchor: null,
      selected: null,
      people: null,
    }
    const closes = [
      ...(chat.found ? [{ type: 'close-found' } as const] : []),
      ...(chat.devices ? [{ type: 'close-devices' } as const] : []),
    ]
    return [
      next,
      [...closes, { type: 'enter', text, ...reply }, ...(ui.anchor ? [{ type: 'see', end: true } as const] : [])],
    ]
  }
  return chat.status.state === 'waiting' ? [ui, [{ type: 'retry' }]] : [ui, []]
}

/** A message without a text is one to delete, which is asked first. */
function edited(ui: ChatUi, seq: number, text: string, chat: Chat): ChatPressed {
  const said = messageAt(here(chat).timeline, seq)
  if (text.trim() === '' && said) return [{ ...ended(ui), selected: { seq, i: said.i, asking: 'delete' } }, []]
  if (text === said?.text) return [ended(ui), []]
  if (utf8Length(text) > TEXT_MAX_BYTES) return [{ ...ui, notice: TOO_LONG }, []]
  return [{ ...ended(ui), typed: remember(ui.typed, text, as => as) }, [{ type: 'edit', seq, text }]]
}

const TOO_LONG = 'That is too long for one message. Shorten it, or say the rest in another one.'

/** Closes the topmost overlay; or else discards a text of several lines; or else returns to the end. */
function escaped(ui: ChatUi, text: string, { chat }: Seen): ChatPressed {
  if (ui.completing) return [{ ...ui, completing: null }, []]
  if (ui.help !== null) return [{ ...ui, help: null }, []]
  if (ui.people) return [{ ...ui, people: null }, []]
  if (chat.devices) return [ui, [{ type: 'close-devices' }]]
  if (chat.found) return [ui, [{ type: 'close-found' }]]
  if (ui.composing.type !== 'new') return [ended(ui), []]
  if (text.includes('\n')) return [{ ...ui, editor: write(ui.editor, '') }, []]
  return ui.anchor ? [{ ...ui, anchor: null }, [{ type: 'see', end: true }]] : [ui, []]
}

/** On an empty line, Up takes back the last entry: a command to repeat it, a message to edit it. */
function takenBack(ui: ChatUi, text: string, { chat }: Seen): ChatPressed | null {
  if (ui.composing.type === 'edit' || ui.editor.before.includes('\n')) return null
  const { lines, at } = ui.typed
  const isFresh = text === '' && at === lines.length && ui.composing.type === 'new'
  const own = isFresh && !isCommand(lines.at(-1) ?? '') ? lastOwn(chat) : null
  return own ? [editing(ui, own), []] : recalled(ui, older(ui.typed, text))
}

/** `/me` and `//` say something. */
const isCommand = (text: string): boolean => /^\/(?!\/|me\s)/i.test(text)

const recalled = (ui: ChatUi, found: ReturnType<typeof newer>): ChatPressed =>
  found ? [{ ...ui, typed: found.typed, editor: write(ui.editor, found.text), completing: null }, []] : [ui, []]

/** One step of the wheel. */
const WHEEL_LINES = 3

/** `lines`: how far `up` and `down` go; absent: a page. */
function scrolled(
  ui: ChatUi,
  { chat, size, face, from }: Seen,
  way: 'up' | 'down' | 'home' | 'end',
  lines?: number,
): ChatPressed {
  const plan = planOf(ui, size)
  const page = Math.max(1, Math.min(lines ?? plan.messages - 1, plan.messages))
  const over = { up: -page, down: page, home: -Number.MAX_SAFE_INTEGER, end: Number.MAX_SAFE_INTEGER }[way]
  const within = (line: number, { length }: readonly unknown[]): number =>
    Math.max(0, Math.min(line + over, length - plan.messages))
  if (ui.help !== null) return [{ ...ui, help: within(ui.help, helpScreen(size.columns, roleHere(chat))) }, []]
  const pane = paneOf(chat, ui, plan, face, from)
  const moved = (to: LineAnchor, top = false): ChatPressed => {
    const acts: PressAct[] = []
    const anchor = way === 'end' ? to : anchored(pane, to)
    if (way === 'down' && to !== anchor) acts.push({ type: 'later' })
    if ((anchor === null) !== (ui.anchor === null)) acts.push({ type: 'see', end: anchor === null })
    if (top && (here(chat).past === 'more' || here(chat).past === 'unknown')) acts.push({ type: 'earlier' })
    return [{ ...ui, anchor }, acts]
  }
  switch (way) {
    case 'up': {
      const { anchor, top } = scrollUp(pane, ui.anchor, page)
      return moved(anchor, top)
    }
    case 'down':
      return moved(scrollDown(pane, ui.anchor, page))
    case 'home':
      return moved(scrollHome(pane), true)
    case 'end':
      return moved(null)
  }
}
