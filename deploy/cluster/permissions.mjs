/**
 * What a node may do at the brokers. It writes to the log under its own name only, so no node can break the fence of another one.
 * It can't change or delete a stream. Erasing texts, purging and shared states are open to all nodes, because each of
 * them may have to do it for all. The names are those of src/journal/nats/names.ts.
 */

export const LOG = 'RXCHAT'
export const SHARED = ['RXCHAT_MARKS', 'RXCHAT_STATES', 'RXCHAT_FILES']

/** Subjects of NATS. `node` is the name of the node. */
export function permissions(node) {
  const api = (stream, ...verbs) => verbs.map(verb => `$JS.API.${verb}.${stream}`)
  const any = stream => api(stream, 'STREAM.INFO', 'STREAM.CREATE', 'STREAM.PURGE', 'DIRECT.GET')
  return {
    publish: [
      ...[`rx.in.${node}`, `rx.text.${node}`, `rx.beat.${node}`, `signal.${node}`],
      ...any(LOG),
      ...api(LOG, 'STREAM.MSG.GET', 'STREAM.MSG.DELETE'),
      ...SHARED.flatMap(any),
      ...['mark.*', 'state.>', 'file.>'],
    ],
    subscribe: [`_INBOX.${node}.>`, 'out.>', 'signal.*'],
  }
}

/** What the keeper of the cluster may do: see how the streams are, and change them (replicas.mjs). */
export const KEEPER = {
  publish: [LOG, ...SHARED].flatMap(stream => [`$JS.API.STREAM.INFO.${stream}`, `$JS.API.STREAM.UPDATE.${stream}`]),
  subscribe: ['_INBOX_keeper.>'],
}
