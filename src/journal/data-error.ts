/** What is wrong with stored data, as a sentence that says the remedy: nothing begins anew in silence. */
export class DataError extends Error {}
