/**
 * What a server notes of its own life, for its log. A text, a name or a token has no place in it: whoever reads the log
 * need not be one of those who may read the room.
 */
import type { Protocol } from '../model/command.ts'
import type { CloseCode, ErrorCode } from '../model/error.ts'
import type { Step } from '../reducer/step.ts'
import type { Link } from './link.ts'
import type { Seats } from './seat.ts'

export type Note =
  | { readonly type: 'connected'; readonly address: string }
  /** Its first bytes have told the protocol. */
  | { readonly type: 'spoke'; readonly address: string; readonly protocol: Protocol }
  /** `entering`: it has no name yet, and gets none by this. */
  | (Peer & { readonly type: 'refused'; readonly code: ErrorCode; readonly entering: boolean })
  | (Peer & { readonly type: 'gave-up'; readonly code: CloseCode })
  /** `ms` is how long it was there. */
  | (Peer & { readonly type: 'disconnected'; readonly ms: number })
  /** What is said is not sent on there any more. */
  | { readonly type: 'hook-paused'; readonly hook: number }
  /** The clock on the wall jumped by so many milliseconds, or the machine slept. */
  | { readonly type: 'clock-jumped'; readonly ms: number }
  /** Retention: no text of an input up to this one is left. */
  | { readonly type: 'forgot'; readonly until: number }

type Peer = {
  readonly address: string
  /** Null while the first bytes have not told. */
  readonly protocol: Protocol | null
}

export const peerOf = ({ address, encoding }: Link): Peer => ({
  address,
  protocol: encoding?.protocol ?? null,
})

export const refused = (link: Link, code: ErrorCode): Note => ({
  type: 'refused',
  ...peerOf(link),
  code,
  entering: link.reader.session === null,
})

/** What there is to note of a step: what was refused to those who are connected here, and which hooks pause. */
export const notesOf = ({ events }: Step, seats: Seats): readonly Note[] => [
  ...events.flatMap(({ event }) => {
    const link = event.type === 'rejected' ? seats.link(event.session) : undefined
    return event.type === 'rejected' && link ? [refused(link, event.code)] : []
  }),
  ...events.flatMap(({ event }) =>
    event.type === 'forwarded' && event.paused ? [{ type: 'hook-paused' as const, hook: event.hook }] : [],
  ),
]
