/** Times in the reader's time zone, from milliseconds since the epoch. */
export type ClockFace = {
  /** `HH:MM` */
  readonly time: (at: number) => string
  /** The day for a separator, `Thursday, 26 November 2026`; the same text for the same day. */
  readonly day: (at: number) => string
}
