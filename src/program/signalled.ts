/** The exit code if Ctrl-C ended the program before it did anything: the shell's code for SIGINT. */
export const SIGNALLED = 130
