/** A problem of stored data, as a sentence that says the remedy. The server never starts afresh without saying so. */
export class DataError extends Error {}

/** One that a restart meets again, so somebody has to do something first. The server ends with an exit code of its own. */
export class LastingError extends DataError {}
