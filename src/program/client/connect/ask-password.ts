/** Asks the user for a password without showing it on the terminal. */
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { withoutBom } from '../../../model/text.ts'

/** Null: nothing was typed, or the window is closed. */
export function askPassword(input: NodeJS.ReadStream, output: NodeJS.WriteStream): Promise<string | null> {
  const nowhere = new Writable({ write: (_, __, done) => done() })
  // An earlier drawn screen has unreferenced the input, and nothing else keeps the program running.
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
    // The end of the input, Ctrl-C, or a closed window.
    lines.once('close', () => answer(null))
    lines.on('error', () => lines.close())
  })
}
