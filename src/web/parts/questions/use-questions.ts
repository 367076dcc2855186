/** The parts that draw questions and hands. They are loaded with the first of them. */
import style from '../../style/question.css?url'
import { type Loader, useLoaded } from '../use-loaded.ts'

type QuestionParts = typeof import('./parts.ts')

const PARTS: Loader<QuestionParts> = { load: () => import('./parts.ts'), style }

const NOTHING: Loader<null> = { load: async () => null, loaded: null }

/** Null: there is nothing to draw, or not yet, or they can't be loaded. */
export const useQuestions = (isNeeded: boolean): QuestionParts | null =>
  useLoaded<QuestionParts | null>(isNeeded ? PARTS : NOTHING) ?? null
