/** The seconds that are offered for slow mode and for the delay of new guests. */
export const OFFERED: readonly number[] = [5, 10, 30, 60, 300, 900, 3600]
