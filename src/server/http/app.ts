/** What answers requests: Fastify, with the page, behind a server that is not its own. */
import type { RequestListener, Server } from 'node:http'
import fastify from 'fastify'
import {
  HTTP_BODY_MAX_BYTES,
  HTTP_IDLE_MS,
  HTTP_KEEP_ALIVE_MS,
  HTTP_REQUEST_MS,
  HTTP_REQUESTS_MAX,
} from '../../model/limits.ts'
import { say, servePage } from './page.ts'
import type { PageFiles } from './page-files.ts'

/** Fastify sets some of the server's bounds anew: the same ones. `report` is told of what is a defect. */
export async function requestListener(
  server: Server,
  files: PageFiles,
  report: (error: unknown) => void,
): Promise<RequestListener> {
  let answer: RequestListener = () => {}
  const app = fastify({
    bodyLimit: HTTP_BODY_MAX_BYTES,
    keepAliveTimeout: HTTP_KEEP_ALIVE_MS,
    requestTimeout: HTTP_REQUEST_MS,
    connectionTimeout: HTTP_IDLE_MS,
    maxRequestsPerSocket: HTTP_REQUESTS_MAX,
    frameworkErrors: (_, __, reply) => say(reply, 400, 'The address of the request is not understood.'),
    // The server has a listener of its own for these.
    clientErrorHandler: () => {},
    serverFactory: handler => {
      answer = handler
      return server
    },
  })
  app.setErrorHandler((error, _, reply) => {
    const { statusCode = 500 } = error as { readonly statusCode?: number }
    if (statusCode < 500) return say(reply, statusCode, 'The request is not understood.')
    report(error)
    return say(reply, 500, 'The server failed on this request. Tell the host.')
  })
  servePage(app, files)
  await app.ready()
  return answer
}
