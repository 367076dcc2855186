/** A held message that is released becomes a message of the input that releases it, so its text has to stand beside that. */
import type { InputOf, SessionId } from '../../../model/input.ts'
import type { State } from '../../../model/state.ts'
import { reviewFault } from '../../../reducer/keeping/messages/holding.ts'
import type { KeptTexts } from '../texts.ts'
import { passed, type Refused, refused, type Vetted } from '../vetting/vetted.ts'

type Release = Pick<InputOf<'release'>, 'type' | 'target'>

export function withHeldText(
  state: State,
  session: SessionId,
  { target }: Release,
  { textOf }: Pick<KeptTexts, 'textOf'>,
): Vetted | Refused {
  const unfit = reviewFault(state, session, target)
  if (unfit) return refused(unfit.code, unfit.detail)
  const text = textOf(target)
  return text === null ? refused('held-unknown', `${target}`) : passed({ type: 'release', target }, text)
}
