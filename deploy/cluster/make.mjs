#!/usr/bin/env node
/**
 * Makes what the machines of a cluster need: an authority, certificates of the brokers, an nkey for each node and for
 * replicas.mjs, and the configuration of each broker and node (docs/cluster.md).
 *
 *     node deploy/cluster/make.mjs FOLDER a=10.0.0.1 b=10.0.0.2 c=c.example,10.0.0.3
 *     node deploy/cluster/make.mjs FOLDER --add d=10.0.0.4     a broker and a node more
 *     node deploy/cluster/make.mjs FOLDER --add d              a node without a broker
 *
 * FOLDER gets a folder for each name, to copy to /etc/rxchat/cluster on that machine. Several hosts of one broker are
 * separated by commas; the others connect to the first. Run again, it keeps the authority, the nkeys and every
 * certificate that is still good for its hosts, and prints which files it has made or changed. Without --add, the
 * machines that are named are all there are.
 */
import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, relative } from 'node:path'
import { nkeys } from '@nats-io/transport-node'
import { brokerConf, nodeToml } from './configurations.mjs'

const DAYS = 3650
/** A certificate that ends sooner is made anew. */
const DAYS_LEFT = 90

const [folder, ...rest] = process.argv.slice(2)
const isMore = rest[0] === '--add'
const given = (isMore ? rest.slice(1) : rest).map(read)
if (folder === undefined || given.length === 0 || given.includes(null)) {
  end('Usage: node make.mjs FOLDER [--add] NAME=HOST[,HOST] …   (such as a=10.0.0.1 b=10.0.0.2 c=10.0.0.3)')
}
const list = join(folder, 'machines')
if (isMore && !existsSync(list)) {
  end(`${list} doesn't exist, so the machines that are there already aren't known. Name all of them, without --add.`)
}
const before = isMore ? readFileSync(list, 'utf8').trim().split('\n').map(read) : []
const machines = [...new Map([...before, ...given].map(one => [one.name, one])).values()]
if (machines.every(({ hosts }) => hosts.length === 0))
  end('There is no broker. Give at least one machine as NAME=HOST.')

/** `NAME=HOST,HOST`, or the name alone: a node without a broker. */
function read(text) {
  const [, name, hosts] = /^([\w-]{1,32})(?:=([\w.:,-]+))?$/.exec(text) ?? []
  return name === undefined ? null : { name, hosts: hosts?.split(',') ?? [] }
}

function end(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(2)
}

const openssl = (...args) => execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'inherit'] })
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc']

mkdirSync(folder, { recursive: true, mode: 0o700 })
const authority = { cert: join(folder, 'ca.pem'), key: join(folder, 'ca-key.pem') }
if (!existsSync(authority.key)) {
  openssl(
    ...['req', '-x509', ...newKey, '-keyout', authority.key, '-out', authority.cert, '-days', `${DAYS}`],
    ...['-subj', '/CN=rxchat brokers', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
  )
  say(authority.cert)
}

const nodes = machines.map(({ name, hosts }) => {
  const own = join(folder, name)
  mkdirSync(own, { recursive: true, mode: 0o700 })
  if (hosts.length > 0 && !isGood(join(own, 'broker.pem'), hosts)) certify(own, name, hosts)
  write(join(own, 'ca.pem'), readFileSync(authority.cert, 'utf8'))
  return { name, hosts, own, nkey: keyOf(join(own, 'node.nk')) }
})
const keeper = keyOf(join(folder, 'keeper.nk'))
const brokers = nodes.filter(({ hosts }) => hosts.length > 0)
for (const { name, hosts, own } of nodes) {
  if (hosts.length > 0) write(join(own, 'broker.conf'), brokerConf(name, brokers, nodes, keeper))
  write(join(own, 'server.toml'), nodeToml({ name, hosts }, brokers))
}
write(list, `${machines.map(({ name, hosts }) => (hosts.length > 0 ? `${name}=${hosts}` : name)).join('\n')}\n`)

/** Whether the broker's certificate is the authority's, for all these hosts, and for a while yet. */
function isGood(path, hosts) {
  if (!existsSync(path)) return false
  const certificate = new X509Certificate(readFileSync(path))
  const isFor = host => (isIP(host) ? certificate.checkIP(host) : certificate.checkHost(host)) !== undefined
  const left = Date.parse(certificate.validTo) - Date.now()
  const { publicKey } = new X509Certificate(readFileSync(authority.cert))
  return hosts.every(isFor) && left > DAYS_LEFT * 86_400_000 && certificate.verify(publicKey)
}

function certify(own, name, hosts) {
  const names = [...hosts, 'localhost', '127.0.0.1'].map(host => `${isIP(host) ? 'IP' : 'DNS'}:${host}`)
  const [cert, key] = [join(own, 'broker.pem'), join(own, 'broker-key.pem')]
  openssl(
    ...['req', '-x509', '-CA', authority.cert, '-CAkey', authority.key, ...newKey, '-days', `${DAYS}`],
    ...['-keyout', key, '-out', cert, '-subj', `/CN=${name}`],
    ...['-addext', `subjectAltName=${[...new Set(names)]}`, '-addext', 'basicConstraints=critical,CA:FALSE'],
    ...['-addext', 'extendedKeyUsage=serverAuth,clientAuth'],
  )
  say(cert)
  say(key)
}

/** The public half. The seed is made if it isn't there. */
function keyOf(path) {
  if (!existsSync(path)) write(path, `${new TextDecoder().decode(nkeys.createUser().getSeed())}\n`, { mode: 0o600 })
  return nkeys.fromSeed(new TextEncoder().encode(readFileSync(path, 'utf8').trim())).getPublicKey()
}

function write(path, text, options) {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return
  writeFileSync(path, text, options)
  say(path)
}

function say(path) {
  process.stdout.write(`${relative(folder, path)}\n`)
}
