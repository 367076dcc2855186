/** `rxchat --register` in a pipe: it registers the name, and ends. */
import type { Client } from '../../../client/session/connection.ts'
import type { StandardStreams } from '../../terminal/output.ts'

const NO_ACCOUNTS = 'This server has no accounts. Its host may have an older version of rxchat-server.'

/** Resolves with the exit code. */
export function runRegister(client: Client, errors: StandardStreams['errors']): Promise<number> {
  let exit = 0
  const tell = (text: string): void => void errors.write(`rxchat: ${text}\n`)
  client.incoming$.subscribe(({ reply }) => {
    if (reply.type !== 'welcome') return
    exit = reply.account ? 0 : 4
    tell(reply.account ? `${reply.name} is an account, and this machine can sign in to it.` : NO_ACCOUNTS)
    client.leave()
  })
  return new Promise(resolve => {
    client.status$.subscribe(status => {
      if (status.state !== 'ended') return
      const { end } = status
      if (end.exit !== 0 && end.by !== 'user') tell(end.message)
      resolve(end.exit || exit)
    })
  })
}
