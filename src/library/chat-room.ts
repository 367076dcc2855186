/** One room of a chat: its messages, its members, and its commands. */
import { distinctUntilChanged, filter, map, type Observable } from 'rxjs'
import type { View } from '../client/session/view.ts'
import type { SentFile } from '../model/command.ts'
import { HISTORY_ON_JOIN } from '../model/limits.ts'
import { emptyRoom, type MemberView, type RoomView, type Topic } from '../model/view.ts'
import type { ChatEvent, Entered, Said } from './chat-event.ts'
import { type Message, type Page, page, type Range } from './past.ts'
import type { Asking } from './requests.ts'
import { type Since, since$ } from './since.ts'

/** The command was performed at input `seq`, and is durable. For a message, this is its number. */
export type Receipt = { readonly seq: number }

/**
 * `action`: as with /me. `reply`: the `seq` of the message that it answers. `files`: uploads (`Chat.upload`); with files,
 * the text may be empty.
 */
export type Manner = {
  readonly action?: boolean
  readonly reply?: number
  readonly files?: readonly UploadedFile[]
}

/** A file that the server has, and that a message of ours may have. */
export type UploadedFile = SentFile

export type Room = {
  readonly name: string
  /** The messages of this room, our own too. Each once, in order. */
  readonly said$: Observable<Said>
  /** All events of this room. That somebody quits, is renamed or is away is reported in every room. */
  readonly event$: Observable<ChatEvent>
  /** Begins with the messages after `from`, marked as replayed, and continues with live ones. */
  readonly since$: (from: Since) => Observable<Said>
  /** Sorted by name; empty as long as we aren't in the room. Begins with the current members. */
  readonly members$: Observable<readonly MemberView[]>
  readonly topic$: Observable<Topic | null>
  /**
   * Resolves when the message is durable. Rejects with a ChatError, which says whether it may have been sent all the
   * same.
   */
  readonly say: (text: string, how?: Manner) => Promise<Receipt>
  /** Joins the room, and joins it again if the server has forgotten our session. */
  readonly join: () => Promise<Receipt>
  readonly part: (reason?: string) => Promise<Receipt>
  readonly setTopic: (topic: string) => Promise<Receipt>
  readonly history: (range?: Range) => Promise<Page>
  /** The latest messages that have all of the words. */
  readonly search: (words: string, range?: Pick<Range, 'before' | 'limit'>) => Promise<Page>
  /** Gives message `seq`, one of our own, another text. Resolves when the text before is out of all files. */
  readonly edit: (seq: number, text: string) => Promise<Receipt>
  /** `emoji`: one emoji, or its name between colons. `off`: takes it back. */
  readonly react: (seq: number, emoji: string, off?: boolean) => Promise<Receipt>
  readonly pin: (seq: number) => Promise<Receipt>
  readonly unpin: (seq: number) => Promise<Receipt>
  /** The pinned messages of the room. */
  readonly pins: () => Promise<readonly Message[]>
  /** Deletes message `seq`, one of our own. Resolves when its text is out of all files. */
  readonly delete: (seq: number) => Promise<Receipt>
}

export type RoomPorts = {
  readonly event$: Observable<ChatEvent>
  readonly view$: Observable<View>
  readonly ask: Asking['ask']
  readonly self: () => Entered | null
  /** The rooms that we want to be in. */
  readonly wanted: Set<string>
}

export function chatRoom(name: string, { event$, view$, ask, self, wanted }: RoomPorts): Room {
  const said$ = event$.pipe(filter((event): event is Said => event.type === 'said' && event.room === name))
  const seen$ = view$.pipe(
    map(({ rooms }) => rooms.get(name)),
    distinctUntilChanged(),
  )
  const history = async (range: Range = {}): Promise<Page> => {
    const asked = { before: null, after: null, since: null, limit: HISTORY_ON_JOIN, ...range }
    return page((await ask({ type: 'history', room: name, ...asked })).reply)
  }
  return {
    name,
    said$,
    event$: event$.pipe(filter(event => event.type !== 'told' && (!('room' in event) || event.room === name))),
    since$: from => since$({ room: name, said$, event$, history, self }, from),
    members$: seen$.pipe(
      map(room => room?.members ?? NOBODY),
      distinctUntilChanged(),
      map(byName),
    ),
    topic$: seen$.pipe(
      map(room => room?.topic ?? null),
      distinctUntilChanged(),
    ),
    say: async (text, how) => receipt(await ask({ type: 'say', room: name, text, ...mannered(how) })),
    async join() {
      wanted.add(name)
      return receipt(await ask({ type: 'join', room: name }))
    },
    async part(reason) {
      wanted.delete(name)
      return receipt(await ask({ type: 'part', room: name, reason }))
    },
    setTopic: async topic => receipt(await ask({ type: 'topic', room: name, topic })),
    history,
    async search(words, range = {}) {
      const asked = { before: null, limit: HISTORY_ON_JOIN, ...range }
      return page((await ask({ type: 'search', room: name, words, ...asked })).reply)
    },
    edit: async (seq, text) => receipt(await ask({ type: 'edit', room: name, seq, text })),
    react: async (seq, emoji, off = false) => receipt(await ask({ type: 'react', room: name, seq, emoji, off })),
    pin: async seq => receipt(await ask({ type: 'pin', seq })),
    unpin: async seq => receipt(await ask({ type: 'pin', seq, off: true })),
    pins: async () => page((await ask({ type: 'pins', room: name })).reply).messages,
    delete: async seq => receipt(await ask({ type: 'delete', room: name, seq })),
  }
}

export const mannered = ({ action = false, reply, files }: Manner = {}) => ({
  action,
  ...(reply === undefined ? {} : { reply }),
  ...(files === undefined ? {} : { files }),
})

export const receipt = ({ seq }: Receipt): Receipt => ({ seq })

const NOBODY: RoomView['members'] = emptyRoom('').members

const byName = (members: RoomView['members']): readonly MemberView[] =>
  [...members.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
