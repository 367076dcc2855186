/** The host's requests to the server: commands, whose events follow, and questions, whose answers are shown. */
import { listLines } from '../../../../codec/list-lines.ts'
import { historyLineOf, pastLines, pinLines } from '../../../../codec/past-lines.ts'
import type { Command, Query } from '../../../../model/command.ts'
import { errorText } from '../../../../model/error.ts'
import { LOBBY } from '../../../../model/name/standing.ts'
import type { Host } from '../host.ts'
import { settledOrCutOff } from '../settled.ts'

export function ask(host: Host, command: Command): void {
  const refused = host.server.host(command)
  if (refused) host.print(errorText(refused.code, refused.detail))
}

/** Pasted lines run one after another: a search doesn't find messages that the line before has deleted. */
export const look = (host: Host, query: Query): void => settledOrCutOff(host.server, () => void tell(host, query))

/** If the history is damaged, the host gets a sentence, and the server continues. */
async function tell({ server, print, showWide, showFound, stamp }: Host, query: Query): Promise<void> {
  try {
    const answer = await server.ask(query)
    if (answer.type === 'past') {
      const past = { ...answer, messages: answer.messages.map(historyLineOf) }
      if (answer.words !== null) showFound(past)
      else pastLines(past, stamp).forEach(print)
    } else if (answer.type === 'messages')
      pinLines(answer.room ?? LOBBY, answer.messages.map(historyLineOf), stamp).forEach(print)
    else if (answer.type === 'list') showWide(() => listLines(answer, stamp))
    else if (answer.type === 'rejected') print(errorText(answer.code, answer.detail))
  } catch (error) {
    print(String(error instanceof Error ? error.message : error))
  }
}
