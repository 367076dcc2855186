/** What a participant may ask of the room, in the words of the protocol; vetted and stamped, it becomes an input. */

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
  /** `seq`: the input that said it; null: the latest that one said oneself in `room`. */
  | { readonly type: 'delete'; readonly seq: number | null; readonly room: string }

/** A question about the room as it is, or was: answered in order, but never journaled, for it changes nothing. */
export type Query =
  | { readonly type: 'rooms' }
  | { readonly type: 'who'; readonly room: string }
  /** What was said in a room, or (null) by and to oneself alone. */
  | {
      readonly type: 'history'
      readonly room: string | null
      /** Inputs, or milliseconds since the epoch; all null: the latest. */
      readonly before: number | null
      readonly after: number | null
      readonly since: number | null
      readonly limit: number
    }
  /** Null `room`: wherever one may look. */
  | {
      readonly type: 'search'
      readonly words: string
      readonly room: string | null
      readonly before: number | null
      readonly limit: number
    }
