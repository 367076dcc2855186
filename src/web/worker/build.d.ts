/** Values that the build puts in (scripts/service-worker.ts). */

/** Names this build of the page: it changes with every file of it. */
declare const BUILD: string
/** The paths of the files that the first view of the page needs, `/` among them. */
declare const FILES: readonly string[]
