/** Port: values that must be unique or unguessable. Seeded in a test, so that a run repeats to the byte. */
export interface Entropy {
  /** A unique id, 80 bits or more, of letters and digits. */
  id(): string
  /** An unguessable secret, 128 bits or more, of letters and digits. */
  secret(): string
  /** One-way hash of a secret, for storing: hex, 64 characters. */
  digest(secret: string): string
}
