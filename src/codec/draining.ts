/** The sentence for people whose client can't go on at another server by itself, when theirs is about to stop. */
import { durationText } from '../model/duration.ts'

/** `nodes`: the addresses of other servers of the chat. */
export function drainingText(ms: number, nodes: readonly string[]): string {
  const places = nodes.length === 0 ? '' : ` Join again at ${nodes.join(' or ')}.`
  return `This server stops in ${durationText(ms)} at the latest.${places}`
}
