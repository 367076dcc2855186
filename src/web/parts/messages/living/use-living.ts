/** The parts that draw answers, reactions and files. The first paint doesn't need them; they come with the first messages. */
import style from '../../../style/living.css?url'
import { type Loader, useLoaded } from '../../use-loaded.ts'

export type LivingParts = typeof import('./living-parts.ts')

const PARTS: Loader<LivingParts> = { load: () => import('./living-parts.ts'), style }

/** Null: not yet, or they can't be loaded. */
export const useLiving = (): LivingParts | null => useLoaded(PARTS) ?? null
