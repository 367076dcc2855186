import { createHash } from 'node:crypto'

/** Names a browser's subscription, in the state and to its page: the endpoint itself is in neither. */
export const pushHash = (endpoint: string): string =>
  createHash('sha256').update(endpoint).digest('base64url').slice(0, HASH_CHARS)

const HASH_CHARS = 22
