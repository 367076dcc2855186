/** Port: time. Real in a program, virtual in a test, where it moves only when the test says so. */
export interface Clock {
  /** Wall time, milliseconds since the epoch. It may jump. */
  now(): number
  /** Milliseconds since some fixed moment. Never jumps, never runs backwards. */
  elapsed(): number
  /** Calls `ring` once after `ms` milliseconds. Returns what calls it off. */
  alarm(ms: number, ring: () => void): () => void
  /** Calls `run` at the end of this turn of the event loop, when all that came in with it has been read. */
  turn(run: () => void): void
}
