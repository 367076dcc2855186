/** Port: time. Real in a program, virtual in a test, where it moves only when the test moves it. */
export interface Clock {
  /** Wall time, milliseconds since the epoch. It may jump. */
  now(): number
  /** Milliseconds since some fixed moment, the same for all on this machine. It never jumps or runs backwards. */
  elapsed(): number
  /** Calls `ring` once after `ms` milliseconds. Returns a function that cancels it. */
  alarm(ms: number, ring: () => void): () => void
  /** Calls `run` at the end of this turn of the event loop, when everything that arrived in the turn has been read. */
  turn(run: () => void): void
}
