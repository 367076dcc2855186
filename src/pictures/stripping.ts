/**
 * A file piece by piece: its kind is told, and a picture loses its data about people and places. Nothing is decoded or
 * decompressed. It takes time with the length of the file, and memory with its largest header.
 */
import type { FileKind, PictureKind } from '../model/message/file.ts'
import { joined } from './bytes.ts'
import { readGif } from './gif.ts'
import { readHeif } from './heif/heif.ts'
import { readJpeg } from './jpeg.ts'
import { HEAD_BYTES, kindOf } from './kind.ts'
import { readPng } from './png.ts'
import { Damage, type Reading } from './reading.ts'
import { isShown, type Size } from './size.ts'
import { Strip } from './strip.ts'
import { readWebp } from './webp.ts'

/** A picture that is too large to be shown is a file like any other, and has been stripped too. */
export type Told =
  | { readonly type: 'file'; readonly kind: 'application/octet-stream' }
  | ({ readonly type: 'picture'; readonly kind: PictureKind } & Size)
  /** `why` goes on after "This PNG is damaged: ". */
  | { readonly type: 'damaged'; readonly kind: PictureKind; readonly why: string }

const FILE: Told = { type: 'file', kind: 'application/octet-stream' }

const READERS: { readonly [K in PictureKind]: () => Reading<Size> } = {
  'image/png': readPng,
  'image/jpeg': readJpeg,
  'image/gif': readGif,
  'image/webp': readWebp,
  'image/avif': readHeif,
  'image/heic': readHeif,
}

export class Stripping {
  #head: readonly Uint8Array[] | null = []
  #kind: FileKind = 'application/octet-stream'
  #strip: Strip<Size> | null = null
  #why: string | null = null

  /**
   * Takes the next piece of the file, and returns the bytes that are passed on. Nothing more comes of a damaged
   * picture.
   */
  push(piece: Uint8Array): readonly Uint8Array[] {
    if (this.#head === null) return this.#go(piece)
    const head = joined([...this.#head, piece])
    if (head.length >= HEAD_BYTES) return this.#begin(head)
    this.#head = [head]
    return []
  }

  /** After the last piece: the rest, and the file's kind. */
  end(): { readonly rest: readonly Uint8Array[]; readonly told: Told } {
    const rest = this.#head ? this.#begin(joined(this.#head)) : []
    return { rest, told: this.#told() }
  }

  get isDamaged(): boolean {
    return this.#why !== null
  }

  #begin(head: Uint8Array): readonly Uint8Array[] {
    this.#head = null
    this.#kind = kindOf(head.subarray(0, HEAD_BYTES))
    if (this.#kind !== 'application/octet-stream') this.#strip = new Strip(READERS[this.#kind]())
    return this.#go(head)
  }

  #go(piece: Uint8Array): readonly Uint8Array[] {
    if (!this.#strip) return piece.length > 0 ? [piece] : []
    if (this.#why !== null) return []
    try {
      return this.#strip.push(piece)
    } catch (error) {
      if (!(error instanceof Damage)) throw error
      this.#why = error.message
      return []
    }
  }

  #told(): Told {
    if (this.#kind === 'application/octet-stream') return FILE
    const kind = this.#kind
    if (this.#why !== null) return { type: 'damaged', kind, why: this.#why }
    const size = this.#strip?.result
    if (!size) return { type: 'damaged', kind, why: 'it ends too early' }
    return isShown(size) ? { type: 'picture', kind, ...size } : FILE
  }
}
