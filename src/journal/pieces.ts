/**
 * Long work on the server's thread, cut into pieces: between two of them the loop goes round, and serves everybody. A
 * piece says how much it touched, so that tests can hold it to its bounds.
 */
import { PIECE_BYTES, PIECE_ROWS } from '../model/limits.ts'

export type Piece = { readonly rows: number; readonly bytes: number }

/** Resolves when the loop has gone round. */
export type Pause = () => Promise<void>

export const breath: Pause = () => new Promise(done => setImmediate(done))

export async function inPieces<T>(work: Generator<Piece, T>, pause: Pause = breath): Promise<T> {
  for (;;) {
    const piece = work.next()
    if (piece.done) return piece.value
    await pause()
  }
}

/** For a time at which nobody waits. */
export function atOnce<T>(work: Generator<Piece, T>): T {
  for (;;) {
    const piece = work.next()
    if (piece.done) return piece.value
  }
}

export const NOTHING: Piece = { rows: 0, bytes: 0 }

export const isWholePiece = ({ rows, bytes }: Piece): boolean => rows >= PIECE_ROWS || bytes >= PIECE_BYTES

/** Runs one work after another, however many are asked for at once: together they take no more of the loop than one. */
export function oneByOne(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return work => {
    const next = last.then(work, work)
    last = next.catch(() => {})
    return next
  }
}
