/**
 * One event of a stream as text: an id that says how far the stream has come, and a JSON object of the native protocol.
 */
import { nativeEncoding } from '../../codec/native/encoding.ts'
import type { MemberId } from '../../model/input.ts'
import type { Step } from '../../model/step.ts'
import { audience } from '../../reducer/audience.ts'

/** How far the stream is once the client has this frame; null: as far as before. */
type StreamPosition = { readonly seq: number; readonly epoch: string } | null

export type StreamEvent =
  | {
      readonly type: 'welcome'
      readonly seq: number
      readonly at: number
      /** Null: the whole server. */
      readonly room: string | null
      readonly epoch: string
      readonly resumed: boolean
      readonly gap: boolean
    }
  /** A gap after input `after`, up to `seq`: `missed` messages are not sent; null: nobody knows how many. */
  | {
      readonly type: 'gap'
      readonly seq: number
      readonly room: string | null
      readonly after: number | null
      readonly missed: number | null
    }
  | {
      readonly replayed: true
      readonly type: 'said'
      readonly seq: number
      readonly at: number
      readonly room: string
      readonly from: string
      readonly id: string
      readonly text: string
      readonly action?: boolean
      readonly account?: true
      readonly mentions?: readonly MemberId[]
    }
  | { readonly type: 'closed'; readonly code: string; readonly message: string; readonly reconnect: boolean }

export const frame = (told: StreamEvent, place: StreamPosition): string => written(JSON.stringify(told), place)

/**
 * The public events of a step in a room, as frames, one per event. Only the last has the id, so a resumed stream has
 * either all of an input or none of it.
 */
export function framesIn(step: Step, room: string, epoch: string): readonly string[] {
  const { seq, at, text, names } = step
  const seen = step.events.filter(one => one.kind === 'public').filter(({ event }) => isIn(audience(event), room))
  return seen.flatMap(({ event, i, last }, k) => {
    const place = k === seen.length - 1 ? { seq, epoch } : null
    return nativeEncoding
      .encode({ type: 'event', seq, at, i, last, event, text, names })
      .flatMap(line => (typeof line === 'string' ? [written(line.trimEnd(), place)] : []))
  })
}

/** The acts of moderation of a step, in a room or (null) anywhere, as frames. */
export function actFramesIn(step: Step, room: string | null, epoch: string): readonly string[] {
  const { seq, at } = step
  const seen = step.events.flatMap(one => {
    if (one.kind !== 'public' || one.event.type !== 'moderated') return []
    const { event, i, last } = one
    return room === null || event.room === room ? [{ type: 'event', seq, at, i, last, event, text: null } as const] : []
  })
  return seen.flatMap((outgoing, k) => {
    const [line] = nativeEncoding.encode(outgoing)
    const place = k === seen.length - 1 ? { seq, epoch } : null
    return typeof line === 'string' ? [written(line.trimEnd(), place)] : []
  })
}

function isIn(to: ReturnType<typeof audience>, room: string): boolean {
  if (to.to === 'sessions') return false
  return to.to === 'rooms' ? to.rooms.includes(room) : to.room === room
}

const written = (json: string, place: StreamPosition): string =>
  `${place ? `id: ${place.seq}-${place.epoch}\n` : ''}data: ${json}\n\n`
