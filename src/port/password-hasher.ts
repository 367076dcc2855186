/** Port: hashes of passwords, slow on purpose. A test makes them fast, and counts them. */
export interface PasswordHasher {
  /** The hash with its cost and its salt, as text. */
  hash(password: string): Promise<string>
  /** Whether the hash is of this password. Takes as long if it isn't. */
  matches(password: string, hash: string): Promise<boolean>
  /** Whether the hash was cheaper to make than one is today. */
  isCheap(hash: string): boolean
  /** A hash of no password. A comparison with it takes as long as with any other. */
  readonly nobody: string
}
