/** The room and the member that always exist: the lobby and the host. */

export const LOBBY = 'lobby'

/** The host's name in the structured protocols. The user lists of the original also show it. */
export const HOST_NAME = 'Host'

/** Stands for the holder of a taken name, if that is the very name that was asked for. */
export const SOMEBODY_HERE = 'somebody here'
