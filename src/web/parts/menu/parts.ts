/** The modules that are loaded with the first menu (use-menus.tsx). */
export { recentEmoji } from '../emoji/recent.ts'
export { Card } from '../person/Card.tsx'
export { Menu } from './Menu.tsx'
export { messageItems } from './message-items.ts'
export { personItems } from './person-items.ts'
