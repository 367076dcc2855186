/** The measure for rxchat's WebSocket: for each message one `send` to everybody, as the README of ws has it. */
import { type WebSocket, WebSocketServer } from 'ws'

const server = new WebSocketServer({ port: Number(process.argv[2]), host: '127.0.0.1', backlog: 4096 })

server.on('connection', (socket: WebSocket) => {
  let name = ''
  socket.on('error', () => {})
  socket.on('message', data => {
    const request: { readonly type: string; readonly name: string; readonly text: string } = JSON.parse(String(data))
    if (request.type === 'hello') {
      name = request.name
      socket.send(JSON.stringify({ type: 'welcome', name }))
      return
    }
    const said = { type: 'said', seq: 1, at: Date.now(), room: 'lobby', from: name, text: request.text }
    const text = JSON.stringify(said)
    for (const other of server.clients) if (other.readyState === other.OPEN) other.send(text)
  })
})
