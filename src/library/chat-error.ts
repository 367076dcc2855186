/** Why something that was asked failed, or why the chat ended, as an error with a code that a program can switch on. */
import type { Ending } from '../client/status.ts'
import { CLOSINGS, type CloseCode, ERRORS, type ErrorCode } from '../model/error.ts'

/**
 * What the server says (docs/protocol.md), or: `unreachable`, there is no server, or it went away and did not come back;
 * `unknown`, the answer is lost with the session in which it was asked; `left`, one left before it was answered.
 */
export type ChatCode = ErrorCode | CloseCode | 'unreachable' | 'unknown' | 'left'

export class ChatError extends Error {
  override readonly name = 'ChatError'
  readonly code: ChatCode
  /**
   * Whether what was asked was performed all the same. `no`: it was not, so that it may be asked again. `unknown`:
   * nobody can know, and to ask again might do it twice.
   */
  readonly performed: 'no' | 'unknown'

  constructor(code: ChatCode, message: string, performed: 'no' | 'unknown' = 'no') {
    super(message)
    this.code = code
    this.performed = performed
  }

  /** Whether the same may succeed later, unchanged. */
  get retry(): boolean {
    const { code } = this
    if (code in ERRORS) return ERRORS[code as ErrorCode].retry
    if (code in CLOSINGS) return CLOSINGS[code as CloseCode].reconnect
    return code === 'unreachable'
  }
}

export function endingError(end: Ending, performed: 'no' | 'unknown' = 'no'): ChatError {
  switch (end.by) {
    case 'server':
      return new ChatError(end.code, end.message, performed)
    case 'network':
      return new ChatError('unreachable', end.message, performed)
    case 'user':
      return new ChatError('left', 'The chat was left before this was answered.', performed)
  }
}
