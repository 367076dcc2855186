import type { ModeValue } from '../../../../model/modes.ts'

/** Sets a mode, a key as its word; null: off. `seconds`: for how long; null: until it's changed. */
export type ModeSet = (value: ModeValue | string | null, seconds: number | null) => void
