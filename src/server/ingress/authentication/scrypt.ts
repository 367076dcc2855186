/**
 * Hashes of passwords by scrypt (RFC 7914), in threads of Node's pool. They are written as PHC strings:
 * `$scrypt$ln=15,r=8,p=3$SALT$HASH`, both in base64 without padding.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { PasswordHasher } from '../../../port/password-hasher.ts'

/** N is 2 ** `ln`. The memory is 128 * N * r bytes; the time grows with p, too. */
export type ScryptCost = { readonly ln: number; readonly r: number; readonly p: number }

/** 32 MiB, and about a quarter of a second on a small machine (OWASP, Password Storage Cheat Sheet). */
const COST: ScryptCost = { ln: 15, r: 8, p: 3 }
const SALT_BYTES = 16
const HASH_BYTES = 32

const derive = promisify<string, Uint8Array, number, object, Buffer>(scrypt)

const WRITTEN = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,3}),p=(\d{1,3})\$([\w+/]+)\$([\w+/]+)$/

export function scryptHasher(cost: ScryptCost = COST): PasswordHasher {
  return {
    async hash(password) {
      const salt = randomBytes(SALT_BYTES)
      return written(cost, salt, await hashed(password, salt, cost))
    },
    async matches(password, stored) {
      const read = readHash(stored)
      return read !== null && timingSafeEqual(await hashed(password, read.salt, read.cost), read.hash)
    },
    isCheap(stored) {
      const old = readHash(stored)?.cost
      return old === undefined || old.ln < cost.ln || old.r < cost.r || old.p < cost.p
    },
    nobody: written(cost, randomBytes(SALT_BYTES), randomBytes(HASH_BYTES)),
  }
}

/** In NFC, since one keyboard sends an accent as a mark of its own, and another does not (RFC 8265, 4.2). */
function hashed(password: string, salt: Uint8Array, { ln, r, p }: ScryptCost): Promise<Buffer> {
  const N = 2 ** ln
  return derive(password.normalize('NFC'), salt, HASH_BYTES, { N, r, p, maxmem: 128 * r * (N + p) + 1_048_576 })
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '')

const written = ({ ln, r, p }: ScryptCost, salt: Uint8Array, hash: Uint8Array): string =>
  `$scrypt$ln=${ln},r=${r},p=${p}$${base64(salt)}$${base64(hash)}`

/** Null: it is not such a hash. */
function readHash(text: string): { readonly cost: ScryptCost; readonly salt: Buffer; readonly hash: Buffer } | null {
  const [, ln, r, p, salt = '', hash = ''] = WRITTEN.exec(text) ?? []
  const bytes = Buffer.from(hash, 'base64')
  if (bytes.length !== HASH_BYTES) return null
  return { cost: { ln: Number(ln), r: Number(r), p: Number(p) }, salt: Buffer.from(salt, 'base64'), hash: bytes }
}
