/** `rxchat-server completion`: the completions of both programs for a shell, made from their manuals. */

import { MANUAL as CLIENT } from '../../cli/client.ts'
import { MANUAL as SERVER } from '../../cli/server.ts'
import { COMPLETION, SHELLS } from '../../cli/tools.ts'
import { readArguments } from '../../config/arguments.ts'
import { UsageError } from '../../config/usage.ts'
import { bashCompletion } from '../../manual/completion/bash.ts'
import { fishCompletion } from '../../manual/completion/fish.ts'
import { zshCompletion } from '../../manual/completion/zsh.ts'
import { helpText } from '../../manual/help.ts'
import { Lines } from './lines.ts'
import type { Io } from './run.ts'

const FOR = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion }

export async function completion(argv: readonly string[], { stdout }: Io): Promise<number> {
  const read = readArguments(argv, COMPLETION.flags, () => helpText(COMPLETION))
  if (typeof read === 'string') {
    stdout.write(read)
    return 0
  }
  const [word, other] = read.words
  const shell = SHELLS.find(known => known === word)
  if (shell === undefined || other !== undefined) {
    throw new UsageError(`Name one shell: rxchat-server completion ${SHELLS.join('|')}.`)
  }
  const lines = new Lines(stdout)
  lines.add(FOR[shell]([CLIENT, SERVER]).trimEnd())
  await lines.flush()
  return 0
}
