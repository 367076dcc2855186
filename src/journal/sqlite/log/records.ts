/**
 * Commits as bytes. A record is one commit: its length, its checksum, and its inputs with the texts beside them. The
 * checksum begins with that of the record before, or of the header, so leftovers of an earlier use of the file never
 * pass for a record.
 */
import { crc32 } from 'node:zlib'
import { type Entry, type Input, textsOf } from '../../../model/input.ts'

/** An input in its place, as the tables get it: with its JSON, and the checksum of all inputs up to it. */
export type Committed = { readonly entry: Entry; readonly json: string; readonly sum: number }

/** `at` and `length` in bytes. `sum` is the checksum of all inputs before the record, `check` its own. */
export type LogRecord = {
  readonly at: number
  readonly length: number
  readonly check: number
  readonly sum: number
  readonly inputs: readonly Committed[]
}

/** Length and checksum; then the first `seq`, and the checksum of all inputs before it. */
const HEAD_BYTES = 8
const BODY_BYTES = 10
/** For each input: the lengths of its JSON and of its text, and its checksum. */
const INPUT_BYTES = 12
const NO_TEXT = 0xffffffff
/** UTF-8 needs no more for a UTF-16 unit. */
const UNIT_BYTES = 3

/** Writes records into one buffer, which the next record overwrites. */
export class RecordWriter {
  #buffer = Buffer.allocUnsafe(65_536)

  /** `before` is the check of the record before, `sum` the checksum of all inputs before; `lead` bytes are left free. */
  write(
    inputs: readonly Committed[],
    sum: number,
    before: number,
    lead: number,
  ): { readonly bytes: Buffer; readonly check: number } {
    this.#makeRoom(inputs, lead)
    const buffer = this.#buffer
    const body = lead + HEAD_BYTES
    buffer.writeUIntLE(inputs[0]?.entry.seq ?? 0, body, 6)
    buffer.writeUInt32LE(sum, body + 6)
    let end = body + BODY_BYTES
    for (const { entry, json, sum: link } of inputs) {
      const { text } = entry.texts
      const begin = end + INPUT_BYTES
      const bytes = buffer.write(json, begin)
      const textBytes = text === undefined ? 0 : buffer.write(text, begin + bytes)
      buffer.writeUInt32LE(bytes, end)
      buffer.writeUInt32LE(text === undefined ? NO_TEXT : textBytes, end + 4)
      buffer.writeUInt32LE(link, end + 8)
      end = begin + bytes + textBytes
    }
    const check = crc32(buffer.subarray(body, end), before)
    buffer.writeUInt32LE(end - body, lead)
    buffer.writeUInt32LE(check, lead + 4)
    return { bytes: buffer.subarray(0, end), check }
  }

  #makeRoom(inputs: readonly Committed[], lead: number): void {
    let most = lead + HEAD_BYTES + BODY_BYTES
    for (const { entry, json } of inputs) {
      most += INPUT_BYTES + (json.length + (entry.texts.text?.length ?? 0)) * UNIT_BYTES
    }
    if (most > this.#buffer.length) this.#buffer = Buffer.allocUnsafe(most)
  }
}

/** The records from `at` on, up to the first that isn't whole. `before` is the check before the first. */
export function* recordsIn(bytes: Buffer, at: number, before: number): Generator<LogRecord> {
  let check = before
  for (let begin = at; begin + HEAD_BYTES + BODY_BYTES <= bytes.length; ) {
    const body = begin + HEAD_BYTES
    const end = body + bytes.readUInt32LE(begin)
    if (end > bytes.length || end < body + BODY_BYTES) return
    check = crc32(bytes.subarray(body, end), check)
    if (check !== bytes.readUInt32LE(begin + 4)) return
    const sum = bytes.readUInt32LE(body + 6)
    yield { at: begin, length: end - begin, check, sum, inputs: inputsIn(bytes, body, end) }
    begin = end
  }
}

function inputsIn(bytes: Buffer, body: number, end: number): readonly Committed[] {
  const inputs: Committed[] = []
  let seq = bytes.readUIntLE(body, 6)
  for (let at = body + BODY_BYTES; at < end; seq++) {
    const jsonEnd = at + INPUT_BYTES + bytes.readUInt32LE(at)
    const textBytes = bytes.readUInt32LE(at + 4)
    const textEnd = textBytes === NO_TEXT ? jsonEnd : jsonEnd + textBytes
    const json = bytes.toString('utf8', at + INPUT_BYTES, jsonEnd)
    const texts = textsOf(textBytes === NO_TEXT ? null : bytes.toString('utf8', jsonEnd, textEnd))
    const entry = { seq, input: JSON.parse(json) as Input, texts, quarantined: null }
    inputs.push({ entry, json, sum: bytes.readUInt32LE(at + 8) })
    at = textEnd
  }
  return inputs
}
