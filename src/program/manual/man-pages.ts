/** The man pages, by file name. */
import manifest from '../../../package.json' with { type: 'json' }
import { MANUAL as CLIENT } from '../client/manual.ts'
import { MANUAL as SERVER } from '../server/settings/manual.ts'
import { SETTINGS } from '../server/settings/settings.ts'
import { manPage } from './man-page.ts'

export const manPages = (): ReadonlyMap<string, string> =>
  new Map([
    ['rxchat.1', manPage(CLIENT, manifest.version, [], [SERVER.name])],
    ['rxchat-server.1', manPage(SERVER, manifest.version, Object.keys(SETTINGS), [CLIENT.name])],
  ])
