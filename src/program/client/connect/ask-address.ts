/** Asks the user on a line for the address, as the connect form does on a drawn screen. */
import { createInterface } from 'node:readline'
import { LOBBY } from '../../../model/name/standing.ts'
import { type Destination, hostAndPort, readDestination, wrongRoom } from '../../../system/address.ts'
import { readLast } from './last-server.ts'

type Terminal = { readonly stdin: NodeJS.ReadStream; readonly stdout: NodeJS.WriteStream }

const NO_ADDRESS = 'That is not an address. Give HOST, HOST:PORT or [IPV6]:PORT, with tls:// before it for TLS.'

/** Null: the window is closed, or the user pressed Ctrl-C. An empty line means the last address. */
export function askAddress({ stdin, stdout }: Terminal, env: NodeJS.ProcessEnv): Promise<Destination | null> {
  const last = readLast(env)
  const usual = last === null ? 'localhost:3001' : written(last)
  const lines = createInterface({ input: stdin, output: stdout, terminal: true })
  lines.setPrompt(`Address of the server [${usual}]: `)
  lines.prompt()
  return new Promise(resolve => {
    const answer = (destination: Destination | null): void => {
      lines.removeAllListeners('close').close()
      resolve(destination)
    }
    lines.on('line', line => {
      const destination = readDestination(line.trim() === '' ? usual : line.trim())
      const wrong = destination ? wrongRoom(destination.room ?? LOBBY) : NO_ADDRESS
      if (wrong === null) return answer(destination)
      stdout.write(`${wrong}\n`)
      lines.prompt()
    })
    lines.on('SIGINT', () => lines.close())
    lines.once('close', () => {
      stdout.write('\n')
      answer(null)
    })
  })
}

/** From the form's values: the server with its scheme, and the port separate. */
function written({ server, port }: { readonly server: string; readonly port: string }): string {
  const [, scheme = '', host = server] = /^(tls:\/\/)?(.*)$/.exec(server) ?? []
  return `${scheme}${hostAndPort(host.replace(/^\[|\]$/g, ''), Number(port) || 3001)}`
}
