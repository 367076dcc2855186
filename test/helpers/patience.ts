/**
 * How long tests wait. Each waits for an event, never for a time; these only bound a hang, on a machine that does much
 * else beside. A wait gives up before its test does, so that it can say what did not come.
 */

/** Milliseconds that a test, or a hook, may take. */
export const TEST_MS = 900_000
/** Milliseconds after which one wait gives up. */
export const PATIENCE_MS = 300_000
