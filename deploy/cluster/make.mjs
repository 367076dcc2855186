#!/usr/bin/env node
/**
 * Makes what the machines of a cluster need: an authority, certificates of the brokers, an nkey for each node, and the
 * configuration of each broker and node (docs/cluster.md).
 *
 *     node deploy/cluster/make.mjs FOLDER a=10.0.0.1 b=10.0.0.2 c=c.example,10.0.0.3
 *
 * FOLDER gets a folder for each name, to copy to /etc/rxchat/cluster on that machine. Several hosts of one broker are
 * separated by commas; the others connect to the first. Run again with the same FOLDER, it keeps the authority and the
 * nkeys, makes the certificates and configurations anew, and so also adds a machine.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { nkeys } from '@nats-io/transport-node'
import { permissions } from './permissions.mjs'

/** The folder on each machine. */
const PLACE = '/etc/rxchat/cluster'
const STORE = '/var/lib/rxchat-broker'
const DAYS = '3650'

const [folder, ...given] = process.argv.slice(2)
const machines = given.map(read)
if (folder === undefined || machines.length === 0 || machines.some(one => one === null)) {
  process.stderr.write('Usage: node make.mjs FOLDER NAME=HOST[,HOST] …   (such as a=10.0.0.1 b=10.0.0.2 c=10.0.0.3)\n')
  process.exit(2)
}

function read(text) {
  const [, name, hosts] = /^([\w-]{1,32})=([\w.:,-]+)$/.exec(text) ?? []
  return name === undefined ? null : { name, hosts: hosts.split(',') }
}

const openssl = (...args) => execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'inherit'] })
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc']
const secret = { mode: 0o600 }

mkdirSync(folder, { recursive: true, mode: 0o700 })
const authority = { cert: join(folder, 'ca.pem'), key: join(folder, 'ca-key.pem') }
if (!existsSync(authority.key)) {
  openssl(
    ...['req', '-x509', ...newKey, '-keyout', authority.key, '-out', authority.cert, '-days', DAYS],
    ...['-subj', '/CN=rxchat brokers', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
  )
}

const nodes = machines.map(({ name, hosts }) => {
  const own = join(folder, name)
  mkdirSync(own, { recursive: true, mode: 0o700 })
  certify(own, name, hosts)
  writeFileSync(join(own, 'ca.pem'), readFileSync(authority.cert))
  return { name, hosts, own, nkey: keyOf(join(own, 'node.nk')) }
})
for (const { name, own } of nodes) {
  writeFileSync(join(own, 'broker.conf'), brokerConf(name))
  writeFileSync(join(own, 'server.toml'), nodeToml(name))
}

function certify(own, name, hosts) {
  const names = [...hosts, 'localhost', '127.0.0.1'].map(host => `${isIP(host) ? 'IP' : 'DNS'}:${host}`)
  openssl(
    ...['req', '-x509', '-CA', authority.cert, '-CAkey', authority.key, ...newKey, '-days', DAYS],
    ...['-keyout', join(own, 'broker-key.pem'), '-out', join(own, 'broker.pem'), '-subj', `/CN=${name}`],
    ...['-addext', `subjectAltName=${[...new Set(names)]}`, '-addext', 'basicConstraints=critical,CA:FALSE'],
    ...['-addext', 'extendedKeyUsage=serverAuth,clientAuth'],
  )
}

/** The public half. The seed is made if it isn't there. */
function keyOf(path) {
  if (!existsSync(path)) writeFileSync(path, `${new TextDecoder().decode(nkeys.createUser().getSeed())}\n`, secret)
  return nkeys.fromSeed(new TextEncoder().encode(readFileSync(path, 'utf8').trim())).getPublicKey()
}

function bracketed(host) {
  return isIP(host) === 6 ? `[${host}]` : host
}

function brokerConf(name) {
  const certificate = `cert_file: "${PLACE}/broker.pem", key_file: $BROKER_KEY, ca_file: "${PLACE}/ca.pem"`
  return `# The NATS broker ${name} of an rxchat cluster. make.mjs has made this file, and makes it anew.
# $BROKER_KEY is the path of the certificate's key. systemd and compose set it.
server_name: "${name}"
listen: "0.0.0.0:4222"
# For this machine only: the node asks here whether the broker writes to the disk before it acknowledges.
http: "127.0.0.1:8222"
tls { ${certificate} }

jetstream {
  store_dir: "${STORE}"
  # Without this, a power cut takes what was acknowledged in the last two minutes.
  sync_interval: always
}

cluster {
  name: rxchat
  listen: "0.0.0.0:6222"
  # A broker shows its certificate to the others, and they let nobody else in.
  tls { ${certificate}, verify: true }
  routes: [
${nodes.map(({ hosts: [host] }) => `    "nats://${bracketed(host)}:6222"`).join('\n')}
  ]
}

# A stopping broker hands its streams over and sends its clients to the others, within this time.
lame_duck_grace_period: "2s"
lame_duck_duration: "30s"

accounts {
  RXCHAT {
    jetstream: enabled
    users: [
${nodes.map(({ name, nkey }) => userConf(name, nkey)).join('\n')}
    ]
  }
}
`
}

function userConf(name, nkey) {
  const { publish, subscribe } = permissions(name)
  const list = subjects => `[\n${subjects.map(subject => `            "${subject}"`).join('\n')}\n          ]`
  return `      {
        # Node ${name}.
        nkey: ${nkey}
        permissions: {
          publish: ${list(publish)}
          subscribe: ${list(subscribe)}
        }
      }`
}

function nodeToml(name) {
  const brokers = nodes.map(({ hosts: [host] }) => `"tls://${bracketed(host)}:4222"`)
  return `# The node ${name} of an rxchat cluster: copy it to /etc/rxchat/server.toml, and add what else you want there.
# The keys come from the unit (deploy/cluster/node.conf).
node = "${name}"
nats = [${brokers.join(', ')}]
nats-monitor = "http://127.0.0.1:8222"
# Where clients reach this node, from outside:
# advertise = "${bracketed(nodes.find(one => one.name === name).hosts[0])}:3001"
drain = "10m"
`
}
