/** `rxchat --register` in a pipe: it registers the name, and goes on as any pipe. */
import { filter, map, take } from 'rxjs'
import type { Client } from '../../../client/session/connection.ts'
import type { StandardStreams } from '../../terminal/output.ts'

const NO_ACCOUNTS = 'This server has no accounts. Its host may have an older version of rxchat-server.'
const REFUSED = 4

/** `pipe`: the piped input. Resolves with the exit code. */
export async function runRegister(
  client: Client,
  pipe: () => Promise<number>,
  errors: StandardStreams['errors'],
): Promise<number> {
  let exit = 0
  const welcomes = client.incoming$.pipe(
    map(({ reply }) => reply),
    filter(reply => reply.type === 'welcome'),
  )
  const tell = (text: string): void => void errors.write(`rxchat: ${text}\n`)
  welcomes.pipe(take(1)).subscribe(({ name, account }) => {
    if (account) return tell(`${name} is an account, and this machine can sign in to it.`)
    exit = REFUSED
    tell(NO_ACCOUNTS)
    client.leave()
  })
  return (await pipe()) || exit
}
