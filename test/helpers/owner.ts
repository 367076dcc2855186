/** The process of the server: the launcher itself, or its child if the launcher runs on an older Node. Linux only. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { RunningServer } from './program.ts'

/** The process that listens on the server's port. */
export function ownerOf({ port, child }: RunningServer): number {
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const rows = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map(row => row.trim().split(/\s+/))
  const LISTENING = '0A'
  const inode = rows.find(([, address = '', , state]) => address.endsWith(local) && state === LISTENING)?.[9]
  const isOwner = (pid: string): boolean => {
    try {
      const folder = join('/proc', pid, 'fd')
      return readdirSync(folder).some(fd => readlinkSync(join(folder, fd)) === `socket:[${inode}]`)
    } catch {
      return false // the process is gone, or belongs to another user
    }
  }
  const owner = [String(child.pid), ...readdirSync('/proc').filter(name => /^\d+$/.test(name))].find(isOwner)
  if (!owner) throw new Error(`nobody listens on port ${port}`)
  return Number(owner)
}
