/** The flags for the server that `rxchat` connects to, and for the user's name. Its commands have them too. */
import { LOBBY } from '../../model/name/standing.ts'
import type { Flags } from '../config/arguments.ts'

/** In place of the address, which is the first word of `rxchat` itself. */
export const SERVER_FLAG = {
  server: {
    short: 's',
    value: 'ADDRESS',
    help: 'HOST, HOST:PORT, or tls://HOST',
    otherwise: '$RXCHAT_SERVER, else localhost:3001',
    variable: 'RXCHAT_SERVER',
  },
} as const satisfies Flags<string>

export const IDENTITY_FLAGS = {
  name: {
    short: 'n',
    value: 'NAME',
    help: 'user name',
    otherwise: '$RXCHAT_NAME, else the login name',
    variable: 'RXCHAT_NAME',
  },
  token: {
    value: 'TOKEN',
    help: 'send under the name of an API token',
    otherwise: '$RXCHAT_TOKEN',
    variable: 'RXCHAT_TOKEN',
  },
  room: { short: 'r', value: 'ROOM', help: 'room to join', otherwise: LOBBY },
  tls: { help: 'connect with TLS, as tls://HOST does', variable: 'RXCHAT_TLS' },
  fingerprint: {
    value: 'SHA256:HASH',
    help: 'accept only this certificate',
    variable: 'RXCHAT_FINGERPRINT',
  },
  'password-file': {
    value: 'FILE',
    help: 'password (first line of FILE)',
    otherwise: '$RXCHAT_PASSWORD',
    variable: 'RXCHAT_PASSWORD_FILE',
    completes: 'files',
  },
} as const satisfies Flags<string>

export const ACCOUNT_FLAGS = {
  'account-password-file': {
    value: 'FILE',
    help: 'password of the account (first line of FILE)',
    otherwise: '$RXCHAT_ACCOUNT_PASSWORD',
    variable: 'RXCHAT_ACCOUNT_PASSWORD_FILE',
    completes: 'files',
  },
} as const satisfies Flags<string>

export const PATIENCE_FLAG = {
  patience: {
    value: 'TIME',
    help: 'how long to try to reconnect, or off',
    otherwise: '5m in a pipe',
    variable: 'RXCHAT_PATIENCE',
  },
} as const satisfies Flags<string>

/** Flags of each command that connects. */
export const CONNECTION_FLAGS = { ...SERVER_FLAG, ...IDENTITY_FLAGS, ...ACCOUNT_FLAGS, ...PATIENCE_FLAG } as const
