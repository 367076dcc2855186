/** How a mode ends that asks the server something, prints the answer, and leaves. */
import type { Client } from '../../../client/session/connection.ts'
import type { StandardStreams } from '../../terminal/output.ts'

/**
 * Resolves with the exit code when the chat is over: 6 if it ended well and `hasFailed`. When nobody reads the output any
 * more, the connection is closed.
 */
export const exitCodeOf = (
  client: Client,
  output: StandardStreams['output'],
  complain: (text: string) => void,
  hasFailed: () => boolean,
): Promise<number> =>
  new Promise(resolve => {
    output.on('error', () => client.close())
    client.status$.subscribe(status => {
      if (status.state !== 'ended') return
      const { end } = status
      if (end.exit !== 0 && end.by !== 'user') complain(end.message)
      resolve(end.exit === 0 && hasFailed() ? 6 : end.exit)
    })
  })
