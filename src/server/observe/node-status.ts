/** The servers of a replicated log and how they are doing. */

/**
 * `draining`: it's about to stop, and takes no new connections. `silent`: its beats don't come any more. `cut-off`: the
 * log doesn't answer; only this server itself can know.
 */
export const NODE_STATES = ['here', 'draining', 'silent', 'cut-off'] as const
export type NodeState = (typeof NODE_STATES)[number]

/** One server, for the host and for metrics. */
export type NodeStatus = {
  readonly name: string
  readonly run: string
  readonly isOwn: boolean
  /** Whether it has the duties that one server has for all. */
  readonly isWarden: boolean
  /** Public address; null: it doesn't say. */
  readonly address: string | null
  /** The version of rxchat; null: no beat of it has come yet. */
  readonly version: string | null
  /** The latest format that it reads; null: it started before it could report it. */
  readonly reads: number | null
  /** Milliseconds since its last beat; null: none has come yet. */
  readonly beatAge: number | null
  /** Inputs that it had yet to fold at its last beat, compared with this server's count then; null: unknown. */
  readonly behind: number | null
  /** Milliseconds that this server is behind the log; null for the others. */
  readonly lag: number | null
  readonly state: NodeState
  /** The brokers' disks, as it reports them: by name, whether a broker writes to its disk before it acknowledges. */
  readonly disks: Readonly<Record<string, boolean>>
}
