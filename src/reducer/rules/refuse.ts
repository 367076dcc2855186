/** A refusal as an event, for the session that asked and nobody else (docs/spec.md, E1). */
import type { ErrorCode } from '../../model/error.ts'
import type { Event } from '../../model/event.ts'
import type { Input } from '../../model/input.ts'
import type { Name } from '../../model/name/name.ts'
import { SOMEBODY_HERE } from '../../model/name/standing.ts'
import type { State } from '../../model/state.ts'
import type { NameHolder } from './lookup.ts'

export const refuse = (input: Input, code: ErrorCode, detail = ''): readonly Event[] => [
  { type: 'rejected', session: input.session, n: input.n, code, detail },
]

/**
 * The refusal of a taken name says which lookalike is in the way. From format 2 on it says which member holds it. The
 * name of an account has its own refusal, since a guest can sign in with it.
 */
export function refuseTaken(state: State, input: Input, wanted: Name, { id, name, is }: NameHolder): readonly Event[] {
  const isSame = name.text === wanted.text
  const lookalike = `${name.text}, which reads like ${wanted.text}`
  if (is === 'account') return refuse(input, 'name-registered', isSame ? name.text : lookalike)
  if (is === 'held')
    return refuse(
      input,
      'name-held',
      isSame ? 'that of an account lately' : `lately ${state.format < 9 ? '' : OTHER}${lookalike}`,
    )
  const detail = isSame ? SOMEBODY_HERE : lookalike
  const by = state.format < 2 ? {} : { holder: id }
  return [{ type: 'rejected', session: input.session, n: input.n, code: 'name-taken', detail, ...by }]
}

const OTHER = 'that of an account: '
