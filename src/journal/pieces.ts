/**
 * Long tasks on the server's thread, cut into pieces. Between two pieces the event loop serves everybody. A piece says
 * how much it handled, so that tests can check its bounds.
 */
import { PIECE_BYTES, PIECE_ROWS } from '../model/limits.ts'

export type Piece = { readonly rows: number; readonly bytes: number }

/** Resolves after a turn of the event loop. */
export const breath = (): Promise<void> => new Promise(done => setImmediate(done))

export async function inPieces<T>(work: Generator<Piece, T>, pause = breath): Promise<T> {
  for (;;) {
    const piece = work.next()
    if (piece.done) return piece.value
    await pause()
  }
}

/** Without pauses, for when nobody waits. */
export function atOnce<T>(work: Generator<Piece, T>): T {
  for (;;) {
    const piece = work.next()
    if (piece.done) return piece.value
  }
}

export const NOTHING: Piece = { rows: 0, bytes: 0 }

export const isWholePiece = ({ rows, bytes }: Piece): boolean => rows >= PIECE_ROWS || bytes >= PIECE_BYTES

/** Runs tasks one after another, so that several at once take no more of the event loop than one. */
export function oneByOne(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return work => {
    const next = last.then(work, work)
    last = next.catch(() => {})
    return next
  }
}
