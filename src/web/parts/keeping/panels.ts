/** The modules that are loaded with the first panel (KeepingPanel.tsx). */
export { Moderation } from './lists/Moderation.tsx'
export { Restrict } from './Restrict.tsx'
export { RoomSettings } from './room/RoomSettings.tsx'
