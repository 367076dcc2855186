/** Writes lines to stdout at the pace of the reader: a journal of any length needs only limited memory. */
import type { Writable } from 'node:stream'

/** Characters per write. */
const CHUNK = 65_536

export class Lines {
  readonly #out: Writable
  #open: string[] = []
  #size = 0
  #gone = false

  constructor(out: Writable) {
    this.#out = out
    // Output errors of all tools are reported in one place (src/program/terminal/output.ts).
    out.on('error', () => {})
  }

  /** Nothing more can be written. */
  get gone(): boolean {
    return this.#gone
  }

  add(line: string): void {
    this.#open.push(line, '\n')
    this.#size += line.length + 1
  }

  /** Whether enough is waiting to be flushed. */
  get isFull(): boolean {
    return this.#size >= CHUNK
  }

  async flush(): Promise<void> {
    if (this.#size === 0 || this.#gone) return
    const text = this.#open.join('')
    this.#open = []
    this.#size = 0
    await new Promise<void>(resolve => {
      this.#out.write(text, error => {
        this.#gone ||= Boolean(error)
        resolve()
      })
    })
  }
}
