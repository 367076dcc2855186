/** What one client can testify at the end: what it said and what became of that, and all that it heard, in its order. */
import type { Spoken } from '../../src/client/spoken.ts'
import { emptyView, evolveView, type View } from '../../src/client/view.ts'
import { readTalk } from './talk.ts'

/** `unanswered`: it ended without an answer. `never sent`: it says so itself, by its exit code. */
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

/** Who is in a room just after input `seq`, as a client has folded it or as the journal leads to it. */
export type Members = { readonly seq: number; readonly room: string; readonly names: readonly string[] }

export type Testimony = {
  readonly name: string
  readonly said: readonly Said[]
  /** The inputs at which commands were acknowledged, each answer once. */
  readonly acknowledged: readonly number[]
  readonly heard: readonly Heard[]
  /** From when on it is in a room, or (null) can be told something alone. Empty: it prints nothing of what it hears. */
  readonly since: ReadonlyMap<string | null, number>
  readonly members: readonly Members[]
}

export type Coming = 'new' | 'back to all of it' | 'back to a gap' | 'back late'

/** Listens for one client. */
export class Ear {
  readonly heard: Heard[] = []
  readonly since = new Map<string | null, number>()
  readonly members: Members[] = []
  /** Answers by their numbers: one may come twice. */
  readonly answers = new Map<number, number>()
  /** The numbers that were refused, since they could not be stored. */
  readonly refused = new Set<number>()
  /** One was refused again, and went once more under another number: which number is which is not known any more. */
  isRenumbered = false
  /** How its connections began, one after another. */
  readonly comings: Coming[] = []
  #view: View = emptyView

  hear({ reply, replayed }: Pick<Spoken, 'reply' | 'replayed'>): void {
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

  /** Only the first time counts: afterwards it comes back, and has missed nothing or is told how much. */
  #enter(room: string | null, seq: number): void {
    if (!this.since.has(room)) this.since.set(room, seq)
  }

  #look(seq: number, room: string): void {
    this.members.push({ seq, room, names: [...(this.#view.rooms.get(room)?.members.keys() ?? [])].sort() })
  }
}

/** Who speaks when all trouble is over, once in each room. */
export const MARKER = 'marker'
