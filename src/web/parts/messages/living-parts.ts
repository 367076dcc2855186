/** What is loaded while the connection is made: what most messages don't have (use-living.ts). */
export { ModeLine } from '../composer/ModeLine.tsx'
export { Found } from '../Found.tsx'
export { Attachments } from '../files/Attachments.tsx'
export { FilesOf } from '../files/FilesOf.tsx'
export { ReactionPicker } from '../menu/ReactionPicker.tsx'
export { Quote } from './Quote.tsx'
export { Reactions } from './Reactions.tsx'
export { Empty, Welcome } from './Welcome.tsx'
