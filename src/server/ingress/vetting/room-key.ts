/** The key of a room as a hash: the word itself is in no journal. */
import { createHash } from 'node:crypto'

/** Hexadecimal SHA-256. Rooms with the same key have different hashes. */
export const roomKeyHash = (room: string, key: string): string =>
  createHash('sha256')
    .update(`${room}\0${key.normalize('NFC')}`)
    .digest('hex')
