/** The measure for rxchat: for each message one `socket.write` to everybody, and nothing else. */
import { createServer, type Socket } from 'node:net'

const everybody = new Set<Socket>()

createServer(socket => {
  let name = ''
  let rest = ''
  socket.setEncoding('utf8')
  socket.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) hear(JSON.parse(line))
  })
  socket.on('close', () => everybody.delete(socket))
  socket.on('error', () => {})

  function hear(request: { readonly type: string; readonly name: string; readonly text: string }): void {
    if (request.type === 'hello') {
      name = request.name
      everybody.add(socket)
      socket.write(`${JSON.stringify({ type: 'welcome', name })}\n`)
      return
    }
    const said = { type: 'said', seq: 1, at: Date.now(), room: 'lobby', from: name, text: request.text }
    const line = `${JSON.stringify(said)}\n`
    for (const other of everybody) other.write(line)
  }
}).listen({ port: Number(process.argv[2]), host: '127.0.0.1', backlog: 4096 })
