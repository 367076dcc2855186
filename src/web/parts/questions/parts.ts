/** The modules that are loaded when there is a question, or a hand (use-questions.ts). */
export { Asked } from './Asked.tsx'
export { Hands } from './Hands.tsx'
export { QuestionBox } from './QuestionBox.tsx'
