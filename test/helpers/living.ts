/** Messages that are answered, edited, reacted to and deleted: as inputs, and as the steps that these lead to. */
import type { LedgerEvent, RoutedEvent } from '../../src/model/event.ts'
import type { Body, Draft } from '../../src/model/input.ts'
import type { FileRef } from '../../src/model/message/file.ts'
import { readStoredText, storedText } from '../../src/model/message/stored-text.ts'
import { initialState as before } from '../../src/model/state.ts'
import type { Step } from '../../src/model/step.ts'
import type { History } from '../../src/port/history.ts'
import type { Journal } from '../../src/port/journal.ts'

export type Kept = { readonly journal: Journal; readonly history: History }

/** One input of a story, and its step. */
export type Scene = { readonly draft: Draft; readonly step: Step }

type Saying = {
  readonly from: string
  /** Absent: the lobby. */
  readonly room?: string
  /** A direct message to this member. */
  readonly to?: string
  readonly mentions?: readonly string[]
  readonly reply?: number
  readonly files?: readonly FileRef[]
  /** The names of the files. */
  readonly names?: readonly string[]
  readonly live?: true
}
type Said = { readonly room: string | null; readonly members: readonly string[]; readonly names: readonly string[] }

/** Makes the scenes of a story, one after another: each is the next input. */
export class Story {
  readonly scenes: Scene[] = []
  readonly #said = new Map<number, Said>()
  /** The texts beside inputs. */
  readonly #texts = new Map<number, string>()

  get seq(): number {
    return this.scenes.length
  }

  /** The messages. */
  get said(): readonly number[] {
    return [...this.#said.keys()]
  }

  say(text: string, { from, to, mentions = [], reply, files = [], names = [], live, ...where }: Saying): Scene {
    const room = to === undefined ? (where.room ?? 'lobby') : null
    const attached = {
      ...(reply !== undefined && { reply }),
      ...(files.length > 0 && { files }),
      ...(live && { live }),
    }
    this.#said.set(this.seq + 1, { room, members: to === undefined ? [] : [from, to], names })
    const stored = storedText(text, names)
    if (room === null) {
      const other = to ?? ''
      const body: Body = { type: 'tell', to: { key: other, text: other }, action: false, ...attached }
      return this.#next(body, from, stored, [
        { type: 'told', from, to: other, action: false, author: from, other, sessions: [], ...attached },
      ])
    }
    const body: Body = { type: 'say', room, action: false, ...attached }
    const event: RoutedEvent = { type: 'said', room, from, action: false, author: from, everyone: false, ...attached }
    return this.#next(body, from, stored, [mentions.length === 0 ? event : { ...event, mentions }])
  }

  /** The new text, which nobody sees yet. */
  edit(target: number, text: string, from: string): Scene {
    const { room, members, names } = this.#saidAt(target)
    const edit = { target, room, members, everyone: false, author: from }
    return this.#next({ type: 'edit', ...edit }, from, storedText(text, names), [
      { type: 'editing', ...edit, origin: 'here', session: from, n: null },
    ])
  }

  /** Its scene. The text before has to be erased. */
  showEdit(target: number, edit: number, from: string, mentions: readonly string[] = []): Scene {
    const { room } = this.#saidAt(target)
    const around = { sessions: [], everyone: false, ...(mentions.length > 0 && { mentions }) }
    const event: RoutedEvent = { type: 'edited', room, target, edit, from, author: from, ...around }
    return this.#next(
      { type: 'show-edit', edit, texts: [target] },
      'host',
      null,
      [event],
      this.#texts.get(edit) ?? null,
    )
  }

  react(target: number, emoji: string, from: string, off = false): Scene {
    const { room, members } = this.#saidAt(target)
    const event = { target, room, emoji, off, sessions: [], everyone: false }
    return this.#next({ type: 'react', target, room, members, everyone: false, emoji, off }, from, null, [
      { type: 'reacted', ...event, by: from, member: from },
    ])
  }

  grow(target: number, offset: number, bytes: Uint8Array, from: string): Scene {
    const { length: size } = bytes
    const piece = { seq: this.seq + 1, offset, size }
    const body: Body = { type: 'grow', target, begin: offset, size }
    return this.#next(body, from, Buffer.from(bytes).toString('base64'), [{ type: 'grew', target, piece }])
  }

  finish(target: number, size: number, tail: string, from: string): Scene {
    const end = { target, status: 2, ms: 500 }
    const event: RoutedEvent = { type: 'finished', room: 'lobby', from, author: from, size, ...end, tail: true }
    return this.#next({ type: 'finish', ...end }, from, tail, [event])
  }

  /** The texts have to be erased before. */
  remove(target: number, by: string): Scene {
    const { room, members } = this.#saidAt(target)
    const body: Body = { type: 'delete', target, room, members, everyone: false }
    return this.#next(body, by, null, [{ type: 'deleted', room, target, by, sessions: [], everyone: false }])
  }

  #saidAt(target: number): Said {
    const said = this.#said.get(target)
    if (!said) throw new Error(`there is no message ${target}`)
    return said
  }

  #next(
    body: Body,
    session: string,
    text: string | null,
    events: readonly (RoutedEvent | LedgerEvent)[],
    shown = text,
  ): Scene {
    const seq = this.seq + 1
    const at = 1000 * seq
    if (text !== null) this.#texts.set(seq, text)
    const stamp = { id: `${seq}`, at, origin: 'here', session, n: null }
    const draft = { input: { ...body, ...stamp }, texts: text === null ? {} : { text } } as Draft
    const around = { before, after: before }
    const read = shown === null ? { text: null, names: [] } : readStoredText(shown)
    const scene: Scene = {
      draft,
      step: {
        ...{ seq, at, id: `${seq}`, session, origin: 'here', text: read.text },
        ...(read.names.length > 0 && { names: read.names }),
        events: events.map(event =>
          event.type === 'editing' || event.type === 'grew'
            ? { kind: 'ledger', event, ...around }
            : { kind: 'public', event: event as RoutedEvent, i: 0, last: true, ...around },
        ),
        ...around,
      },
    }
    this.scenes.push(scene)
    return scene
  }
}

/** Commits the input and records its step, as the hub does. */
export async function play({ journal, history }: Kept, { draft, step }: Scene): Promise<number> {
  await journal.append([draft])
  history.apply(step)
  return step.seq
}

/** Erases all that a message has said, as a server does before it shows an edit, and before a deletion. */
export async function eraseTexts({ journal, history }: Kept, target: number): Promise<void> {
  await journal.erase(history.textPlaces(target))
  history.touch()
}
