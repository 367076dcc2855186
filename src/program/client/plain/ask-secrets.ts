/** Asks for the secrets of an account line by line, with hidden input, while the chat goes on above. */
import { answered, hint, question, type SecretPrompt, secretPrompt } from '../../../client/input/secret-prompt.ts'
import type { SecretWanted } from '../../../model/slash/row.ts'
import type { Prompt } from '../../terminal/prompt.ts'
import type { ChatAccount } from '../account/chat-account.ts'

type Asking = Pick<Prompt, 'show' | 'secret'> & { readonly account: ChatAccount | null }

const CANNOT_HIDE = 'This terminal cannot hide what you type. Give the password after the command.'
const NOT_BY_TOKEN = 'A token has no account. Join under a name of your own.'

export async function askSecrets(wanted: SecretWanted, { show, secret, account }: Asking): Promise<void> {
  if (account === null) return show([NOT_BY_TOKEN])
  if (wanted.what === 'login' && account.logIn(wanted.name)) return
  if (!secret) return show([CANNOT_HIDE])
  let prompt: SecretPrompt = secretPrompt(wanted)
  for (;;) {
    show([`(${hint(prompt, account.hasKeys)})`])
    const typed = await secret(question(prompt))
    const next = typed === null ? { answer: null } : answered(prompt, typed, account.hasKeys)
    if ('answer' in next) {
      if (next.answer) account.answer(next.answer)
      return show(next.answer ? [] : ['Nothing was changed.'])
    }
    prompt = next.prompt
  }
}
