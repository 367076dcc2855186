/** Style sheets are the build's affair (vite.config.ts). */
declare module '*.css'
declare module 'virtual:theme.css'
