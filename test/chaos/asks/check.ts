/** Faults after a run of asks. The journal has the questions, and the outcome of each. */
import { openRecording } from '../../../src/journal/open-recording.ts'
import type { ConcludedEvent } from '../../../src/model/event.ts'
import { textAsked } from '../../../src/model/question.ts'
import { Replay } from '../../../src/replay/replay.ts'
import type { Asked, Asker } from './asker.ts'

export type One = { readonly asked: Asked; readonly asker: Asker }

const TIMED_OUT = 124

export async function checked(directory: string, all: readonly One[]): Promise<readonly string[]> {
  const { asks, ends } = await questionsOf(directory)
  return all.flatMap(({ asked, asker }) => {
    const { question, choices, isIgnored } = asked
    const seqs = asks.get(textAsked(question, 'ask', choices)) ?? []
    const [seq = 0] = seqs
    const outcomes = ends.get(seq) ?? []
    const [end] = outcomes
    const code = end?.outcome === 'decided' ? end.choice : end?.outcome === 'expired' ? TIMED_OUT : undefined
    const stdout = end?.outcome === 'decided' ? `${end.by}: ${choices[end.choice ?? -1]}` : ''
    const [first, again] = asker.ends
    const wrongs: readonly (readonly [boolean, string])[] = [
      [seqs.length !== 1, `is there ${seqs.length} times`],
      [outcomes.length !== 1, `has ${outcomes.length} outcomes`],
      [isIgnored !== (code === TIMED_OUT), `ended with ${end?.outcome}`],
      ...[first, again].flatMap((one, at) => [
        [
          one.code !== code,
          `gave process ${at} exit code ${one.code}, not ${code}, after ${one.ms} ms: ${one.stderr.join(' ')}`,
        ] as const,
        [one.stdout !== stdout, `printed "${one.stdout}" by process ${at}, not "${stdout}"`] as const,
      ]),
    ]
    return wrongs.flatMap(([is, what]) => (is ? [`${question} ${what}`] : []))
  })
}

/** The questions by their texts, and how each ended. */
async function questionsOf(directory: string) {
  const { base, batches } = await openRecording(directory, process.stdin)
  const replay = new Replay(base)
  const asks = new Map<string, readonly number[]>()
  const ends = new Map<number, readonly ConcludedEvent[]>()
  for await (const batch of batches) {
    for (const entry of batch) {
      const outcome = replay.fold(entry)
      if (outcome.type !== 'folded') throw new Error(`input ${entry.seq} was set aside: ${outcome.reason}`)
      const text = entry.texts.text ?? ''
      for (const { event } of outcome.step.events) {
        if (event.type === 'said' && event.ask) asks.set(text, [...(asks.get(text) ?? []), entry.seq])
        if (event.type === 'concluded') ends.set(event.target, [...(ends.get(event.target) ?? []), event])
      }
    }
  }
  return { asks, ends }
}
