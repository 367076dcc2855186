/** The place of a conversation: a room, or one person. The key reads like the place. */

export type Where = `#${string}` | `@${string}`

export const inRoom = (room: string): Where => `#${room}`
export const withPerson = (name: string): Where => `@${name}`

/** The room's name; null for a person. */
export const roomOf = (where: Where): string | null => (where.startsWith('#') ? where.slice(1) : null)
/** The person's name; null for a room. */
export const personOf = (where: Where): string | null => (where.startsWith('@') ? where.slice(1) : null)
