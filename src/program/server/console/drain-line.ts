/** What the host reads while the server waits for clients before it stops. */
import { type DrainNote, drainSentence } from '../log/cluster-line.ts'

export const drainLine = (note: DrainNote): string => `The server ${drainSentence(note)}.`
