/** Roles, from the highest to the lowest. The first two hold on the whole server, the next three in one room. */

export const ROLES = ['host', 'administrator', 'founder', 'operator', 'voice', 'member', 'guest'] as const

/** `member`: of an account, without a role in the room. `guest`: without an account. */
export type Role = (typeof ROLES)[number]

/** A role that members of a room can have, and see of each other. */
export type RoomRole = Extract<Role, 'founder' | 'operator' | 'voice'>

/** Whether role `a` is above role `b`. */
export const isAbove = (a: Role, b: Role): boolean => ROLES.indexOf(a) < ROLES.indexOf(b)

/** `an operator`, `a voice`. */
export const withArticle = (role: Role): string => `${/^[aeiou]/.test(role) ? 'an' : 'a'} ${role}`
