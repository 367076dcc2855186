/**
 * Marks the messages of a page that are being edited. The text before is erased, and the new one isn't shown yet; a reader
 * that takes such a message for a deleted one misses it (docs/spec.md, CU5).
 */
import type { Message } from '../../../model/message/message.ts'
import type { State } from '../../../model/state.ts'
import { editOf } from '../../../reducer/messages/editing.ts'

/** The history never lags behind the state, so a message whose edit is gone from the state has its new text. */
export const withEditing = (state: State, messages: readonly Message[]): readonly Message[] =>
  state.edits.isEmpty()
    ? messages
    : messages.map(one => (one.text === null && editOf(state, one.seq) ? { ...one, editing: true } : one))
