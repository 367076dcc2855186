/** Runs before each test file: gives all properties their seed. */
import fc from 'fast-check'
import { runs, SEED } from './seeds.ts'

fc.configureGlobal({ seed: SEED, numRuns: runs(100) })
