/** The file of the commit log: opened, read whole, and written in its place. */
import { closeSync, constants, existsSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { LOG_GROWTH_BYTES } from '../../../model/limits.ts'

/** The name of the log beside a journal's file. */
export const logFile = (file: string): string => `${file}-log`

/** Opens or creates the file, for its user alone. A write returns when the data is on the disk. */
export function openLog(file: string): number {
  const fd = openSync(file, constants.O_RDWR | constants.O_CREAT | constants.O_DSYNC, 0o600)
  if (fstatSync(fd).size === 0) syncDirectory(dirname(file))
  return fd
}

/** A new file is there after a loss of power only if its directory is on the disk. */
function syncDirectory(directory: string): void {
  const fd = openSync(directory, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

export function bytesOf(fd: number): Buffer {
  const bytes = Buffer.alloc(fstatSync(fd).size)
  for (let at = 0; at < bytes.length; ) {
    const read = readSync(fd, bytes, at, bytes.length - at, at)
    if (read === 0) return bytes.subarray(0, at)
    at += read
  }
  return bytes
}

/** The file as it is now, for readers; nothing if there's none. A server may be writing it. */
export function peek(file: string): Buffer {
  if (!existsSync(file)) return Buffer.alloc(0)
  const fd = openSync(file, 'r')
  try {
    return bytesOf(fd)
  } finally {
    closeSync(fd)
  }
}

/** Overwrites the non-zero bytes of a stretch, and no hole behind it. `bytes` is the whole file. */
export function clear(fd: number, bytes: Buffer, from: number, to: number): void {
  const length = bytes.subarray(from, to).findLastIndex(byte => byte !== 0) + 1
  if (length > 0) writeSync(fd, Buffer.alloc(length), 0, length, from)
}

/** Makes room for the first commits. On a full disk there's none, and the first commit is refused. */
export function allocateFirst(fd: number): number {
  try {
    return writeSync(fd, Buffer.alloc(LOG_GROWTH_BYTES), 0, LOG_GROWTH_BYTES, 0)
  } catch {
    return 0
  }
}
