/**
 * The texts of the journal that the state refers to and never has: the networks of sanctions, the messages that wait
 * for a keeper, edits that aren't shown yet, and the endpoints of notifications. A start reads them from the journal;
 * later they come with the steps. All are as bounded as the state.
 */
import { NetworkSet } from '../../matching/networks/network-set.ts'
import { readNetwork } from '../../matching/networks/read-network.ts'
import { PIECE_ROWS } from '../../model/limits.ts'
import { storedText } from '../../model/message/stored-text.ts'
import type { State } from '../../model/state.ts'
import type { Step } from '../../model/step.ts'
import type { Journal } from '../../port/journal.ts'
import type { PushTarget } from '../../port/push-sender.ts'
import type { KeptTexts } from '../ingress/texts.ts'
import { readTarget } from './push-target.ts'

export class JournalTexts implements KeptTexts {
  readonly #networks = new NetworkSet()
  readonly #held = new Map<number, string>()
  readonly #pushes = new Map<number, PushTarget>()
  readonly #isLoaded = Promise.withResolvers<void>()

  // Fields, because they are handed on one by one.
  readonly networkOf = (sanction: number): string | null => this.#networks.networkOf(sanction)
  readonly matching = (address: string): readonly number[] => this.#networks.matching(address)
  readonly textOf = (seq: number): string | null => this.#held.get(seq) ?? null
  readonly pushTarget = (push: number): PushTarget | null => this.#pushes.get(push) ?? null

  /**
   * Reads the texts that the state refers to. Steps may come meanwhile, so `state` gives the state by then. Resolves
   * with the errors of texts that are damaged; all others are read.
   */
  async load(journal: Journal, state: () => State): Promise<readonly unknown[]> {
    const { sanctions, held, edits, pushes } = state()
    const networks = [...sanctions.values()].flatMap(({ text }) => text ?? [])
    const endpoints = [...pushes.values()].map(({ text }) => text)
    const { found, errors } = await textsIn(journal, [...networks, ...held.keys(), ...edits.keys(), ...endpoints])
    for (const { id, text } of state().sanctions.values()) if (text !== null) this.#learn(id, found.get(text))
    for (const seq of [...state().held.keys(), ...state().edits.keys()]) this.#hold(seq, found.get(seq))
    for (const { id, text } of state().pushes.values()) this.#target(id, found.get(text))
    this.#isLoaded.resolve()
    return errors
  }

  /** Resolves when everything is read that the state referred to at the start. */
  get loaded(): Promise<void> {
    return this.#isLoaded.promise
  }

  /** Takes in folded steps. */
  hear(steps: readonly Step[]): void {
    for (const step of steps) this.#hear(step)
  }

  /** Held messages up to this input are not shown any more: they are about to be forgotten. */
  forget(until: number): void {
    for (const seq of this.#held.keys()) if (seq <= until) this.#held.delete(seq)
  }

  #hear(step: Step): void {
    const { seq, text, events, before, after } = step
    if (before.edits !== after.edits) this.#hearEdits(step)
    if (before.pushes !== after.pushes) this.#hearPushes(step)
    if (before.sanctions === after.sanctions && before.held === after.held) return
    let [sanctions, held] = [before.sanctions.size, before.held.size]
    for (const { event } of events) {
      if (event.type === 'restricted') {
        sanctions += 1
        if (event.text === seq) this.#learn(event.id, text)
      } else if (event.type === 'lifted') {
        sanctions -= 1
        this.#networks.delete(event.id)
      } else if (event.type === 'carried' && !this.#networks.has(event.id)) this.#learn(event.id, text)
      else if (event.type === 'held') {
        held += 1
        this.#hold(seq, storedTextOf(step))
      } else if (event.type === 'unheld') {
        held -= 1
        this.#held.delete(event.target)
      }
    }
    // A room that is gone takes its own with it, without an event for each.
    if (sanctions !== after.sanctions.size) this.#networks.retain(id => after.sanctions.has(id))
    if (held !== after.held.size)
      for (const one of this.#held.keys()) if (!after.held.has(one) && !after.edits.has(one)) this.#held.delete(one)
  }

  #hearEdits(step: Step): void {
    for (const { event } of step.events) {
      if (event.type === 'editing') this.#hold(step.seq, storedTextOf(step))
      else if (event.type === 'edited' || event.type === 'edit-dropped') this.#held.delete(event.edit)
    }
  }

  #hearPushes({ text, events, before, after }: Step): void {
    for (const { event } of events) {
      if (event.type === 'subscribed') this.#target(event.id, text)
      else if (event.type === 'push-carried' && !this.#pushes.has(event.id)) this.#target(event.id, text)
    }
    // Most end with something else, without an event for each.
    for (const id of before.pushes.keys()) if (!after.pushes.has(id)) this.#pushes.delete(id)
  }

  /** Only texts that a server has vetted: anybody could have written to the journal's file. */
  #learn(id: number, text: string | null | undefined): void {
    const read = text == null ? null : readNetwork(text)
    if (read?.ok) this.#networks.add(id, read.network)
  }

  #target(id: number, text: string | null | undefined): void {
    const target = text == null ? null : readTarget(text)
    if (target) this.#pushes.set(id, target)
  }

  #hold(seq: number, text: string | null | undefined): void {
    if (text != null) this.#held.set(seq, text)
  }
}

/** With the names of files, as it stands beside the input. */
const storedTextOf = ({ text, names = [] }: Step): string | null => (text === null ? null : storedText(text, names))

/** In pieces. After damage in one of them, each of its texts alone. */
async function textsIn(
  journal: Journal,
  seqs: readonly number[],
): Promise<{ readonly found: ReadonlyMap<number, string>; readonly errors: readonly unknown[] }> {
  const found = new Map<number, string>()
  const errors: unknown[] = []
  const take = async (piece: readonly number[]): Promise<void> => {
    for (const [seq, text] of await journal.texts(piece)) found.set(seq, text)
  }
  for (let at = 0; at < seqs.length; at += PIECE_ROWS) {
    const piece = seqs.slice(at, at + PIECE_ROWS)
    await take(piece).catch(async () => {
      for (const seq of piece) await take([seq]).catch(error => errors.push(error))
    })
  }
  return { found, errors }
}
