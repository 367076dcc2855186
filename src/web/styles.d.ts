/** The build handles style sheets (vite.config.ts). */
declare module '*.css'
declare module 'virtual:theme.css'
declare module '*.css?url' {
  /** The address of the file. */
  const href: string
  export default href
}
