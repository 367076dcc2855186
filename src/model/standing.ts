/** What is there before anybody comes: a room that never goes, and the one who hosts it. */

export const LOBBY = 'lobby'

/** How the host's words are signed in the structured protocols; user lists of the original show it too. */
export const HOST_NAME = 'Host'

/** Who has a name that is taken, where it is the very name that was asked for. */
export const SOMEBODY_HERE = 'somebody here'
