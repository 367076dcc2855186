/** The build handles style sheets (vite.config.ts). */
declare module '*.css'
declare module 'virtual:theme.css'
