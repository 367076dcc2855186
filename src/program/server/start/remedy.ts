/** Why the server can't listen, and what to do. */
export function cannotListen({ code, message }: NodeJS.ErrnoException, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `port ${port} is taken. Stop what uses it, or choose another one with --port.`
    case 'EACCES':
      return `port ${port} needs more rights than this user has. Choose one above 1023 with --port.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'this machine does not have that address. Choose another one with --host, or leave it out.'
    case 'EMFILE':
      return 'too many files are open. Raise the limit with `ulimit -n`.'
    default:
      return message
  }
}
