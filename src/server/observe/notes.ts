/** A server's notes for its log. A note has no text, name or token: some readers of the log may not read the room. */

import type { CloseCode } from '../../model/closing.ts'
import type { Protocol } from '../../model/command.ts'
import type { ErrorCode } from '../../model/error.ts'
import type { Step } from '../../model/step.ts'
import type { Link } from '../delivery/link.ts'
import type { SessionRegistry } from '../delivery/sessions.ts'

export type Note =
  | { readonly type: 'connected'; readonly address: string }
  /** The first bytes have shown the protocol. */
  | { readonly type: 'spoke'; readonly address: string; readonly protocol: Protocol }
  /** `entering`: the refusal of a name, or of an account. */
  | (NotePeer & { readonly type: 'refused'; readonly code: ErrorCode; readonly entering: boolean })
  | (NotePeer & { readonly type: 'gave-up'; readonly code: CloseCode })
  /** `ms` is how long it was connected. */
  | (NotePeer & { readonly type: 'disconnected'; readonly ms: number })
  /** The webhook gets no more messages until the host resumes it. */
  | { readonly type: 'hook-paused'; readonly hook: number }
  /** The wall clock jumped by so many milliseconds, or the machine slept. */
  | { readonly type: 'clock-jumped'; readonly ms: number }
  /** The log has acknowledged nothing for a while, or does so again after `ms`. */
  | { readonly type: 'cut-off' }
  | { readonly type: 'reconnected'; readonly ms: number }
  /** Before it stops, the server waits for so many connections that can't go on elsewhere, at most `ms`. */
  | { readonly type: 'draining'; readonly connections: number; readonly ms: number }
  /** It waits no longer. So many connections are left. */
  | { readonly type: 'drained'; readonly why: DrainEnd; readonly connections: number }
  /** Another server takes part; `isBack`: it was down before. */
  | { readonly type: 'node-started'; readonly node: string; readonly isBack: boolean }
  | { readonly type: 'node-stopped'; readonly node: string }
  /** The others say that a server is gone. `isOwn`: that was this one, which goes on as if it had just started. */
  | { readonly type: 'node-down'; readonly node: string; readonly isOwn: boolean }
  /** This server has from now on the duties that one has for all. */
  | { readonly type: 'warden'; readonly node: string; readonly isOwn: boolean }
  /** Servers have come to different rooms by this input, and none of these rooms is that of most. */
  | { readonly type: 'nodes-differ'; readonly seq: number }
  /** Retention: no text of an input up to this one is left. */
  | { readonly type: 'forgot'; readonly until: number }

/**
 * Why a server waits no longer: nobody is left, the time is over, the host asked again, there is no other server for
 * clients to go to, or it has been cut off from its log for long.
 */
export type DrainEnd = 'left' | 'time' | 'told' | 'nowhere' | 'cut-off'

type NotePeer = {
  readonly address: string
  /** Null until the first bytes have shown it. */
  readonly protocol: Protocol | null
}

export const peerOf = ({ address, encoding }: Link): NotePeer => ({
  address,
  protocol: encoding?.protocol ?? null,
})

export const refused = (link: Link, code: ErrorCode, entering = link.reader.session === null): Note => ({
  type: 'refused',
  ...peerOf(link),
  code,
  entering,
})

/** The notes of steps: refusals of sessions that are connected here, and webhooks that pause. */
export function notesOf(steps: readonly Step[], registry: SessionRegistry, own: string): readonly Note[] {
  const notes: Note[] = []
  for (const { events, origin } of steps) {
    for (const { event } of events) {
      if (event.type === 'forwarded' && event.paused) notes.push({ type: 'hook-paused', hook: event.hook })
      const link = event.type === 'rejected' && origin === own ? registry.link(event.session) : undefined
      if (event.type === 'rejected' && link) notes.push(refused(link, event.code))
    }
  }
  return notes
}
