/** A refusal as an event: for the one who asked, and nobody else (docs/spec.md, E1). */
import type { ErrorCode } from '../model/error.ts'
import type { Event } from '../model/event.ts'
import type { Input } from '../model/input.ts'

export const refuse = (input: Input, code: ErrorCode, detail = ''): readonly Event[] => [
  { type: 'rejected', session: input.session, n: input.n, code, detail },
]
