/** Sets of small numbers as bits, in rows of as many words. */
const WORD = 5

export const wordsFor = (count: number): number => (count + 31) >>> WORD

/** Rows of `words` words each. */
export class Rows {
  readonly words: number
  readonly data: Int32Array

  constructor(rows: number, words: number) {
    this.words = words
    this.data = new Int32Array(rows * words)
  }

  has(row: number, bit: number): boolean {
    return ((this.data[row * this.words + (bit >>> WORD)] as number) & (1 << (bit & 31))) !== 0
  }

  add(row: number, bit: number): void {
    const at = row * this.words + (bit >>> WORD)
    this.data[at] = (this.data[at] as number) | (1 << (bit & 31))
  }

  delete(row: number, bit: number): void {
    const at = row * this.words + (bit >>> WORD)
    this.data[at] = (this.data[at] as number) & ~(1 << (bit & 31))
  }

  clear(row: number): void {
    this.data.fill(0, row * this.words, (row + 1) * this.words)
  }

  /** Adds the members of this row of `other`. */
  join(row: number, other: Rows, of: number): void {
    for (let word = 0; word < this.words; word++) {
      const at = row * this.words + word
      this.data[at] = (this.data[at] as number) | (other.data[of * this.words + word] as number)
    }
  }

  /** Adds the members that these rows of two others share. */
  joinBoth(row: number, one: Rows, other: Rows, of: number): void {
    for (let word = 0; word < this.words; word++) {
      const at = row * this.words + word
      const both = (one.data[of * this.words + word] as number) & (other.data[of * this.words + word] as number)
      this.data[at] = (this.data[at] as number) | both
    }
  }

  /** Takes away the members of this row of `other`. */
  leave(row: number, other: Rows, of: number): void {
    for (let word = 0; word < this.words; word++) {
      const at = row * this.words + word
      this.data[at] = (this.data[at] as number) & ~(other.data[of * this.words + word] as number)
    }
  }

  /** Keeps the members that this row of `other` has too. */
  keep(row: number, other: Rows, of: number): void {
    for (let word = 0; word < this.words; word++) {
      const at = row * this.words + word
      this.data[at] = (this.data[at] as number) & (other.data[of * this.words + word] as number)
    }
  }

  /** Whether this row of `other` has all members of this one. */
  isWithin(row: number, other: Rows, of: number): boolean {
    for (let word = 0; word < this.words; word++) {
      const more = (this.data[row * this.words + word] as number) & ~(other.data[of * this.words + word] as number)
      if (more !== 0) return false
    }
    return true
  }

  /** The numbers in a row, ascending. */
  list(row: number): number[] {
    const bits: number[] = []
    for (let word = 0; word < this.words; word++) {
      for (let rest = this.data[row * this.words + word] as number; rest !== 0; rest &= rest - 1) {
        bits.push((word << WORD) + 31 - Math.clz32(rest & -rest))
      }
    }
    return bits
  }
}
