/**
 * A lock that a process of this user holds on a file, and that a kill releases. The file is removed with the lock. Its
 * directory entry may change while another process opens it, so a lock counts only if it is on the file that has the
 * path afterwards.
 */
import { closeSync, fchmodSync, fstatSync, openSync, rmSync, statSync } from 'node:fs'
import { hold } from '../../../journal/sqlite/file/lock.ts'

/** The system doesn't keep a process from taking its own lock again, and closing the file would release it. */
const heldHere = new Set<string>()

/** Returns a function that removes the file and unlocks it; null: it's held. Throws if it can't be locked. */
export function holdRemovable(path: string): (() => void) | null {
  if (heldHere.has(path)) return null
  for (;;) {
    // Open as long as the lock lasts: so the system can't give the number of this file to another one.
    const fd = openSync(path, 'a', 0o600)
    let free: (() => void) | null = null
    let isKept = false
    try {
      fchmodSync(fd, 0o600)
      free = hold(path)
      const there = statSync(path, { bigint: true, throwIfNoEntry: false })
      const isStillThere = there?.ino === fstatSync(fd, { bigint: true }).ino
      isKept = isStillThere && free !== null
      if (isStillThere) return free && held(path, fd, free)
    } finally {
      if (!isKept) {
        free?.()
        closeSync(fd)
      }
    }
  }
}

function held(path: string, fd: number, free: () => void): () => void {
  heldHere.add(path)
  const release = (): void => {
    if (!heldHere.delete(path)) return
    process.off('exit', release)
    try {
      rmSync(path, { force: true })
    } finally {
      free()
      closeSync(fd)
    }
  }
  process.once('exit', release)
  return release
}
