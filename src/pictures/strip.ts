/** Answers the requests of a format's reader, from pieces of any length. */
import { joined } from './bytes.ts'
import type { Ask, Reading } from './reading.ts'

const NOTHING = new Uint8Array(0)
const ZEROS = new Uint8Array(4096)

export class Strip<T> {
  readonly #reading: Reading<T>
  #ask: Ask | null
  #result: T | null = null
  /** The current piece, and the number of its bytes that are read. */
  #piece: Uint8Array = NOTHING
  #at = 0
  /** Parts of a header that isn't whole yet. */
  #parts: Uint8Array[] = []
  /** Bytes that are still to come for the current request. */
  #left = 0
  /** The last byte of the pixels was 0xFF, and the next one tells its meaning. */
  #afterFF = false
  /** Bytes that are passed on, and a stretch of the piece after them, which still grows. */
  #passed: Uint8Array[] = []
  #from = 0
  #until = 0

  constructor(reading: Reading<T>) {
    this.#reading = reading
    this.#ask = null
    this.#next(NOTHING)
  }

  /** Null: it isn't at its end. */
  get result(): T | null {
    return this.#result
  }

  /** Throws a Damage. Bytes after the end of the picture aren't passed on. */
  push(piece: Uint8Array): readonly Uint8Array[] {
    this.#piece = piece
    this.#at = 0
    this.#passed = []
    this.#from = this.#until = 0
    while (this.#ask && (this.#at < piece.length || this.#ask.do === 'write')) this.#answer(this.#ask)
    this.#cut()
    return this.#passed
  }

  #next(answer: Uint8Array): void {
    const { value, done } = this.#reading.next(answer)
    if (done) {
      this.#ask = null
      this.#result = value
      return
    }
    this.#ask = value
    this.#left = 'bytes' in value && typeof value.bytes === 'number' ? value.bytes : 0
  }

  #answer(ask: Ask): void {
    switch (ask.do) {
      case 'write':
        this.#pass(ask.bytes)
        return this.#next(NOTHING)
      case 'scan':
      case 'seek':
        return this.#scan(ask.do === 'scan')
      case 'read':
      case 'take':
        return this.#collect(ask.do === 'take')
      case 'copy':
      case 'zero':
      case 'skip':
        return this.#run(ask.do)
    }
  }

  #run(what: 'copy' | 'zero' | 'skip'): void {
    const bytes = Math.min(this.#left, this.#piece.length - this.#at)
    if (what === 'copy') this.#keep(this.#at, this.#at + bytes)
    if (what === 'zero') for (let at = 0; at < bytes; at += ZEROS.length) this.#pass(ZEROS.subarray(0, bytes - at))
    this.#at += bytes
    this.#left -= bytes
    if (this.#left === 0) this.#next(NOTHING)
  }

  #collect(isPassed: boolean): void {
    const bytes = Math.min(this.#left, this.#piece.length - this.#at)
    const part = this.#piece.subarray(this.#at, this.#at + bytes)
    if (isPassed) this.#keep(this.#at, this.#at + bytes)
    this.#at += bytes
    this.#left -= bytes
    if (this.#left > 0) return void this.#parts.push(part.slice())
    const whole = this.#parts.length === 0 ? part : joined([...this.#parts, part])
    this.#parts = []
    this.#next(whole)
  }

  /** 0xFF 0x00 is a byte of the pixels, 0xFF 0xD0 to 0xD7 stand between parts of them, and 0xFF may be repeated. */
  #scan(isPassed: boolean): void {
    while (this.#at < this.#piece.length) {
      if (!this.#afterFF) {
        const found = this.#piece.indexOf(0xff, this.#at)
        const end = found < 0 ? this.#piece.length : found
        if (isPassed) this.#keep(this.#at, end)
        this.#at = found < 0 ? end : end + 1
        this.#afterFF = found >= 0
        continue
      }
      const code = this.#piece[this.#at++] as number
      if (code === 0xff) continue
      this.#afterFF = false
      const isPixels = code === 0 || (code >= 0xd0 && code <= 0xd7)
      if (!isPixels) return this.#next(Uint8Array.of(code))
      if (!isPassed) continue
      if (this.#at >= 2) this.#keep(this.#at - 2, this.#at)
      else this.#pass(Uint8Array.of(0xff, code))
    }
  }

  /** Passes on a stretch of the piece: a part of it, however many readers asked for parts of that. */
  #keep(from: number, until: number): void {
    if (from !== this.#until) {
      this.#cut()
      this.#from = from
    }
    this.#until = until
  }

  #pass(bytes: Uint8Array): void {
    this.#cut()
    if (bytes.length > 0) this.#passed.push(bytes)
  }

  #cut(): void {
    if (this.#until > this.#from) this.#passed.push(this.#piece.subarray(this.#from, this.#until))
    this.#from = this.#until
  }
}
