#!/usr/bin/env node
/**
 * Changes how many brokers store each message of a chat (docs/cluster.md). Nodes may not do that.
 *
 *     node deploy/cluster/replicas.mjs 3 ~/cluster                  brokers with the configurations of make.mjs
 *     node deploy/cluster/replicas.mjs 3 nats://localhost:4222      brokers that ask for no key
 *
 * It ends when the brokers have all that they are to store: from then on, one of three may be lost.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { connect, nkeyAuthenticator } from '@nats-io/transport-node'
import { LOG, SHARED } from './permissions.mjs'

const ANSWER_MS = 10_000
const AGAIN_MS = 500

const [count, where = ''] = process.argv.slice(2)
if (!/^[1-5]$/.test(count ?? '') || where === '') {
  process.stderr.write(
    'Usage: node replicas.mjs 1…5 FOLDER|URL   (the folder of make.mjs, or the address of a broker)\n',
  )
  process.exit(2)
}

const nats = await connect(existsSync(join(where, 'machines')) ? keeper(where) : { servers: [where] }).catch(error =>
  giveUp(`${where}: ${error.message}. Do the brokers run? For those that ask for a key, give the folder of make.mjs.`),
)
for (const stream of [LOG, ...SHARED]) await replicate(stream)
await nats.close()

function keeper(folder) {
  const machines = readFileSync(join(folder, 'machines'), 'utf8').trim().split('\n')
  const hosts = machines.flatMap(line => line.match(/=([^,]+)/)?.[1] ?? [])
  return {
    servers: hosts.map(host => `tls://${host.includes(':') ? `[${host}]` : host}:4222`),
    authenticator: nkeyAuthenticator(Buffer.from(readFileSync(join(folder, 'keeper.nk'), 'utf8').trim())),
    inboxPrefix: '_INBOX_keeper',
    tls: { caFile: join(folder, 'ca.pem') },
  }
}

async function ask(verb, body = '') {
  const answer = (await nats.request(`$JS.API.${verb}`, body, { timeout: ANSWER_MS })).json()
  if (!answer.error) return answer
  return giveUp(`${answer.error.description}. Are ${count} brokers up, in one cluster?`)
}

function giveUp(sentence) {
  process.stderr.write(`replicas.mjs: ${sentence}\n`)
  process.exit(1)
}

async function replicate(stream) {
  const { config } = await ask(`STREAM.INFO.${stream}`)
  const num_replicas = Number(count)
  if (config.num_replicas !== num_replicas)
    await ask(`STREAM.UPDATE.${stream}`, JSON.stringify({ ...config, num_replicas }))
  for (;;) {
    const { cluster = {} } = await ask(`STREAM.INFO.${stream}`)
    const behind = (cluster.replicas ?? []).filter(({ current }) => !current)
    const stored = 1 + (cluster.replicas?.length ?? 0) - behind.length
    process.stdout.write(`${stream}: ${stored} of ${count}\n`)
    if (behind.length === 0 && stored >= num_replicas) return
    await setTimeout(AGAIN_MS)
  }
}
