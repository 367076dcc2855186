/** The modes of `rxchat`: which one the flags and the streams ask for, and how it connects. */
import type { Client } from '../../client/session/connection.ts'
import { siteOf } from '../../system/address.ts'
import type { StandardStreams } from '../terminal/output.ts'
import type { OwnAccount } from './account/own-account.ts'
import type { Talk, Uploads } from './converse.ts'
import { type ClientSettings, PATIENCE_MS } from './flags.ts'

/** A screen reader reads plain lines better. */
export const isDrawn = (settings: ClientSettings, env: NodeJS.ProcessEnv): boolean =>
  isPlain(settings) && !settings.plain && env['INK_SCREEN_READER'] !== 'true' && env['TERM'] !== 'dumb'

/** Flags for tools, not for interactive use. */
type Mode = 'json' | 'exec' | 'since' | 'search' | 'token' | 'files' | 'live' | 'get'

export const isTerminal = (): boolean => process.stdin.isTTY === true && process.stdout.isTTY === true

/** Interactive use on a terminal, which shows the latest messages. A tool gets only the history that it asks for. */
export const isPlain = (settings: Pick<ClientSettings, Mode>): boolean =>
  isTerminal() && !settings.json && TOOLS.every(one => settings[one] === null)

const TOOLS = ['token', 'exec', 'since', 'search', 'files', 'live', 'get'] as const

/**
 * If the first attempt fails, the program ends at once. After a lost connection, an interactive client by default waits
 * for the server without a limit.
 */
export const perseverance = ({ patience, ...how }: ClientSettings) => ({
  ...{ reconnect: true, insist: false },
  patience: patience === undefined ? (isPlain(how) ? null : PATIENCE_MS) : patience,
})

export const printsWhatIsSaid = (settings: ClientSettings): boolean =>
  isPlain(settings) ||
  settings.json ||
  (settings.follow && settings.get === null) ||
  settings.exec !== null ||
  settings.since !== null

/** Loads only the code it needs: a pipe starts faster than a screen. */
export async function wayToTalk(settings: ClientSettings, account: OwnAccount | null, uploads: Uploads): Promise<Talk> {
  const { room, json, follow, exec, since, search, register, hasTyped, reply, files, cursor, get } = settings
  const streams: StandardStreams = { input: process.stdin, output: process.stdout, errors: process.stderr }
  if (search !== null) {
    const { runSearch } = await import('./pipe/search.ts')
    return client => runSearch(client, search, json, streams)
  }
  if (get !== null) {
    const { runGet } = await import('./live/get.ts')
    return client => runGet(client, get, follow, streams)
  }
  if (files !== null) {
    const [{ runSend }, { sourceOf }] = await Promise.all([import('./pipe/send.ts'), import('./upload/source.ts')])
    const { paths, name, text } = files
    // Before there is a connection: a wrong path is noticed at once.
    const sources = await Promise.all(paths.map(path => sourceOf(path, name, process.stdin)))
    return async client => {
      const { upload } = await import('./upload/upload.ts')
      const ports = await uploads(client)
      const send = { room, files: sources, text, reply, hasSession: settings.token === null }
      return runSend(client, send, (file, progress) => upload(ports, file, progress), { errors: process.stderr })
    }
  }
  if (exec !== null && cursor !== null) {
    const { runConsumer } = await import('./consume/run-consumer.ts')
    const from = since === null || 'cursor' in since ? null : since
    return client => runConsumer(client, exec, cursor, { room, from, byToken: settings.token !== null }, streams)
  }
  if (exec !== null) {
    const { runBot } = await import('./pipe/bot.ts')
    return client => runBot(client, exec, { room, since }, process.stderr)
  }
  if (isPlain(settings)) {
    const [{ runPlain }, { chatAccount }] = await Promise.all([
      import('./plain/plain.ts'),
      import('./account/chat-account.ts'),
    ])
    return client =>
      runPlain(
        client,
        settings.hasRoom ? room : null,
        siteOf(settings.address),
        async (own, path) => (await import('./upload/send-path.ts')).sendPath(() => uploads(own), path),
        streams,
        talk => account && chatAccount(client, talk, account, hasTyped),
      )
  }
  const { runTool } = await import('./pipe/tool.ts')
  const pipe = (client: Client): Promise<number> => runTool(client, { room, json, follow, since, reply }, streams)
  if (!register) return pipe
  const { runRegister } = await import('./account/register.ts')
  return client => runRegister(client, () => pipe(client), process.stderr)
}
