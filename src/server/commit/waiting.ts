/** The inputs that wait for a commit, in order. They are bounded, because the journal may not answer for long. */
import type { Draft } from '../../model/input.ts'
import { COMMIT_BYTES, COMMIT_INPUTS, WAITING_BYTES, WAITING_INPUTS } from '../../model/limits.ts'
import { utf8Length } from '../../model/text.ts'

export class Waiting {
  #inputs: { readonly draft: Draft; readonly bytes: number }[] = []
  #bytes = 0

  get size(): number {
    return this.#inputs.length
  }

  /** False: there's no room for it. */
  add(draft: Draft): boolean {
    const bytes = utf8Length(JSON.stringify(draft.input)) + utf8Length(draft.texts.text ?? '')
    if (this.size === WAITING_INPUTS || this.#bytes + bytes > WAITING_BYTES) return false
    this.#inputs.push({ draft, bytes })
    this.#bytes += bytes
    return true
  }

  /** The inputs of the next commit: as many as fit, but at least one. */
  take(): readonly Draft[] {
    let [count, bytes] = [0, 0]
    for (const input of this.#inputs) {
      if (count === COMMIT_INPUTS || (count > 0 && bytes + input.bytes > COMMIT_BYTES)) break
      count += 1
      bytes += input.bytes
    }
    const taken = this.#inputs.slice(0, count)
    this.#inputs = this.#inputs.slice(count)
    this.#bytes -= bytes
    return taken.map(({ draft }) => draft)
  }
}
