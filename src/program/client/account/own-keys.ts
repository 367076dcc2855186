/**
 * The keys of this machine, one file each: the server that it is for (by its epoch), the addresses of that server, and
 * the accounts that the key signs in to. The secret half never leaves the file. A file is written whole or not at all,
 * and before the server hears of the key: a kill in between locks nobody out.
 */
import { createHash, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { nameKey } from '../../../model/name/name.ts'
import { inState } from '../../config/home.ts'

export type OwnKey = {
  /** The raw public key and the secret one, in base64url. */
  readonly key: string
  readonly secret: string
  /** The epoch of the server; empty until the server has sent it. */
  readonly server: string
  /** `host:port`. `former`: another server has answered there since. */
  readonly addresses: readonly string[]
  readonly former: readonly string[]
  /** The names of the accounts that it signs in to, and of those that it may sign in to: the answer is missing. */
  readonly accounts: readonly string[]
  readonly unsure: readonly string[]
}

/** Null: there is no home directory, so there are no keys. */
export const keysFolder = (env: NodeJS.ProcessEnv): string | null => inState(env, 'keys')

export function readKeys(folder: string | null): readonly OwnKey[] {
  if (folder === null) return []
  try {
    return readdirSync(folder).flatMap(file => (file.endsWith('.json') ? keyIn(join(folder, file)) : []))
  } catch {
    return []
  }
}

/** Made, but not stored yet. */
export function newKey(): OwnKey {
  const { x = '', d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  return { key: x, secret: d, server: '', addresses: [], former: [], accounts: [], unsure: [] }
}

/** The signature of a text in base64url. */
export function signed({ key, secret }: OwnKey, text: string): string {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: key, d: secret }
  return sign(null, Buffer.from(text), createPrivateKey({ key: jwk, format: 'jwk' })).toString('base64url')
}

/** Whether the name is among these, however it's written. */
export const hasName = (names: readonly string[], name: string): boolean =>
  names.some(one => nameKey(one) === nameKey(name))

export const withoutName = (names: readonly string[], name: string): readonly string[] =>
  names.filter(one => !hasName([one], name))

/** Throws if it can't be stored. */
export function storeKey(folder: string, key: OwnKey): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = fileOf(folder, key)
  const draft = `${file}.${process.pid}`
  try {
    writeFileSync(draft, `${JSON.stringify(key, null, 2)}\n`, { mode: 0o600, flush: true })
    renameSync(draft, file)
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Another process may have changed the file since it was read. */
export const currentKey = (folder: string, key: OwnKey): OwnKey => keyIn(fileOf(folder, key))[0] ?? key

export const removeKey = (folder: string, key: OwnKey): void => rmSync(fileOf(folder, key), { force: true })

const fileOf = (folder: string, { key }: OwnKey): string =>
  join(folder, `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.json`)

/** A file that is damaged, or comes from another program, is ignored. */
function keyIn(file: string): readonly OwnKey[] {
  try {
    const read = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
    const { key, secret, server, addresses, former = [], accounts, unsure } = read
    if (typeof key !== 'string' || typeof secret !== 'string' || typeof server !== 'string') return []
    if (!areTexts(addresses) || !areTexts(former) || !areTexts(accounts) || !areTexts(unsure)) return []
    return [{ key, secret, server, addresses, former, accounts, unsure }]
  } catch {
    return []
  }
}

const areTexts = (list: unknown): list is readonly string[] =>
  Array.isArray(list) && list.every(one => typeof one === 'string')
