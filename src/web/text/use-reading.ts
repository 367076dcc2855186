/** The reader of a place's texts, and what a click on a room or a person does. */
import { createContext, useMemo } from 'react'
import { namedIn } from '../../client/chat/people/name-index.ts'
import { inRoom, roomOf, type Where, withPerson } from '../../client/chat/place.ts'
import type { Chat } from '../../client/chat/state.ts'
import type { Marks } from '../../client/view/text-tree.ts'
import type { Named } from '../../model/prose/names.ts'
import { type Loader, useLoaded } from '../parts/use-loaded.ts'

export type Reading = {
  readonly me: string
  readonly named: Named<string>
  /** Null: not loaded yet. */
  readonly marks: Marks | null
  readonly onRoom: (room: string) => void
  readonly onPerson: (name: string) => void
}

export const ReadingContext = createContext<Reading>({
  me: '',
  named: () => undefined,
  marks: null,
  onRoom: () => {},
  onPerson: () => {},
})

/** Loaded with the first place that is shown: a text is drawn at once, and its marks are read a moment later. */
const MARKS: Loader<Marks> = {
  load: () => import('../../client/view/marks/marked-tree.ts').then(({ markedTree }) => markedTree),
}

/** Stays the same object as long as the people of the place do. */
export function useReading({ view, where }: Chat, onGo: (where: Where) => void): Reading {
  const members = view.rooms.get(roomOf(where) ?? '')?.members
  const marks = useLoaded(MARKS) ?? null
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the view only these are read
  return useMemo(
    () => ({
      me: view.name,
      named: namedIn({ view }, where),
      marks,
      onRoom: room => onGo(inRoom(room)),
      onPerson: name => onGo(withPerson(name)),
    }),
    [members, view.name, where, onGo, marks],
  )
}
