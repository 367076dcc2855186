/** TRY at the console: the result of a rule, tried on the past. The answer comes when the work is done. */
import { triedLines } from '../../../../codec/tried-lines.ts'
import { errorText } from '../../../../model/error.ts'
import { readTypedTrial } from '../../../../model/keeping/typed-trial.ts'
import type { Host } from '../host.ts'

export const TRY_ARGS = 'rule [over time] [in #room]'

export const isTryCommand = (rest: string): boolean => readTypedTrial(rest) !== null

export function runTry({ server, print, stamp }: Pick<Host, 'server' | 'print' | 'stamp'>, rest: string): void {
  const typed = readTypedTrial(rest)
  if (!typed) return print(errorText('usage', `TRY ${TRY_ARGS}`))
  const { room = null, ...trial } = typed
  print(`TRY: ${trial.rule} is being tried.`)
  server.ask({ type: 'try', room, ...trial }).then(
    answer => {
      if (answer.type === 'tried') for (const line of triedLines(answer, stamp)) print(line)
      else if (answer.type === 'rejected') print(errorText(answer.code, answer.detail))
    },
    (error: unknown) => print(String(error instanceof Error ? error.message : error)),
  )
}
