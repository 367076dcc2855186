/** The output of a live message under its title: its last lines, one row each, and how it goes or has ended. */
import { endSign } from '../../../../client/chat/messages/live.ts'
import { endText } from '../../../../codec/live-lines.ts'
import { sizeText } from '../../../../codec/said-lines.ts'
import { durationText } from '../../../../model/duration.ts'
import type { LiveView } from '../../../../model/message/live.ts'
import { type StyledLine, span } from '../../../text/line.ts'

type Growing = { readonly seq: number; readonly live: LiveView; readonly ms: number }

/** `ms`: how long it has been growing. */
export function liveLines({ seq, live: { size, tail, end }, ms }: Growing): readonly StyledLine[] {
  const lines = tail === '' ? [] : tail.split('\n')
  const state = end
    ? span(`${endSign(end)} ${endText(end)}`, { role: endSign(end) === '✓' ? 'accent' : 'error' })
    : span(`● running for ${durationText(ms)}, ${sizeText(size)}`, { role: 'accent' })
  const hint = size === 0 ? [] : [span(`  /output ${seq}, or rxchat --get ${seq}`, { role: 'quiet' })]
  return [...lines.map((line): StyledLine => [span('│ ', { role: 'quiet' }), span(line)]), [state, ...hint]]
}
