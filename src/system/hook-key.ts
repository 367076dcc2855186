/**
 * The key from which the secrets of webhooks are derived. It's in its own file beside the journal, which holds no
 * secret.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const BYTES = 32

/** Made on first use. `directory` null: in memory, as long as the hooks. */
export function hookKey(directory: string | null): () => Uint8Array {
  let key: Uint8Array | null = null
  return () => {
    key ??= directory === null ? randomBytes(BYTES) : kept(join(directory, 'hooks.key'))
    return key
  }
}

function kept(file: string): Uint8Array {
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(BYTES).toString('hex')}\n`, { mode: 0o600 })
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
}
