/** The icons of the page: lines of one width, on a grid of 16. */

const PATHS = {
  rooms: 'M2.5 4h11M2.5 8h11M2.5 12h11',
  search: 'M6.8 2.2a4.6 4.6 0 1 0 0 9.2 4.6 4.6 0 0 0 0-9.2zM10.4 10.4l3.6 3.6',
  shield: 'M8 1.8l5.2 1.8v4c0 3.2-2.1 5.4-5.2 6.6-3.1-1.2-5.2-3.4-5.2-6.6v-4z',
  person: 'M8 2.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM2.8 14c.6-2.9 2.6-4.4 5.2-4.4s4.6 1.5 5.2 4.4',
  people:
    'M6 2.6a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM1.6 13.4c.4-2.5 2.1-3.8 4.4-3.8s4 1.3 4.4 3.8M10.6 2.9a2.4 2.4 0 0 1 0 4.4M12 9.9c1.3.5 2.1 1.7 2.4 3.5',
  settings:
    'M8 5.7a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6zM8 1.6v1.9M8 12.5v1.9M1.6 8h1.9M12.5 8h1.9M3.5 3.5l1.3 1.3M11.2 11.2l1.3 1.3M12.5 3.5l-1.3 1.3M4.8 11.2l-1.3 1.3',
  help: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM6.1 6.3c.1-1.1.9-1.8 2-1.8s1.9.7 1.9 1.7c0 1.5-2 1.5-2 3M8 11.4v.2',
  leave: 'M6.4 2.2H3v11.6h3.4M7 8h7M11.2 5.2L14 8l-2.8 2.8',
  add: 'M8 2.8v10.4M2.8 8h10.4',
  send: 'M2.6 8L2 2.6 14 8 2 13.4 2.6 8zM2.6 8h5',
  erase: 'M2.6 4.2h10.8M6 4.2V2.4h4v1.8M4 4.2l.7 9.4h6.6l.7-9.4',
  smile:
    'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM5.2 9.4c.5 1.2 1.6 1.9 2.8 1.9s2.3-.7 2.8-1.9M5.8 6.2v.2M10.2 6.2v.2',
  reply: 'M6.4 3.4L2.4 7.4l4 4M2.8 7.4h6.4c2.6 0 4.4 1.8 4.4 5.2',
  react: 'M7.2 2.2A6 6 0 1 0 13.4 8.6M5 9.4c1.2 2.2 4 2.2 5.2 0M5.4 6.4v.2M9.8 6.4v.2M12.6 1.4v4.4M10.4 3.6h4.4',
  edit: 'M2.6 13.4l.6-3 7.6-7.6 2.4 2.4-7.6 7.6-3 .6zM9.4 4.2l2.4 2.4',
  pin: 'M5.6 1.8h4.8M6.4 1.8v4.4L4 9h8L9.6 6.2V1.8M8 9v5.2',
  close: 'M4 4l8 8M12 4l-8 8',
  file: 'M4 1.8h5.4L12.4 5v9.2H4zM9.2 1.8V5h3.2',
  more: 'M3.2 8h.01M8 8h.01M12.8 8h.01',
} as const

export type IconName = keyof typeof PATHS

/** For parts that bring their own. */
export function Lines({ path }: { readonly path: string }) {
  return (
    <svg className="svg" viewBox="0 0 16 16" aria-hidden="true">
      <path d={path} />
    </svg>
  )
}

/** `more` is dots, which are lines of no length. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className={name === 'more' ? 'svg dots' : 'svg'} viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
