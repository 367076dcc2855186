/** The client's address of a request, as it counts for limits: a trusted proxy may have reported it. */
import type { IncomingMessage } from 'node:http'

const addresses = new WeakMap<IncomingMessage, string>()

export const keepAddress = (request: IncomingMessage, address: string): void => void addresses.set(request, address)

export const addressOf = (request: IncomingMessage): string =>
  addresses.get(request) ?? request.socket.remoteAddress ?? ''
