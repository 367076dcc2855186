/** The measure for rxchat's WebSocket: a room of socket.io, with everything as it is by default. */
import { createServer } from 'node:http'
import { Server } from 'socket.io'

const http = createServer()
const io = new Server(http)

io.on('connection', socket => {
  socket.join('lobby')
  socket.emit('welcome', { name: socket.id })
  socket.on('say', (text: string) => {
    io.to('lobby').emit('said', { seq: 1, at: Date.now(), room: 'lobby', from: socket.id, text })
  })
})

http.listen({ port: Number(process.argv[2]), host: '127.0.0.1', backlog: 4096 })
