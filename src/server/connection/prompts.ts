/** Prompts for a person in line mode. Programs get none. */
import type { Outgoing } from '../../codec/codec.ts'
import type { AskedSecret, CodecNext, CodecState, Effect } from './state.ts'

export const prompt = (what: Extract<Outgoing, { type: 'prompt' }>['what'], hidden = false): Effect => ({
  type: 'answer',
  outgoing: { type: 'prompt', what, ...(hidden ? { hidden } : {}) },
})

/** After hidden input, the terminal of the person shows the input again. */
export const shown = (hidden: boolean | undefined): readonly Effect[] =>
  hidden ? [{ type: 'answer', outgoing: { type: 'shown' } }] : []

/** The next line is the secret. A client that sent it along is not asked for it. */
export function askSecret(state: CodecState, asked: AskedSecret): CodecNext {
  const { decoder } = state.codec
  const what = asked.for === 'register' || asked.for === 'new-password' ? 'new-password' : 'password'
  const hidden = decoder.hides?.(state.carry) ?? false
  return [{ ...state, asked }, decoder.size(state.carry) > 0 ? [] : [prompt(what, hidden)]]
}
