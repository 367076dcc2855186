/**
 * The source of all randomness in the tests. `npm test` uses one seed, so that it does the same every time; `npm run
 * test:fresh` sets another one and more runs.
 */

const FIXED = 20_260_101

const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise)

/** The seed of every property. */
export const SEED = number('TEST_SEED', FIXED)
const TIMES = number('TEST_TIMES', 1)

/** So many runs in `npm test`, and more with fresh seeds. */
export const runs = (count: number): number => count * TIMES

/** The seed of a test's own generator: `fixed` in `npm test`, and another one with each fresh seed. */
export const seedOf = (fixed: number): number => (fixed + SEED - FIXED) >>> 0
