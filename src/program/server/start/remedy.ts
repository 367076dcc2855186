/** Why the server can't listen, and the remedy. */
export function cannotListen({ code, message }: NodeJS.ErrnoException, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `port ${port} is in use. Stop the program that uses it, or choose another port with --port.`
    case 'EACCES':
      return `port ${port} needs more rights than this user has. Choose a port above 1023 with --port.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'this machine does not have that address. Choose another address with --host, or leave --host out.'
    case 'EMFILE':
      return 'too many files are open. Raise the limit with `ulimit -n`.'
    default:
      return message
  }
}
