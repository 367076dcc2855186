/** Sentences for the host while a server waits for clients before it stops, at the console and in the log. */
import { durationText } from '../../model/duration.ts'
import type { DrainEnd, Note } from './notes.ts'

export type DrainNote = Extract<Note, { type: 'draining' | 'drained' }>

/** Without its subject, the server. */
export function drainSentence(note: DrainNote): string {
  const those = note.connections === 1 ? '1 connection' : `${note.connections} connections`
  if (note.type === 'drained')
    return `waits no longer: ${OVER[note.why]}${note.why === 'left' ? '' : `. ${those} will be closed`}`
  const most = durationText(note.ms)
  return `waits for ${those} of line mode or classic, which can't go on at another node, ${most} at most. EXIT or a second signal ends the wait`
}

const OVER: Readonly<Record<DrainEnd, string>> = {
  left: 'nobody is left',
  time: 'the time of --drain is over',
  told: 'it was told again to stop',
  nowhere: 'there is no other node to go to',
  'cut-off': 'the log does not answer, so nobody can do anything here',
}
