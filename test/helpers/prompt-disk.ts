/** A disk for tests in virtual time, which don't wait for a real one: it writes at once, and is never waited for. */
import { writeSync } from 'node:fs'
import type { Disk } from '../../src/journal/sqlite/file/disk.ts'

export const promptDisk: Disk = {
  write: async (fd, bytes, at) => void writeSync(fd, bytes, 0, bytes.length, at),
  sync: async () => {},
}
