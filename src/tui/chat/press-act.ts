/** The acts that a stroke on a chat's screen asks of the scene, and the screen's state when it arrives. */
import type { Where } from '../../client/chat/place.ts'
import type { Chat } from '../../client/chat/state.ts'
import type { SecretAnswer } from '../../client/input/secret-prompt.ts'
import type { ClockFace } from '../clock-face.ts'
import type { Size } from '../stage/scene.ts'
import type { Surroundings } from './drawing/entry/around.ts'
import type { ChatUi } from './ui.ts'

export type PressAct =
  /** `reply`: the message that it answers. */
  | { readonly type: 'enter'; readonly text: string; readonly reply?: number }
  /** Another text for message `seq`. */
  | { readonly type: 'edit'; readonly seq: number; readonly text: string }
  | { readonly type: 'react'; readonly seq: number; readonly emoji: string; readonly off: boolean }
  /** `choice` absent: a buzz. */
  | { readonly type: 'answer-question'; readonly seq: number; readonly choice?: number }
  | { readonly type: 'close-question'; readonly seq: number }
  /** Ask for the names of the members that have reacted to message `seq`. */
  | { readonly type: 'reactors'; readonly seq: number }
  | { readonly type: 'pin'; readonly seq: number; readonly off: boolean }
  | { readonly type: 'go'; readonly where: Where }
  /** Load the page before. */
  | { readonly type: 'earlier' }
  /** Load the page after the excerpt. */
  | { readonly type: 'later' }
  | { readonly type: 'see'; readonly end: boolean }
  | { readonly type: 'close-found' }
  /** Scroll to a message in any place. */
  | { readonly type: 'seek'; readonly where: Where; readonly seq: number }
  | { readonly type: 'close-devices' }
  | { readonly type: 'revoke'; readonly credential: string }
  /** All questions for a secret are answered. */
  | { readonly type: 'answer'; readonly answer: SecretAnswer }
  /** Delete the message of input `seq`. */
  | { readonly type: 'delete'; readonly seq: number }
  /** Give the text to the clipboard. */
  | { readonly type: 'copy'; readonly text: string }
  /** Copy the address of the message of input `seq` in the server's page. */
  | { readonly type: 'copy-address'; readonly room: string; readonly seq: number }
  /** Open a link in a browser. */
  | { readonly type: 'open'; readonly href: string }
  | { readonly type: 'leave' }
  | { readonly type: 'retry' }
  | { readonly type: 'redraw' }
  | { readonly type: 'suspend' }

export type Seen = {
  readonly chat: Chat
  readonly size: Size
  readonly face: ClockFace
  /** Absent: there is nothing around messages. */
  readonly from?: Surroundings
}

export type ChatPressed = readonly [ChatUi, readonly PressAct[]]
