/** A flag, variable or argument that cannot be used; the message says which, and how it should be. */
export class UsageError extends Error {}
