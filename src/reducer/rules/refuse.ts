/** A refusal as an event, for the session that asked and nobody else (docs/spec.md, E1). */
import type { ErrorCode } from '../../model/error.ts'
import type { Event } from '../../model/event.ts'
import type { Input } from '../../model/input.ts'
import type { Name } from '../../model/name/name.ts'
import { SOMEBODY_HERE } from '../../model/name/standing.ts'
import type { Member, State } from '../../model/state.ts'

export const refuse = (input: Input, code: ErrorCode, detail = ''): readonly Event[] => [
  { type: 'rejected', session: input.session, n: input.n, code, detail },
]

/** The refusal of a taken name says which lookalike is in the way, and from format 2 on who holds it. */
export function refuseTaken(
  state: State,
  input: Input,
  wanted: Name,
  { id, name }: Pick<Member, 'id' | 'name'>,
): readonly Event[] {
  const detail = name.text === wanted.text ? SOMEBODY_HERE : `${name.text}, which reads like ${wanted.text}`
  const by = state.format < 2 ? {} : { holder: id }
  return [{ type: 'rejected', session: input.session, n: input.n, code: 'name-taken', detail, ...by }]
}
