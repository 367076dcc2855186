/**
 * The host suspends the server with Ctrl-Z or SIGTSTP. A suspended server answers nobody, so it tells the lobby first.
 */
import { setImmediate as turn } from 'node:timers/promises'
import { LOBBY } from '../../../model/name/standing.ts'
import type { Server } from '../../../server/server.ts'
import type { AroundStop } from '../../../tui/stage/job-control.ts'

export const STOP_WARNING = 'Ctrl-Z again suspends the server for everyone, until fg.'
const STOPPED = 'The server is suspended. Messages that you send now arrive when it resumes.'
const GOES_ON = 'The server has resumed.'

export const tellingTheRoom =
  (server: Server): AroundStop =>
  async stopped => {
    if (server.connections().length === 0) return stopped()
    server.host({ type: 'say', room: LOBBY, text: STOPPED, action: false })
    await new Promise<void>(resolve => server.settled(resolve))
    // Links write at the end of the turn.
    await turn()
    await turn()
    await stopped()
    server.host({ type: 'say', room: LOBBY, text: GOES_ON, action: false })
  }
