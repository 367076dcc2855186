/** A disk that can be full: a small file system. It needs Linux, and root to mount it. */
import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export type SmallDisk = {
  /** A folder on it that does not exist yet. */
  readonly data: string
  /** Fills it to the last byte. */
  readonly fill: () => void
  /** Takes `bytes`; earlier ones are free again. */
  readonly take: (bytes: number) => void
  readonly free: () => void
  readonly unmount: () => void
}

const PIECE = Buffer.alloc(1_048_576)

/** Null: this user may not mount one. */
export function mountSmallDisk(folder: string, mebibytes: number): SmallDisk | null {
  const disk = join(folder, 'disk')
  const ballast = join(disk, 'ballast')
  mkdirSync(disk)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', disk], { stdio: 'ignore' })
  } catch {
    return null
  }
  const free = (): void => rmSync(ballast, { force: true })
  const take = (bytes: number): void => {
    free()
    const file = openSync(ballast, 'w')
    try {
      for (let left = bytes; left > 0; ) left -= writeSync(file, PIECE, 0, Math.min(left, PIECE.length))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    } finally {
      closeSync(file)
    }
  }
  return {
    data: join(disk, 'data'),
    take,
    free,
    fill: () => take(Number.POSITIVE_INFINITY),
    unmount: () => void execFileSync('umount', [disk]),
  }
}
