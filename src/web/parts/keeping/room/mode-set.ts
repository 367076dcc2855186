import type { ModeValue } from '../../../../model/keeping/modes.ts'

/**
 * Sets a mode, a key as its word; null: off. `seconds`: for how long; null: until it's changed. Resolves with whether it
 * was done.
 */
export type ModeSet = (value: ModeValue | string | null, seconds: number | null) => Promise<boolean>
