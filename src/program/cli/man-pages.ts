/** The man pages, by file name. */
import manifest from '../../../package.json' with { type: 'json' }
import { manPage } from '../manual/man-page.ts'
import { MANUAL as CLIENT } from './client.ts'
import { MANUAL as SERVER } from './server.ts'
import { SETTINGS } from './server-settings.ts'

export const manPages = (): ReadonlyMap<string, string> =>
  new Map([
    ['rxchat.1', manPage(CLIENT, manifest.version, [], [SERVER.name])],
    ['rxchat-server.1', manPage(SERVER, manifest.version, Object.keys(SETTINGS), [CLIENT.name])],
  ])
