/** A node's credentials for its brokers, read from the files that its settings name. */
import { readFileSync } from 'node:fs'
import type { BrokerAccess } from '../../../journal/nats/connection/connection.ts'
import { UsageError } from '../../config/usage.ts'
import type { ClusterSettings } from '../settings/cluster.ts'

/** Throws UsageError. */
export function brokerAccess({ brokers, node, nkey, creds, ca, certificate }: ClusterSettings): BrokerAccess {
  const tls = {
    ca: contentOf(ca, '--nats-ca')?.toString('utf8') ?? null,
    cert: contentOf(certificate?.cert ?? null, '--nats-cert')?.toString('utf8') ?? null,
    key: contentOf(certificate?.key ?? null, '--nats-key')?.toString('utf8') ?? null,
  }
  return {
    ...{ brokers, node },
    seed: seedIn(contentOf(nkey, '--nats-nkey')),
    creds: contentOf(creds, '--nats-creds'),
    tls: ca !== null || certificate !== null || brokers.some(url => url.startsWith('tls:')) ? tls : null,
  }
}

function contentOf(path: string | null, flag: string): Buffer | null {
  if (path === null) return null
  try {
    return readFileSync(path)
  } catch (error) {
    throw new UsageError(`${flag}: ${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
}

/** The seed of a user, as `nk -gen user` and deploy/cluster/make.mjs write it: a line that begins with SU. */
function seedIn(content: Buffer | null): Uint8Array | null {
  if (content === null) return null
  const [seed] = /^SU[A-Z2-7]{56}$/m.exec(content.toString('utf8')) ?? []
  if (seed === undefined) throw new UsageError('--nats-nkey: the file has no seed of a user, which begins with SU.')
  return Buffer.from(seed)
}
