/** A wish as a command of the native protocol. */
import type { Asked } from '../../../src/client/session/outbox/outbox.ts'
import { signInWith } from '../accounts.ts'
import type { Wish } from './person.ts'

export function asked(wish: Wish): Asked {
  switch (wish.type) {
    case 'say':
      return {
        ...{ type: 'say', room: wish.room, text: wish.text, action: false },
        ...(wish.reply === undefined ? {} : { reply: wish.reply }),
        ...(wish.file === undefined ? {} : { files: [{ id: wish.file, name: 'shot.png' }] }),
      }
    case 'edit':
      return { type: 'edit', seq: wish.seq, room: 'lobby', text: wish.text }
    case 'react':
      return { type: 'react', seq: wish.seq, room: 'lobby', emoji: wish.emoji, off: wish.off }
    case 'pin':
      return { type: 'pin', seq: wish.seq, off: wish.off }
    case 'tell':
      return { type: 'tell', to: wish.to, ...(wish.id && { id: wish.id }), text: wish.text, action: false }
    case 'join':
      return { type: 'join', room: wish.room }
    case 'part':
      return { type: 'part', room: wish.room, ...(wish.reason === undefined ? {} : { reason: wish.reason }) }
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
    case 'read':
      return wish.room === null
        ? { type: 'read', id: wish.id, seq: wish.seq }
        : { type: 'read', room: wish.room, seq: wish.seq }
    case 'register':
      return {
        type: 'register',
        ...(wish.secret.kind === 'key' ? { key: wish.secret.key } : { password: wish.secret.text }),
      }
    case 'login':
      return { type: 'login', name: wish.name, account: signInWith(wish.secret) }
    case 'add':
      return added(wish)
    case 'revoke':
      return { type: 'revoke', credential: wish.credential }
    case 'logout':
      return { type: 'logout', everywhere: wish.everywhere }
    case 'keep':
    case 'question':
    case 'cursor':
    case 'live':
      return wish.command as Asked
  }
}

function added({ secret, old }: Extract<Wish, { type: 'add' }>): Asked {
  switch (secret.kind) {
    case 'password':
      return { type: 'password', ...(old === undefined ? {} : { old }), new: secret.text }
    case 'kept':
      return { type: 'keep', secret: secret.text, label: 'kept' }
    case 'key':
      return { type: 'add-key', key: secret.key, label: 'desk' }
  }
}
