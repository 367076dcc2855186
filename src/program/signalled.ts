/** The exit code of one whom Ctrl-C ended before it could do anything: as a shell says it of SIGINT. */
export const SIGNALLED = 130
