/** How an event of GitHub is read. */
import type { Card } from '../card.ts'
import type { JsonObject } from '../json.ts'

/** A card without the repository; null: this action has no more than one line. */
export type EventReader = (body: JsonObject) => Card | null
