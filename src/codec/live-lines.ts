/** Live messages in words. */
import { durationText } from '../model/duration.ts'
import type { FinishedEvent, LiveEnd, LiveView } from '../model/message/live.ts'
import { decoded, liveText } from '../model/message/live-text.ts'
import { excerpt, type Quoted } from './quotation.ts'
import { sizeText } from './said-lines.ts'

/** `ended with status 2 after 12 s, 34 KB`. */
export function endText({ size, total, status, ms, interrupted }: LiveEnd): string {
  const how = interrupted ? 'was interrupted' : status === null ? 'ended' : `ended with status ${status}`
  return `${how}${ms === null ? '' : ` after ${durationText(ms)}`}, ${sizeText(size)}${total === undefined ? '' : ` of ${sizeText(total)}`}`
}

/** `✓`, `✗`, or nothing that can be said of it. */
export const endSign = ({ status, interrupted }: LiveEnd): string =>
  interrupted || (status !== null && status !== 0) ? '✗' : '✓'

/**
 * The sentence for clients that don't show the message grow. `tail`: the text beside the input, its last lines if
 * `event` says so.
 */
export function finishedSentence(event: FinishedEvent, quoted?: Quoted | null, tail?: string | null): string {
  const title = quoted?.text ? ` "${excerpt(quoted.text)}"` : ''
  const lines = event.tail ? (tail ?? '') : ''
  const last = excerpt(lines.slice(lines.lastIndexOf('\n') + 1))
  return `The output${title} of ${event.from} ${endText(event)}${last === '' ? '' : `: ${last}`} (/output ${event.target}).`
}

/** The addition of a line about the message to its title. */
export const liveNote = ({ size, end }: Pick<LiveView, 'size' | 'end'>): string =>
  end ? endText(end) : `growing, ${sizeText(size)}`

type PartOfOutput = {
  readonly target: number
  readonly offset: number
  readonly size: number
  readonly data: string
  readonly end: LiveEnd | null
}

/** The lines of a part of an output, for a person without another way to read it. */
export function outputLines(output: PartOfOutput): readonly string[] {
  const { target, offset, size, data, end } = output
  const lines = liveText(decoded(bytesOf(data)))
    .replace(/\n$/, '')
    .split('\n')
  const [shown, more] = [lines.slice(-LINES_SHOWN), lines.length > LINES_SHOWN || offset > 0]
  const about = `Output ${target} ${end ? endText(end) : `grows, ${sizeText(size)}`}`
  const rest = more ? ` These are its last lines; \`rxchat --get ${target}\` has all.` : ''
  return [`${about}.${rest}`, ...(size === 0 ? [] : shown.map(line => `| ${line}`))]
}

/** Twice the lines of a screen. */
const LINES_SHOWN = 50

const bytesOf = (data: string): Uint8Array => Uint8Array.from(atob(data), char => char.charCodeAt(0))
