/** Ids of sessions and of members. An account's id is its member's. */
export type SessionId = string
export type MemberId = string
