/** A ban of a network outlives the history: before older inputs are forgotten, its network is put beside a new one. */
import type { Body } from '../../model/input.ts'
import { PIECE_ROWS } from '../../model/limits.ts'
import type { State } from '../../model/state.ts'

type Deps = {
  readonly state: () => State
  readonly texts: { readonly loaded: Promise<void>; readonly networkOf: (sanction: number) => string | null }
  /** Submits an input in the host's name. */
  readonly submit: (body: Body, text: string) => void
  /** Calls back when all that was submitted so far has been folded or has failed. */
  readonly settled: (run: () => void) => void
}

/** Resolves with the last input that may be forgotten: `until`, or an earlier one if something could not be stored. */
export type Carry = (until: number) => Promise<number>

/** Each server carries what it is about to forget. If several do so at once, the last one counts. */
export const carrying =
  ({ state, texts, submit, settled }: Deps): Carry =>
  async until => {
    await texts.loaded
    const due = carriedUpTo(state(), until, texts.networkOf)
    for (let at = 0; at < due.length; at += PIECE_ROWS) {
      for (const { id, network } of due.slice(at, at + PIECE_ROWS)) submit({ type: 'carry', sanction: id }, network)
      await new Promise<void>(resolve => settled(resolve))
    }
    const left = carriedUpTo(state(), until, texts.networkOf)
    return left.reduce((least, { text }) => Math.min(least, text - 1), until)
  }

/** A network that this server doesn't have is lost already. */
const carriedUpTo = ({ sanctions }: State, until: number, networkOf: Deps['texts']['networkOf']) =>
  [...sanctions.values()].flatMap(({ id, text }) => {
    const network = networkOf(id)
    return text === null || text > until || network === null ? [] : [{ id, text, network }]
  })
