/** The clock of the bot lab, for tests: it moves when a test says so. */
export { type VirtualClock, virtualClock } from '../../src/program/client/lab/virtual-clock.ts'
