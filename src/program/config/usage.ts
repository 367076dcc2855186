/** A flag, variable or argument that can't be used. The message says which one, and what it should be. */
export class UsageError extends Error {}
