/**
 * The ban of a network outlives the history, and so does a subscription to notifications: before older inputs are
 * forgotten, the text that it needs is put beside a new one.
 */
import type { Body } from '../../model/input.ts'
import { PIECE_ROWS } from '../../model/limits.ts'
import type { State } from '../../model/state.ts'
import type { KeptTexts } from '../ingress/texts.ts'

type Deps = {
  readonly state: () => State
  readonly texts: Pick<KeptTexts, 'networkOf' | 'pushTarget'> & { readonly loaded: Promise<void> }
  /** Submits an input in the host's name. */
  readonly submit: (body: Body, text: string) => void
  /** Calls back when all inputs submitted so far have been folded or have failed. */
  readonly settled: (run: () => void) => void
}

/** Resolves with the last input that may be forgotten: `until`, or an earlier one if something could not be stored. */
export type Carry = (until: number) => Promise<number>

/** Each server carries the texts that it is about to forget. If several do so at once, the last one counts. */
export const carrying =
  ({ state, texts, submit, settled }: Deps): Carry =>
  async until => {
    await texts.loaded
    const due = carriedUpTo(state(), until, texts)
    for (let at = 0; at < due.length; at += PIECE_ROWS) {
      for (const { body, content } of due.slice(at, at + PIECE_ROWS)) submit(body, content)
      await new Promise<void>(resolve => settled(resolve))
    }
    const left = carriedUpTo(state(), until, texts)
    return left.reduce((least, { text }) => Math.min(least, text - 1), until)
  }

type Carried = { readonly body: Body; readonly text: number; readonly content: string }

/** A text that this server doesn't have is lost already. */
function carriedUpTo({ sanctions, pushes }: State, until: number, texts: Deps['texts']): readonly Carried[] {
  const networks = [...sanctions.values()].flatMap(({ id, text }): readonly Carried[] => {
    const network = texts.networkOf(id)
    const body = { type: 'carry', sanction: id } as const
    return text === null || text > until || network === null ? [] : [{ body, text, content: network }]
  })
  const targets = [...pushes.values()].flatMap(({ id, text }): readonly Carried[] => {
    const target = text > until ? null : texts.pushTarget(id)
    const body = { type: 'carry-push', push: id } as const
    return target ? [{ body, text, content: JSON.stringify(target) }] : []
  })
  return [...networks, ...targets]
}
