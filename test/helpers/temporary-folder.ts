/** A folder for one test. */
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Removed when the test is over. */
export function temporaryFolder(within = tmpdir()): string {
  const folder = mkdtempSync(join(within, 'rxchat-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** In memory, if the system can. For tests that write hundreds of files, and need no disk for their result. */
export const folderInMemory = (): string => temporaryFolder(isWritable('/dev/shm') ? '/dev/shm' : tmpdir())

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}
