/**
 * Where all randomness of the tests comes from. `npm test` uses one seed, so that it does the same every time;
 * `npm run test:fresh` sets another one and more runs.
 */

const FIXED = 20_260_101

const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise)

/** The seed of every property. */
export const SEED = number('TEST_SEED', FIXED)
const TIMES = number('TEST_TIMES', 1)

/** So many runs in `npm test`, and more with fresh seeds. */
export const runs = (count: number): number => count * TIMES

/** A seed for a generator of a test's own: as it stands in `npm test`, and another one with each fresh seed. */
export const seedOf = (fixed: number): number => (fixed + SEED - FIXED) >>> 0
