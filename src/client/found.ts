/** What a search has found, in the order in which screens list it: the latest first. Each leads to where it was said. */
import type { Found } from './chat-state.ts'
import { isOwn, type View } from './view.ts'
import { inRoom, type Where, withPerson } from './where.ts'

export type Hit = Found['messages'][number]

export const hitsOf = ({ messages }: Found): readonly Hit[] => [...messages].sort((a, b) => b.seq - a.seq)

export const placeOfHit = (view: View, hit: Hit): Where =>
  hit.room !== undefined ? inRoom(hit.room) : withPerson(isOwn(view, hit) ? (hit.to ?? '') : hit.from)
