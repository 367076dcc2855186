/** The reason why a request failed, or why the chat ended: an error with a code that a program can switch on. */
import type { Ending } from '../client/session/status.ts'
import { CLOSINGS, type CloseCode } from '../model/closing.ts'
import { ERRORS, type ErrorCode } from '../model/error.ts'

/**
 * A code of the server (docs/protocol.md), or one of these. `unreachable`: there is no server, or it went away and
 * didn't return. `unknown`: the answer is lost with its session. `left`: the program left before the answer came.
 */
export type ChatCode = ErrorCode | CloseCode | 'unreachable' | 'unknown' | 'left'

export class ChatError extends Error {
  override readonly name = 'ChatError'
  readonly code: ChatCode
  /**
   * Whether the request was performed in spite of the error. `no`: it wasn't, so it can be repeated. `unknown`: nobody
   * can know, and a repeat might do it twice.
   */
  readonly performed: 'no' | 'unknown'

  constructor(code: ChatCode, message: string, performed: 'no' | 'unknown' = 'no') {
    super(message)
    this.code = code
    this.performed = performed
  }

  /** Whether the same request may succeed later. */
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
      return new ChatError('left', 'The chat ended before the server answered.', performed)
  }
}
