/** Asks for the password that an account is to be registered with, on a terminal, before there is a chat. */
import { answered, hint, question, type SecretPrompt, secretPrompt } from '../../../client/input/secret-prompt.ts'
import { askHidden } from '../connect/ask-password.ts'

type Streams = { readonly stdin: NodeJS.ReadStream; readonly stdout: NodeJS.WriteStream }

/** `password` null: none is wanted. Null: the user has given up. */
export async function askNewPassword(
  { stdin, stdout }: Streams,
  name: string,
): Promise<{ readonly password: string | null } | null> {
  let prompt: SecretPrompt = secretPrompt({ what: 'register', name })
  stdout.write(`${name} becomes an account, with a key of this machine.\n`)
  for (;;) {
    stdout.write(`(${hint(prompt, true)})\n`)
    const typed = await askHidden({ input: stdin, output: stdout, question: question(prompt) })
    if (typed === null) return null
    const next = answered(prompt, typed, true)
    if ('answer' in next) return next.answer?.what === 'register' ? { password: next.answer.password } : null
    prompt = next.prompt
  }
}
