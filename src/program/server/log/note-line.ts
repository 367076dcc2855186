/** Log lines of a server's notes. */
import type { Note } from '../../../server/observe/notes.ts'
import { ofClusterNote } from './cluster-line.ts'
import type { LogLine } from './line.ts'

export function ofNote(note: Note): LogLine {
  const { type: event, ...fields } = note
  switch (note.type) {
    case 'connected':
      return { level: 'debug', event, message: 'connection opened', fields }
    case 'spoke':
      return { level: 'debug', event, message: `connection speaks ${note.protocol}`, fields }
    case 'refused': {
      const { address, protocol, code } = note
      const [level, message] = note.entering ? (['info', 'refused to admit'] as const) : (['debug', 'refused'] as const)
      return { level, event, message: `${message}: ${code}`, fields: { address, protocol, code } }
    }
    case 'gave-up':
      return { level: 'info', event, message: `connection dropped: ${note.code}`, fields }
    case 'disconnected':
      return { level: 'debug', event, message: 'connection closed', fields }
    case 'hook-paused':
      return { level: 'warn', event, message: `hook ${note.hook} is paused: HOOK LIST shows why`, fields }
    case 'clock-jumped': {
      const seconds = Math.round(Math.abs(note.ms) / 1000)
      const way = note.ms > 0 ? 'ahead' : 'back'
      return { level: 'warn', event, message: `the clock jumped ${way} by ${seconds} s, or the machine slept`, fields }
    }
    case 'forgot':
      return { level: 'info', event, message: 'forgot messages beyond the limit of --keep', fields }
    default:
      return ofClusterNote(note)
  }
}
