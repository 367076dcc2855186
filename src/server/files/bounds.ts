/** The bounds of files: bytes, and uploads at once in total, of one member or token, and from one address. */
import { UPLOADS_AT_ONCE, UPLOADS_PER_ADDRESS, UPLOADS_PER_MEMBER } from '../../model/limits.ts'
import { networkOf } from '../../transport/network.ts'

/** The host's bounds: bytes of one file, and of all together. */
export type FileBounds = { readonly most: number; readonly quota: number }

export class UploadBounds {
  readonly #counts = new Map<string, number>()

  /** Null: there are too many. Otherwise call the returned function once, when the upload is over. */
  begin(by: string, address: string): (() => void) | null {
    const bounds: readonly (readonly [of: string, most: number])[] = [
      ['all', UPLOADS_AT_ONCE],
      [`by ${by}`, UPLOADS_PER_MEMBER],
      [`from ${networkOf(address)}`, UPLOADS_PER_ADDRESS],
    ]
    if (bounds.some(([of, most]) => (this.#counts.get(of) ?? 0) >= most)) return null
    for (const [of] of bounds) this.#add(of, 1)
    return () => {
      for (const [of] of bounds) this.#add(of, -1)
    }
  }

  #add(of: string, change: 1 | -1): void {
    const count = (this.#counts.get(of) ?? 0) + change
    if (count > 0) this.#counts.set(of, count)
    else this.#counts.delete(of)
  }
}
