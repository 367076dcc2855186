/** Fastify with the page and the API. It answers the requests of an HTTP server that is made elsewhere. */
import type { RequestListener, Server } from 'node:http'
import fastify from 'fastify'
import {
  FILE_NAME_MAX_BYTES,
  HTTP_BODY_MAX_BYTES,
  HTTP_IDLE_MS,
  HTTP_KEEP_ALIVE_MS,
  HTTP_REQUESTS_MAX,
  UPLOAD_REQUEST_MS,
} from '../../model/limits.ts'
import type { Api } from '../programs/api.ts'
import { serveApi } from './api/handlers.ts'
import { refuse } from './api/refusals.ts'
import { serveFiles } from './files/serve-files.ts'
import { serveHooks } from './hooks-in/serve-hooks.ts'
import { say, servePage } from './page.ts'
import type { PageFiles } from './page-files.ts'

/** Fastify sets some bounds of the server again, to the same values. `report` gets errors that are defects. */
export async function requestListener(
  server: Server,
  files: PageFiles,
  api: Api,
  report: (error: unknown) => void,
): Promise<RequestListener> {
  let answer: RequestListener = () => {}
  const app = fastify({
    bodyLimit: HTTP_BODY_MAX_BYTES,
    // The name of a file.
    routerOptions: { maxParamLength: FILE_NAME_MAX_BYTES },
    keepAliveTimeout: HTTP_KEEP_ALIVE_MS,
    // Requests that are no uploads have less (handler.ts).
    requestTimeout: UPLOAD_REQUEST_MS,
    connectionTimeout: HTTP_IDLE_MS,
    maxRequestsPerSocket: HTTP_REQUESTS_MAX,
    frameworkErrors: (_, request, reply) =>
      /^\/api([/?]|$)/.test(request.raw.url ?? '')
        ? refuse(reply, 'request', 'the path is not valid in its percent-encoding')
        : say(reply, 400, 'The URL of the request is not valid.'),
    // The server has its own listener for these.
    clientErrorHandler: () => {},
    serverFactory: handler => {
      answer = handler
      return server
    },
  })
  app.setErrorHandler((error, _, reply) => {
    const { statusCode = 500 } = error as { readonly statusCode?: number }
    if (statusCode < 500) return say(reply, statusCode, 'The request is not valid.')
    report(error)
    return say(reply, 500, 'The server failed on this request. Tell the host.')
  })
  servePage(app, files, () => api.nodes().flatMap(({ isOwn, address }) => (isOwn || address === null ? [] : [address])))
  serveApi(app, api)
  serveFiles(app, api)
  serveHooks(app, api)
  await app.ready()
  return answer
}
