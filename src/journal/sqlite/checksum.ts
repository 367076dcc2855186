/**
 * Checksums, since SQLite has none per page: CRC-32, which finds what a disk does to data, not what a person does. Those
 * of inputs are chained, so that a lost, doubled or foreign row shows too (docs/decisions/0015).
 */
import { crc32 } from 'node:zlib'

/** Of the input in place `seq`, as JSON, after the one whose checksum is `before`. */
export const chained = (before: number, seq: number, input: string): number => crc32(`${seq} ${input}`, before)

/** Of some fields together. */
export const sumOf = (...fields: readonly (string | number | null)[]): number => crc32(JSON.stringify(fields))

/** The same as `sumOf`, at half the cost: every message that is read is checked. */
export const sumOfText = (seq: number, text: string): number => crc32(`[${seq},${JSON.stringify(text)}]`)
