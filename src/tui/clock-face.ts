/** How times read in the reader's zone; from milliseconds since the epoch. */
export type ClockFace = {
  /** `HH:MM` */
  readonly time: (at: number) => string
  /** A day as it stands in a separator, `Thursday, 26 November 2026`; equal for times of the same day. */
  readonly day: (at: number) => string
}
