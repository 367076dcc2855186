/** A flag, variable or argument that can't be used. The message says which one, and its right form. */
export class UsageError extends Error {}
