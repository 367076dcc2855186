/** The modules that are loaded with the first sheet (Sheet.tsx). */
export { Settings } from '../settings/Settings.tsx'
export { Help } from './Help.tsx'
export { Pins } from './Pins.tsx'
export { Rooms } from './Rooms.tsx'
