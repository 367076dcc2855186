/** The output of a live message under its title: its last lines, one row each, and how it goes or has ended. */
import { signOf, stateOf } from '../../../../client/chat/messages/live.ts'
import type { LiveView } from '../../../../model/message/live.ts'
import { type StyledLine, span } from '../../../text/line.ts'

type Growing = { readonly seq: number; readonly live: LiveView; readonly ms: number }

/** `ms`: how long it has been growing. */
export function liveLines({ seq, live, ms }: Growing): readonly StyledLine[] {
  const lines = live.tail === '' ? [] : live.tail.split('\n')
  const sign = signOf(live)
  const state = span(`${sign} ${stateOf(live, ms)}`, { role: sign === '✗' ? 'error' : 'accent' })
  const hint = live.size === 0 ? [] : [span(`  /output ${seq}`, { role: 'quiet' })]
  return [...lines.map((line): StyledLine => [span('│ ', { role: 'quiet' }), span(line)]), [state, ...hint]]
}
