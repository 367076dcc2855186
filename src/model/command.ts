/** Commands: requests of a participant, in the words of the protocol. Vetted and stamped, a command is an input. */

/** How a participant is connected. WebSocket carries `native` too. */
export type Protocol = 'native' | 'line' | 'classic' | 'host'

/** A request as a codec reads it: raw text, nothing checked but its shape. */
export type Command =
  | { readonly type: 'say'; readonly room: string; readonly text: string; readonly action: boolean }
  | { readonly type: 'tell'; readonly to: string; readonly text: string; readonly action: boolean }
  | { readonly type: 'join'; readonly room: string }
  | { readonly type: 'part'; readonly room: string; readonly reason: string | null }
  | { readonly type: 'topic'; readonly room: string; readonly topic: string }
  | { readonly type: 'nick'; readonly name: string }
  | { readonly type: 'away'; readonly note: string | null }
  | { readonly type: 'kick'; readonly name: string; readonly reason: string | null }
  | { readonly type: 'quit'; readonly reason: string | null }
  /** `seq`: the input of the message to delete. Null: the participant's own latest message in `room`. */
  | { readonly type: 'delete'; readonly seq: number | null; readonly room: string }

/** A question about the room's present or past. It's answered in order, and not journaled: it changes nothing. */
export type Query =
  | { readonly type: 'rooms' }
  | { readonly type: 'who'; readonly room: string }
  /** The messages of a room, or (null) the participant's own direct messages. */
  | {
      readonly type: 'history'
      readonly room: string | null
      /** Places of inputs (`since`: milliseconds since the epoch). All null: the latest messages. */
      readonly before: number | null
      readonly after: number | null
      readonly since: number | null
      readonly limit: number
    }
  /** `room` null: search everywhere the participant may read. */
  | {
      readonly type: 'search'
      readonly words: string
      readonly room: string | null
      readonly before: number | null
      readonly limit: number
    }
