/**
 * A chat over a connection actor. It folds everything that arrives into one `chat$`, and turns typed text into
 * commands. Terminal and page use the same.
 */
import { BehaviorSubject } from 'rxjs'
import { listLines } from '../../codec/list-lines.ts'
import { listingOf } from '../../codec/native/listing.ts'
import type { ReplyOf } from '../../codec/native/reply.ts'
import { questionsIn } from '../../codec/question-lines.ts'
import { reactionLines } from '../../codec/reaction-lines.ts'
import { triedLines } from '../../codec/tried-lines.ts'
import { chatErrorText } from '../../model/chat-errors.ts'
import type { Command } from '../../model/command.ts'
import { LOBBY } from '../../model/name/standing.ts'
import type { FileWanted } from '../../model/slash/row.ts'
import { helpLines, readTyped } from '../../model/slash.ts'
import { flatten } from '../../model/text.ts'
import { pieces } from '../input/pieces.ts'
import type { Client } from '../session/connection.ts'
import type { Asked } from '../session/outbox/outbox.ts'
import { evolveChat } from './chat.ts'
import type { Entry } from './conversation/timeline.ts'
import { type HistoryPages, historyPages, wantsFirstPage } from './history-pages.ts'
import { composingSignals } from './messages/composing.ts'
import { messageLookups } from './messages/lookups.ts'
import { pinLines } from './messages/pins.ts'
import { idOf, presentId } from './people/private-people.ts'
import { personOf, roomOf, type Where, withPerson } from './place.ts'
import { NOWHERE, type PrivateCommand, privateCommand } from './private-command.ts'
import { unquestioned } from './questions/unquestioned.ts'
import { unreported } from './read-positions.ts'
import { type Change, type Chat, conversation, newChat, type Trouble } from './state.ts'

/**
 * The member that a typed name means, in any case. The server also finds lookalikes. Its table would be most of a
 * page's bytes, so the client leaves that to it: the message comes back with the right name.
 */
function called({ view }: Chat, typed: string): string {
  const wanted = folded(typed)
  for (const { members } of view.rooms.values()) {
    for (const name of members.keys()) if (folded(name) === wanted) return name
  }
  return typed
}

const folded = (name: string): string => name.normalize('NFKC').toLowerCase()

export type ChatStore = HistoryPages & {
  readonly chat$: BehaviorSubject<Chat>
  /**
   * Handles an entered text. Returns a task for the screen, such as showing help or leaving. `attached`: attachments,
   * if it's a message.
   */
  readonly enter: (text: string, attached?: Attached) => EnterResult
  /** Sends a command or a question, and shows its result in the current place. Returns its id. */
  readonly ask: (asked: Asked) => number
  readonly go: (where: Where) => void
  /** Sees to it that these messages are fetched, if they aren't here. A screen calls it for each quotation it draws. */
  readonly look: (seqs: readonly number[]) => void
  /** The user is writing in the current place. */
  readonly typing: () => void
  /** Asks for the names of the members that have reacted to a message. */
  readonly reactors: (seq: number) => void
  /** Asks for the server's rooms. */
  readonly rooms: () => void
  /** Shows an error; null: removes it. */
  readonly trouble: (trouble: Trouble | null) => void
  /** Tells whether the end of the timeline is visible. */
  readonly see: (end: boolean) => void
  readonly closeFound: () => void
  /** Asks for the ways to sign in to the account. */
  readonly devices: () => void
  readonly closeDevices: () => void
  /** Deletes the message of input `seq`. */
  readonly erase: (seq: number) => void
  /** Gives one's own message another text. */
  readonly edit: (seq: number, text: string) => void
  readonly react: (seq: number, emoji: string, off?: boolean) => void
  readonly pin: (seq: number, off: boolean) => void
  /** Sends a failed message again. */
  readonly again: (entry: Failed) => void
  readonly dismiss: (entry: Entry) => void
  /** Shows a sentence in the current place. */
  readonly note: (text: string) => void
}

export type Failed = Extract<Entry, { kind: 'failed' }>

/** Attachments of a message: the message that it answers, and files. */
export type Attached = Pick<Failed, 'reply' | 'files'>

export type EnterResult =
  | { readonly type: 'done' }
  | { readonly type: 'help' }
  /** It was not a valid command; a trouble or a note says why. */
  | { readonly type: 'wrong' }
  | { readonly type: 'earlier' }
  /** The rooms were asked for, to be shown in a panel. */
  | { readonly type: 'rooms' }
  /** The pinned messages of the current room are to be shown in a panel. */
  | { readonly type: 'pins' }
  /** The user must be asked for a secret, or the list of devices be shown. `name`: the account to log in to. */
  | { readonly type: 'account'; readonly what: 'register' | 'login' | 'password' | 'devices'; readonly name: string }
  /** A file of this machine is to be uploaded and sent. */
  | FileWanted
  | { readonly type: 'quit'; readonly reason: string | null }

/** The same in every time zone. */
const isoStamp = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ')

const DONE: EnterResult = { type: 'done' }

const attachedOf = ({ reply, files }: Attached | SentAttached): Attached => ({
  ...(reply === undefined ? {} : { reply }),
  ...(files === undefined ? {} : { files }),
})
type SentAttached = Pick<Extract<Command, { type: 'say' }>, 'reply' | 'files'>

type Beginning = {
  readonly name: string
  /** Null: the lobby, until the server says in which rooms the account is. */
  readonly room: string | null
  readonly panels?: boolean
  readonly printsAll?: boolean
  /** Formats times of the past. */
  readonly stamp?: (at: number) => string
}

/** `now` in milliseconds since the epoch. */
export function createChatStore(
  client: Client,
  { name, room, panels = false, printsAll = false, stamp = isoStamp }: Beginning,
  now: () => number,
): ChatStore {
  const chat$ = new BehaviorSubject(newChat(name, room ?? LOBBY, now(), panels, printsAll))
  const pages = historyPages(client, chat$, change)
  const lookups = messageLookups(client, chat$, change)
  const composing = composingSignals(client, now)

  client.status$.subscribe(status => change({ type: 'status', status, now: now() }))
  client.incoming$.subscribe(spoken => change({ type: 'spoken', spoken, now: now() }))
  client.pending$.subscribe(pending => change({ type: 'pending', pending }))
  client.outcome$.subscribe(outcome => {
    if (outcome.is === 'done' && outcome.reply.type === 'list' && chat$.value.asked.has(outcome.id)) list(outcome.reply)
    if (outcome.is === 'done' && outcome.reply.type === 'tried' && chat$.value.asked.has(outcome.id))
      tried(outcome.reply)
    if (outcome.is === 'done' && outcome.reply.type === 'pins' && chat$.value.asked.has(outcome.id))
      change({ type: 'note', lines: pinLines(outcome.reply, stamp), tone: 'plain', now: now() })
    if (outcome.is === 'done' && outcome.reply.type === 'reactions' && chat$.value.asked.has(outcome.id))
      change({ type: 'note', lines: reactionLines(outcome.reply).map(flatten), tone: 'plain', now: now() })
    if (outcome.is === 'done' && outcome.reply.type === 'questions' && chat$.value.asked.has(outcome.id))
      change({ type: 'note', lines: questionsIn(outcome.reply, stamp).map(flatten), tone: 'plain', now: now() })
    const isRevoked = chat$.value.asked.get(outcome.id)?.asked.type === 'revoke' && outcome.is === 'done'
    change({ type: 'outcome', outcome, now: now() })
    if (isRevoked && chat$.value.devices) client.ask({ type: 'devices' })
  })

  /** Shows a list that was asked for in the current place. */
  function list(reply: ReplyOf<'list'>): void {
    const lines = listLines({ at: now(), room: reply.room ?? null, ...listingOf(reply) }, stamp)
    change({ type: 'note', lines: lines.map(flatten), tone: 'plain', now: now() })
  }

  function tried(reply: ReplyOf<'tried'>): void {
    const lines = triedLines(reply, stamp)
    change({ type: 'note', lines: lines.map(flatten), tone: 'plain', now: now() })
  }

  /** The chat is shown once, after the read messages were reported: a screen draws it once. */
  function change(by: Change): void {
    const changed = evolveChat(chat$.value, by)
    const reads = unreported(changed)
    chat$.next(
      reads.reduce((chat, { where, mark: { seq } }) => evolveChat(chat, { type: 'read', where, seq }), changed),
    )
    for (const { mark } of reads) client.read(mark)
    if (wantsFirstPage(chat$.value)) pages.earlier(chat$.value.where)
    const room = unquestioned(chat$.value)
    if (room !== null) {
      client.ask({ type: 'questions', room })
      change({ type: 'questioned', room })
    }
    lookups.refresh()
  }

  function ask(asked: Asked): number {
    pages.latest(chat$.value.where)
    const id = client.ask(asked)
    change({ type: 'asked', id, asked, where: chat$.value.where })
    return id
  }

  function enter(entered: string, attached: Attached = {}): EnterResult {
    // If Enter begins a new line, texts often end with empty lines.
    const text = entered.replace(/\n+$/, '')
    if (text.trim() === '') return attached.files ? say('', false, attached) : DONE
    if (chat$.value.trouble) change({ type: 'trouble', trouble: null })
    // Several lines were pasted, so a slash at the beginning isn't meant as a command.
    if (text.includes('\n')) return say(text, false, attached)
    const typed = readTyped(text, roomOf(chat$.value.where) ?? NOWHERE)
    switch (typed.type) {
      case 'help':
        if (typed.topic === undefined) return { type: 'help' }
        change({ type: 'note', lines: helpLines(typed.topic), tone: 'plain', now: now() })
        return DONE
      case 'wrong': {
        const [, person] = /^\/msg\s+(\S+)\s*$/i.exec(text) ?? []
        if (person !== undefined) change({ type: 'went', where: withPerson(called(chat$.value, person)) })
        else return wrong(chatErrorText(typed.code, typed.detail))
        return DONE
      }
      case 'send':
        return panels ? wrong(chatErrorText('send-elsewhere')) : typed
      case 'secret':
        return { type: 'account', what: typed.what, name: typed.name }
      case 'query':
        if (typed.query.type === 'history') return { type: 'earlier' }
        if (typed.query.type === 'rooms' && panels) {
          client.ask(typed.query)
          return { type: 'rooms' }
        }
        if (typed.query.type === 'pins' && panels) return { type: 'pins' }
        if (typed.query.type === 'devices') {
          client.ask(typed.query)
          return { type: 'account', what: 'devices', name: '' }
        }
        return put(typed.query)
      case 'command': {
        const { command } = typed
        if (command.type === 'quit') return { type: 'quit', reason: command.reason }
        if (command.type === 'say' && command.ask) return askRoom(command)
        if (command.type === 'say') return say(command.text, command.action, { ...attached, ...attachedOf(command) })
        if (command.type === 'tell') return tell(command)
        return put(command)
      }
    }
  }

  function wrong(message: string): EnterResult {
    if (panels) change({ type: 'trouble', trouble: { where: chat$.value.where, asked: null, message } })
    else {
      pages.latest(chat$.value.where)
      change({ type: 'note', lines: [message], tone: 'error', now: now() })
    }
    return { type: 'wrong' }
  }

  /** Direct messages ask nothing that is answered by a choice. */
  function askRoom(command: Extract<Command, { type: 'say' }>): EnterResult {
    if (roomOf(chat$.value.where) === null) return wrong(chatErrorText('ask-elsewhere'))
    ask(command)
    composing.said()
    return DONE
  }

  /** In a private conversation, no command goes to the lobby by mistake. */
  function put(asked: Parameters<typeof privateCommand>[0]): EnterResult {
    const at = conversation(chat$.value, chat$.value.where)
    const meant: PrivateCommand = roomOf(at.where) === null ? privateCommand(asked, at) : { type: 'ask', asked }
    if (meant.type === 'ask') ask(meant.asked)
    else if (meant.type === 'close') change({ type: 'closed', where: at.where })
    else return wrong(meant.why)
    return DONE
  }

  /** The name was typed just now, so it means its present holder. */
  function tell(command: Extract<Command, { type: 'tell' }>): EnterResult {
    const to = called(chat$.value, command.to)
    const present = presentId(chat$.value, to)
    if (present !== undefined) change({ type: 'meant', name: to, id: present })
    change({ type: 'went', where: withPerson(to) })
    ask({ ...command, to, ...identified(to) })
    return DONE
  }

  /** A conversation is with a member, not with the next holder of the name. */
  const identified = (to: string): { readonly id?: string } => {
    const id = idOf(chat$.value, to)
    return id === undefined ? {} : { id }
  }

  /** The attachments of a text of several pieces go with the first. */
  function say(text: string, action: boolean, attached: Attached = {}): EnterResult {
    const { where } = chat$.value
    const [room, to] = [roomOf(where), personOf(where)]
    for (const [k, piece] of (text === '' ? [''] : pieces(text)).entries()) {
      const message = { text: piece, action, ...(k === 0 ? attached : {}) }
      if (room !== null) ask({ type: 'say', room, ...message })
      else if (to !== null) ask({ type: 'tell', to, ...identified(to), ...message })
    }
    composing.said()
    return DONE
  }

  /** In a direct conversation, a message is named by its number alone. */
  const roomHere = (): string => roomOf(chat$.value.where) ?? LOBBY

  return {
    chat$,
    enter,
    ask,
    ...pages,
    rooms: () => void client.ask({ type: 'rooms' }),
    trouble(trouble) {
      if (trouble || chat$.value.trouble) change({ type: 'trouble', trouble })
    },
    go: where => change({ type: 'went', where }),
    look: lookups.look,
    typing: () => composing.typing(chat$.value),
    reactors: seq => void client.ask({ type: 'reactions', seq }),
    see(seesEnd) {
      if (chat$.value.seesEnd !== seesEnd) change({ type: 'sees-end', seesEnd })
    },
    closeFound: () => change({ type: 'found-closed' }),
    devices: () => void client.ask({ type: 'devices' }),
    closeDevices: () => {
      if (chat$.value.devices) change({ type: 'devices-closed' })
    },
    erase: seq => void ask({ type: 'delete', seq, room: roomHere() }),
    edit: (seq, text) => void ask({ type: 'edit', seq, room: roomHere(), text }),
    react: (seq, emoji, off = false) => void ask({ type: 'react', seq, room: roomHere(), emoji, ...(off && { off }) }),
    pin: (seq, off) => void ask({ type: 'pin', seq, ...(off && { off }) }),
    again(entry) {
      change({ type: 'dismissed', entry })
      say(entry.text, entry.action, attachedOf(entry))
    },
    note: text => change({ type: 'note', lines: [text], tone: 'plain', now: now() }),
    dismiss: entry => change({ type: 'dismissed', entry }),
  }
}
