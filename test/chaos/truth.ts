/** The events according to a directory's journal: the reference for the records of all clients. */
import { openRecording } from '../../src/journal/open-recording.ts'
import type { State } from '../../src/model/state.ts'
import { Replay } from '../../src/replay/replay.ts'
import type { Message, Truth } from './check.ts'
import { MARKER, type Members } from './record.ts'
import { readTalk } from './talk.ts'

export async function readTruth(directory: string): Promise<Truth> {
  const { base, batches } = await openRecording(directory, process.stdin)
  const replay = new Replay(base)
  const messages: Message[] = []
  const members: Members[] = []
  for await (const batch of batches) {
    for (const entry of batch) {
      const outcome = replay.fold(entry)
      if (outcome.type !== 'folded') throw new Error(`input ${entry.seq} was set aside: ${outcome.reason}`)
      const { seq } = entry
      const text = entry.texts.text ?? ''
      for (const { event } of outcome.step.events) {
        if (event.type !== 'said' && event.type !== 'told') continue
        const room = event.type === 'said' ? event.room : null
        messages.push({ seq, room, text })
        if (room !== null && readTalk(text)?.author === MARKER)
          members.push({ seq, room, names: namesIn(replay.state, room) })
      }
    }
  }
  return { messages, members }
}

const namesIn = ({ rooms }: State, room: string): readonly string[] =>
  [...(rooms.get(room)?.members.values() ?? [])].map(({ name }) => name).sort()
