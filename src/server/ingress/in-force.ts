/**
 * Refuses commands that the rules in force don't know yet: servers with an older program take part (docs/spec.md, R9).
 */
import type { State } from '../../model/state.ts'
import { isInForce } from '../../reducer/format.ts'
import { type Refused, refused, type Vetted } from './vetting/vetted.ts'

/** A program from before would take a kick from a room for one from the server. */
const isNew = ({ body }: Vetted): boolean => body.type === 'kick' && body.room !== undefined

/** It would lose the answered message, and its files. */
const isAttached = ({ body }: Vetted): boolean => ('reply' in body || 'files' in body) && body.type !== 'files-erased'

/** It would take a question for a message alone, and an answer, too. */
const isAsking = ({ body }: Vetted): boolean => 'ask' in body

/** Before any server takes part, this one is about to raise the rules: the host's commands come after that. */
export function inForce(state: State, vetted: Vetted): Vetted | Refused {
  const isKnown = state.nodes.size === 0 || (isInForce(state, vetted.body) && isRead(state, vetted))
  return isKnown ? vetted : refused('not-yet')
}

/** It would take it for a message like any other. */
const isLive = ({ body }: Vetted): boolean => 'live' in body

const isRead = ({ format }: State, vetted: Vetted): boolean =>
  (format >= 9 || (!isAsking(vetted) && !isLive(vetted))) &&
  (format >= 8 || (!isAttached(vetted) && (format >= 7 || !isNew(vetted))))
