/** The reader of a place's texts, and the effect of a click on a room or a person. */
import { createContext, useMemo } from 'react'
import { namedIn } from '../../client/chat/people/name-index.ts'
import { inRoom, roomOf, type Where, withPerson } from '../../client/chat/place.ts'
import type { Chat } from '../../client/chat/state.ts'
import type { WholeTree } from '../../client/view/marks/whole-tree.ts'
import type { Named } from '../../model/prose/names.ts'
import { type Loader, useLoaded } from '../parts/use-loaded.ts'

export type Reading = {
  readonly me: string
  readonly named: Named<string>
  /** Reads a text. Null: not loaded yet. */
  readonly tree: WholeTree | null
  readonly onRoom: (room: string) => void
  readonly onPerson: (name: string) => void
}

export const ReadingContext = createContext<Reading>({
  me: '',
  named: () => undefined,
  tree: null,
  onRoom: () => {},
  onPerson: () => {},
})

/** Loaded with the first place that is shown: its texts are drawn as they are, and their marks a moment later. */
const TREE: Loader<WholeTree> = {
  load: () => import('../../client/view/marks/whole-tree.ts').then(({ wholeTree }) => wholeTree),
}

/** Stays the same object as long as the people of the place do. */
export function useReading({ view, where }: Chat, onGo: (where: Where) => void): Reading {
  const members = view.rooms.get(roomOf(where) ?? '')?.members
  const tree = useLoaded(TREE) ?? null
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the view only these are read
  return useMemo(
    () => ({
      me: view.name,
      named: namedIn({ view }, where),
      tree,
      onRoom: room => onGo(inRoom(room)),
      onPerson: name => onGo(withPerson(name)),
    }),
    [members, view.name, where, onGo, tree],
  )
}
