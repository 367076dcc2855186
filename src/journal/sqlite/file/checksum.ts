/**
 * Checksums, because SQLite has none per page. CRC-32 finds damage by a disk, not forgery. The checksums of inputs are
 * chained, so that a lost, doubled or foreign row shows too (docs/decisions/0015).
 */
import { crc32 } from 'node:zlib'

/** The checksum of the input (as JSON) in place `seq`, after an input with checksum `before`. */
export const chained = (before: number, seq: number, input: string): number => crc32(`${seq} ${input}`, before)

/** The checksum of several fields together. */
export const sumOf = (...fields: readonly (string | number | null)[]): number => crc32(JSON.stringify(fields))
