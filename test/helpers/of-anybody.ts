/** Events for tests of codecs: they are all of the same member, unless a test says otherwise. */
import type { PublicEvent } from '../../src/model/event.ts'

type Parties = { member?: string; author?: string; other?: string }
type Without<E> = E extends PublicEvent ? Omit<E, 'member' | 'author' | 'other'> & Parties : never
export type OfAnybody<E extends PublicEvent = PublicEvent> = Without<E>

export const ANYBODY = 'm1'
const OTHER = 'm2'

export const ofAnybody = (event: OfAnybody): PublicEvent =>
  ({
    ...(event.type === 'said' || event.type === 'told' ? { author: ANYBODY } : { member: ANYBODY }),
    ...(event.type === 'told' ? { other: OTHER } : {}),
    ...event,
  }) as PublicEvent
