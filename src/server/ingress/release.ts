/** A held message that is released becomes a message of the input that releases it, so its text has to stand beside that. */
import type { InputOf } from '../../model/input.ts'
import type { KeptTexts } from './texts.ts'
import { passed, type Refused, refused, type Vetted } from './vetted.ts'

type Release = Pick<InputOf<'release'>, 'type' | 'target'>

export function withHeldText({ target }: Release, { textOf }: Pick<KeptTexts, 'textOf'>): Vetted | Refused {
  const text = textOf(target)
  return text === null ? refused('held-unknown', `${target}`) : passed({ type: 'release', target }, text)
}
