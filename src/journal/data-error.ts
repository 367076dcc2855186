/** A problem of stored data, as a sentence that says the remedy. The server never starts afresh without saying so. */
export class DataError extends Error {}
