/** The configurations that make.mjs writes. */
import { isIP } from 'node:net'
import { KEEPER, permissions } from './permissions.mjs'

/** The folder on each machine. */
const PLACE = '/etc/rxchat/cluster'
const STORE = '/var/lib/rxchat-broker'

const bracketed = host => (isIP(host) === 6 ? `[${host}]` : host)

/** `brokers` are the machines with a broker, and `nodes` all that may connect. `keeper` is the nkey of replicas.mjs. */
export function brokerConf(name, brokers, nodes, keeper) {
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
${brokers.map(({ hosts: [host] }) => `    "nats://${bracketed(host)}:6222"`).join('\n')}
  ]
}

# A stopping broker hands its streams over and sends its clients to the others, within this time.
lame_duck_grace_period: "2s"
lame_duck_duration: "30s"

accounts {
  RXCHAT {
    jetstream: enabled
    users: [
${nodes.map(({ name, nkey }) => userConf(`Node ${name}`, nkey, permissions(name))).join('\n')}
${userConf('The keeper, with replicas.mjs', keeper, KEEPER)}
    ]
  }
}
`
}

function userConf(who, nkey, { publish, subscribe }) {
  const list = subjects => `[\n${subjects.map(subject => `            "${subject}"`).join('\n')}\n          ]`
  return `      {
        # ${who}.
        nkey: ${nkey}
        permissions: {
          publish: ${list(publish)}
          subscribe: ${list(subscribe)}
        }
      }`
}

/** A node without hosts has no broker on its machine. */
export function nodeToml({ name, hosts: [host] }, brokers) {
  const urls = brokers.map(({ hosts: [other] }) => `"tls://${bracketed(other)}:4222"`)
  return `# The node ${name} of an rxchat cluster: copy it to /etc/rxchat/server.toml, and add what else you want there.
# The keys come from the unit (deploy/cluster/node.conf).
node = "${name}"
nats = [${urls.join(', ')}]
${host === undefined ? '' : 'nats-monitor = "http://127.0.0.1:8222"\n'}# Where clients reach this node, from outside:
# advertise = "${host === undefined ? 'HOST' : bracketed(host)}:3001"
drain = "10m"
`
}
