/** How the journal waits for the disk: off the event loop. A test in virtual time, which waits for no disk, has its own. */
import { fdatasync, write } from 'node:fs'
import { promisify } from 'node:util'

export type Disk = {
  /** Writes all bytes to this place of the file. Rejects if some of them may be missing. */
  readonly write: (fd: number, bytes: Uint8Array, at: number) => Promise<void>
  /** Resolves when all writes to the file survive a loss of power. */
  readonly sync: (fd: number) => Promise<void>
}

export const systemDisk: Disk = {
  write: (fd, bytes, at) =>
    new Promise((resolve, reject) => {
      const next = (from: number): void => {
        write(fd, bytes, from, bytes.length - from, at + from, (error, written) => {
          if (error) reject(error)
          else if (from + written < bytes.length) next(from + written)
          else resolve()
        })
      }
      next(0)
    }),
  sync: promisify(fdatasync),
}
