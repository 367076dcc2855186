/** Asks a person for a password, on a terminal that does not show it. */
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { withoutBom } from '../../model/text.ts'

/** Null: nothing was typed, or the window is closed. */
export function askPassword(input: NodeJS.ReadStream, output: NodeJS.WriteStream): Promise<string | null> {
  const nowhere = new Writable({ write: (_, __, done) => done() })
  // A screen that was drawn before has let go of it, and nothing else keeps the program waiting.
  input.ref()
  const lines = createInterface({ input, output: nowhere, terminal: true })
  output.write('Password: ')
  return new Promise(resolve => {
    const answer = (line: string | null): void => {
      output.write('\n')
      lines.removeAllListeners('close').close()
      resolve(line === null || withoutBom(line) === '' ? null : withoutBom(line))
    }
    lines.once('line', answer)
    // The end of the input, Ctrl-C, and a window that was closed.
    lines.once('close', () => answer(null))
    lines.on('error', () => lines.close())
  })
}
