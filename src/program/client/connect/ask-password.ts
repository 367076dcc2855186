/** Asks the user for a password without showing it on the terminal, before there is a chat. */
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { withoutBom } from '../../../model/text.ts'

type Question = { readonly input: NodeJS.ReadStream; readonly output: NodeJS.WriteStream; readonly question: string }

/** Null: nothing was typed, or the window is closed. */
export const askPassword = async (asked: Question): Promise<string | null> => (await askHidden(asked)) || null

/** Null: the input has ended, the user pressed Ctrl-C, or the window is closed. */
export function askHidden({ input, output, question }: Question): Promise<string | null> {
  const nowhere = new Writable({ write: (_, __, done) => done() })
  // An earlier drawn screen has unreferenced the input, and nothing else keeps the program running.
  input.ref()
  const lines = createInterface({ input, output: nowhere, terminal: true })
  output.write(question)
  return new Promise(resolve => {
    const answer = (line: string | null): void => {
      output.write('\n')
      lines.removeAllListeners('close').close()
      resolve(line === null ? null : withoutBom(line))
    }
    lines.once('line', answer)
    lines.once('close', () => answer(null))
    lines.on('error', () => lines.close())
  })
}
