/** A bot under test, however it's connected. The lab decides when it reads, when it is cut off and when it dies. */
export type LabBot = {
  /** The name that it has in the chat; null: it isn't there yet. */
  readonly name: () => string | null
  /**
   * Starts its program and lets it enter. After the first time, the missed events come first, if it can ask for them.
   */
  readonly start: () => Promise<void>
  /** It reads all events that have come to it, and answers. `act`: the act just now, if it is connected. */
  readonly deliver: (act: number | null) => Promise<void>
  /** It gets time to finish its work, more than after each event. */
  readonly rest: () => Promise<void>
  /** Its connection breaks, and there's no other until `back`. Events that have arrived before are still delivered. */
  readonly cut: () => Promise<void>
  /** Its connection is possible again. `missed`: the acts since the cut. Resolves when it's back, or never will be. */
  readonly back: (missed: readonly number[]) => Promise<void>
  /** Its program is killed. */
  readonly kill: () => Promise<void>
  /** The last act that it got comes once more, unmarked. False: that isn't possible here. */
  readonly repeat: () => Promise<boolean>
  /** Its input ends. Resolves when it has ended. */
  readonly finish: () => Promise<void>
}

export type BotSettings = {
  readonly command: string
  readonly name: string
  readonly room: string
  /** How long a bot has to be silent to be done with an event, in milliseconds. */
  readonly quiet: number
  readonly seed: string
  /** It's written for --cursor: its events may come again. */
  readonly cursor: boolean
}
