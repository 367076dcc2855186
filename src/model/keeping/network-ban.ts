/** The reason with which a member leaves a room whose ban is on its network begins with this: it sees no act. */
export const NETWORK_BANNED = 'its network is banned'
