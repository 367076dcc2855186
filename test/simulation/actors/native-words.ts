/** A wish as a command of the native protocol. */
import type { Asked } from '../../../src/client/session/outbox/outbox.ts'
import type { Wish } from './person.ts'

export function asked(wish: Wish): Asked {
  switch (wish.type) {
    case 'say':
      return { type: 'say', room: wish.room, text: wish.text, action: false }
    case 'tell':
      return { type: 'tell', to: wish.to, text: wish.text, action: false }
    case 'join':
      return { type: 'join', room: wish.room }
    case 'part':
      return { type: 'part', room: wish.room }
    case 'nick':
      return { type: 'nick', name: wish.name }
    case 'topic':
      return { type: 'topic', room: wish.room, topic: wish.topic }
    case 'away':
      return { type: 'away', note: wish.note }
    case 'delete':
      return { type: 'delete', seq: wish.seq, room: wish.room }
    case 'history':
      return { type: 'history', room: wish.room, before: null, after: null, since: null, limit: 20 }
  }
}
