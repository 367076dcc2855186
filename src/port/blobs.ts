/** Port: files by the hash of their content, beside the journal. An input names a file, which never travels with it. */

/** SHA-256 of the content, in hex: 64 characters. */
export type BlobHash = string

export type StoredBlob = { readonly hash: BlobHash; readonly size: number }

/** `pieces` can be read once, in pieces of at most PIECE_BYTES. */
export type BlobContent = { readonly size: number; readonly pieces: AsyncIterable<Uint8Array> }

export interface Blobs {
  /**
   * Stores the content, once however often it comes. Resolves when it's durable. Null: it has more than `most` bytes;
   * the rest isn't read. Rejects if the content or a write fails. Then, and if it's null, nothing of it stays.
   */
  put(content: AsyncIterable<Uint8Array>, most: number): Promise<StoredBlob | null>
  /** Null: there's none. Reading `pieces` rejects on damage, at the latest at the end. */
  get(hash: BlobHash): Promise<BlobContent | null>
  /** Resolves when no byte of it is left. */
  erase(hash: BlobHash): Promise<void>
  /** All that are stored, in no order. */
  list(): Promise<readonly BlobHash[]>
}
