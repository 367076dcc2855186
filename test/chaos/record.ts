/** The record of one client until the end: its messages and their outcomes, and everything that it got, in order. */
import type { Incoming } from '../../src/client/session/incoming.ts'
import { emptyView, evolveView, type View } from '../../src/client/session/view.ts'
import { readTalk } from './talk.ts'

/** `unanswered`: it ended without an answer. `never sent`: its exit code says so. */
export type Fate = 'done' | 'refused' | 'unknown' | 'unanswered' | 'never sent'
export type Said = { readonly text: string; readonly fate: Fate }

export type Heard =
  | {
      readonly is: 'message'
      readonly seq: number
      readonly i: number
      readonly room: string | null
      readonly text: string
    }
  | { readonly is: 'event'; readonly seq: number; readonly i: number; readonly what: string }
  | {
      readonly is: 'gap'
      readonly seq: number
      readonly room: string | null
      readonly after: number
      readonly missed: number
      readonly more: boolean
    }

/** The members of a room just after input `seq`, as a client has folded them or as the journal leads to. */
export type Members = { readonly seq: number; readonly room: string; readonly names: readonly string[] }

export type Testimony = {
  readonly name: string
  readonly said: readonly Said[]
  /** The inputs at which commands were acknowledged, each answer once. */
  readonly acknowledged: readonly number[]
  readonly heard: readonly Heard[]
  /** The input from which on it is in a room, or (null) can get direct messages. Empty: it prints no messages. */
  readonly since: ReadonlyMap<string | null, number>
  readonly members: readonly Members[]
}

export type Coming = 'new' | 'back to all of it' | 'back to a gap' | 'back late'

/** Records everything that one client gets. */
export class Ear {
  readonly heard: Heard[] = []
  readonly since = new Map<string | null, number>()
  readonly members: Members[] = []
  /** Answers by their numbers: one may come twice. */
  readonly answers = new Map<number, number>()
  /** Numbers that were refused because they could not be stored. */
  readonly refused = new Set<number>()
  /**
   * A command was refused again, and was sent once more under another number: from then on numbers cannot be matched.
   */
  isRenumbered = false
  /** How its connections began, one after another. */
  readonly comings: Coming[] = []
  #view: View = emptyView

  hear({ reply, replayed }: Pick<Incoming, 'reply' | 'replayed'>): void {
    this.#view = evolveView(this.#view, reply)
    switch (reply.type) {
      case 'welcome': {
        const { resumed, gap, returned = false, seq } = reply
        this.comings.push(!resumed ? 'new' : returned ? 'back late' : gap ? 'back to a gap' : 'back to all of it')
        return this.#enter(null, seq)
      }
      case 'room':
        return this.#enter(reply.room, reply.seq)
      case 'said':
      case 'told': {
        const { seq, i = 0, text } = reply
        const room = reply.type === 'said' ? reply.room : null
        this.heard.push({ is: 'message', seq, i, room, text })
        if (room !== null && !replayed && readTalk(text)?.author === MARKER) this.#look(seq, room)
        return
      }
      case 'gap': {
        const { seq, room = null, after, missed, more = false } = reply
        this.heard.push({ is: 'gap', seq, room, after, missed, more })
        return
      }
      case 'ok':
        this.answers.set(reply.n, reply.seq)
        return
      case 'rejected':
        if (reply.code === 'number-refused') this.isRenumbered = true
        if (reply.n !== undefined && reply.code === 'storage') this.refused.add(reply.n)
        return
      default:
        if ('at' in reply) this.heard.push({ is: 'event', seq: reply.seq, i: reply.i ?? 0, what: reply.type })
    }
  }

  /** Only the first time counts. Later the client comes back, and has missed nothing or gets the number. */
  #enter(room: string | null, seq: number): void {
    if (!this.since.has(room)) this.since.set(room, seq)
  }

  #look(seq: number, room: string): void {
    this.members.push({ seq, room, names: [...(this.#view.rooms.get(room)?.members.keys() ?? [])].sort() })
  }
}

/** Sends one message to each room when all trouble is over. */
export const MARKER = 'marker'
