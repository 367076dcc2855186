/**
 * A chat over a connection actor: folds all that comes into one `chat$`, and turns what a person types into what is
 * asked. Terminal and page draw the same.
 */
import { BehaviorSubject } from 'rxjs'
import type { Command } from '../model/command.ts'
import { errorText } from '../model/error.ts'
import { HISTORY_PAGE_MAX, TIMELINE_MAX } from '../model/limits.ts'
import { nameKey } from '../model/name.ts'
import { readTyped } from '../model/slash.ts'
import { LOBBY } from '../model/standing.ts'
import { evolveChat } from './chat.ts'
import { type Change, type Chat, conversation, newChat } from './chat-state.ts'
import type { Client } from './connection.ts'
import type { Asked } from './outbox.ts'
import { pieces } from './pieces.ts'
import type { Entry } from './timeline.ts'
import { personOf, roomOf, type Where, withPerson } from './where.ts'

/** Whom a typed name means among those who are here: the server finds them by the same key. */
function called({ view }: Chat, typed: string): string {
  const key = nameKey(typed)
  for (const { members } of view.rooms.values()) {
    for (const name of members.keys()) if (nameKey(name) === key) return name
  }
  return typed
}

export type Talk = {
  readonly chat$: BehaviorSubject<Chat>
  /** What was typed and entered. What only a screen can do comes back: to show help, or to leave. */
  readonly enter: (text: string) => Entered
  readonly go: (where: Where) => void
  /** Loads what was said before all that is here. */
  readonly earlier: (where: Where) => void
  /** Whether the end of what is in sight is in sight. */
  readonly see: (end: boolean) => void
  readonly closeFound: () => void
  /** Says once more what was refused, or of which nobody knows whether it arrived. */
  readonly again: (entry: Failed) => void
  readonly dismiss: (entry: Failed) => void
}

export type Failed = Extract<Entry, { kind: 'failed' }>

export type Entered =
  | { readonly type: 'done' }
  | { readonly type: 'help' }
  | { readonly type: 'earlier' }
  | { readonly type: 'quit'; readonly reason: string | null }

const DONE: Entered = { type: 'done' }

/** `now` in milliseconds since the epoch. */
export function createTalk(client: Client, { name, room }: { name: string; room: string }, now: () => number): Talk {
  const chat$ = new BehaviorSubject(newChat(name, room, now()))
  const change = (by: Change): void => chat$.next(evolveChat(chat$.value, by))

  client.status$.subscribe(status => change({ type: 'status', status, now: now() }))
  client.spoken$.subscribe(spoken => change({ type: 'spoken', spoken, now: now() }))
  client.pending$.subscribe(pending => change({ type: 'pending', pending }))
  client.outcome$.subscribe(outcome => change({ type: 'outcome', outcome, now: now() }))

  function ask(asked: Asked): number {
    const id = client.ask(asked)
    change({ type: 'asked', id, asked, where: chat$.value.where })
    return id
  }

  function enter(text: string): Entered {
    if (text.trim() === '') return DONE
    // Several lines were pasted: the first of them is no command by chance.
    if (text.includes('\n')) return say(text, false)
    const typed = readTyped(text, roomOf(chat$.value.where) ?? LOBBY)
    switch (typed.type) {
      case 'help':
        return { type: 'help' }
      case 'wrong': {
        const [, person] = /^\/msg\s+(\S+)\s*$/i.exec(text) ?? []
        if (person !== undefined) change({ type: 'went', where: withPerson(called(chat$.value, person)) })
        else change({ type: 'note', lines: [errorText(typed.code, typed.detail)], tone: 'error', now: now() })
        return DONE
      }
      case 'query':
        if (typed.query.type === 'history') return { type: 'earlier' }
        ask(typed.query)
        return DONE
      case 'command': {
        const { command } = typed
        if (command.type === 'quit') return { type: 'quit', reason: command.reason }
        if (command.type === 'say') return say(command.text, command.action)
        if (command.type === 'tell') return tell(command)
        ask(command)
        return DONE
      }
    }
  }

  function tell(command: Extract<Command, { type: 'tell' }>): Entered {
    const to = called(chat$.value, command.to)
    change({ type: 'went', where: withPerson(to) })
    ask({ ...command, to })
    return DONE
  }

  function say(text: string, action: boolean): Entered {
    const { where } = chat$.value
    const [room, to] = [roomOf(where), personOf(where)]
    for (const piece of pieces(text)) {
      if (room !== null) ask({ type: 'say', room, text: piece, action })
      else if (to !== null) ask({ type: 'tell', to, text: piece, action })
    }
    return DONE
  }

  function earlier(where: Where): void {
    const { loading, status } = chat$.value
    const { timeline, past } = conversation(chat$.value, where)
    if (loading || status.state !== 'online' || past === 'all' || past === 'full') return
    if (timeline.entries.size > TIMELINE_MAX - HISTORY_PAGE_MAX) return change({ type: 'full', where })
    const before = timeline.entries.find(({ kind }) => kind === 'said')?.seq ?? null
    const id = client.ask({
      type: 'history',
      room: roomOf(where),
      before,
      after: null,
      since: null,
      limit: HISTORY_PAGE_MAX,
    })
    change({ type: 'loading', id, where })
  }

  return {
    chat$,
    enter,
    earlier,
    go: where => change({ type: 'went', where }),
    see(seesEnd) {
      if (chat$.value.seesEnd !== seesEnd) change({ type: 'sees-end', seesEnd })
    },
    closeFound: () => change({ type: 'found-closed' }),
    again(entry) {
      change({ type: 'dismissed', entry })
      say(entry.text, entry.action)
    },
    dismiss: entry => change({ type: 'dismissed', entry }),
  }
}
