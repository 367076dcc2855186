/** The arrows of docs/architecture.md: which folder may import which, and which packages. */
const arrows = {
  model: ['model'],
  reducer: ['reducer', 'model'],
  actor: ['actor'],
  port: ['port', 'model'],
  matching: ['matching', 'model'],
  pictures: ['pictures', 'model'],
  codec: ['codec', 'model'],
  transport: ['transport', 'model', 'port', 'matching'],
  journal: ['journal', 'model', 'port'],
  replay: ['replay', 'model', 'reducer', 'journal', 'matching'],
  server: [
    'server',
    'model',
    'reducer',
    'actor',
    'port',
    'codec',
    'matching',
    'pictures',
    'transport',
    'journal',
    'replay',
  ],
  client: ['client', 'model', 'reducer', 'actor', 'codec', 'port'],
  tui: ['tui', 'client', 'model'],
  web: ['web', 'client', 'model', 'port'],
  system: ['system', 'model', 'port', 'codec', 'transport', 'journal'],
  library: [
    'library',
    'system',
    'model',
    'reducer',
    'port',
    'codec',
    'matching',
    'pictures',
    'transport',
    'journal',
    'replay',
    'server',
    'client',
  ],
}

const packages = {
  model: ['immutable', 'linkify-it'],
  reducer: ['immutable'],
  actor: [],
  port: ['rxjs'],
  codec: ['immutable', 'zod'],
  transport: ['rxjs', 'ws'],
  journal: ['rxjs', '@nats-io/transport-node'],
  matching: ['re2js'],
  pictures: [],
  replay: ['immutable'],
  client: ['@codemirror/legacy-modes', '@codemirror/streamparser', 'immutable', 'rxjs'],
  tui: ['ink', 'react', 'rxjs', 'string-width'],
  web: ['@simplewebauthn/browser', 'immutable', 'preact', 'react', 'rxjs'],
}

/** The same for the rooms within some folders. A room is a folder, or a file of its own. */
const rooms = {
  server: {
    'options.ts': ['ingress', 'delivery', 'files'],
    nodes: ['ingress', 'commit', 'observe'],
    ingress: [],
    'hooks-in': [],
    delivery: ['ingress'],
    commit: ['delivery'],
    observe: ['delivery'],
    connection: ['options.ts', 'ingress', 'delivery', 'observe'],
    programs: ['ingress', 'files', 'delivery', 'commit', 'observe', 'hooks-in'],
    pushes: ['ingress'],
    host: ['ingress', 'delivery', 'programs'],
    keeping: ['ingress', 'delivery'],
    files: ['ingress'],
    jobs: ['options.ts', 'ingress', 'commit', 'observe'],
    rehearsing: [],
    http: ['ingress', 'files', 'observe', 'programs', 'hooks-in'],
  },
  client: {
    session: [],
    input: [],
    chat: ['session', 'input'],
    view: ['session', 'chat'],
  },
  program: {
    config: [],
    terminal: [],
    manual: ['config'],
    cli: ['config', 'manual'],
    client: ['config', 'terminal', 'manual', 'cli'],
    server: ['config', 'terminal', 'manual', 'cli'],
  },
  'program/client': {
    connect: [],
    token: [],
    upload: ['token'],
    account: ['connect'],
    plain: ['connect', 'account', 'upload'],
    pipe: ['plain', 'upload'],
    lab: ['plain', 'pipe'],
  },
  'program/server': {
    settings: [],
    start: ['log'],
    log: [],
    console: ['start'],
    tools: ['settings'],
    workers: ['settings', 'start', 'log'],
    cluster: ['settings', 'log'],
  },
}

/** Folders that run in a browser too. */
const BROWSER = '^src/(model|reducer|actor|port|pictures|codec|client|web)/'

const at = room => (room.endsWith('.ts') ? `${room}$` : `${room}/`)

module.exports = {
  forbidden: [
    ...Object.entries(arrows).map(([folder, allowed]) => ({
      name: `arrow-${folder}`,
      comment: `src/${folder} may import ${allowed.join(', ')} (docs/architecture.md)`,
      severity: 'error',
      from: { path: `^src/${folder}/` },
      to: { path: '^src/', pathNot: `^src/(${allowed.join('|')})/` },
    })),
    ...Object.entries(packages).map(([folder, allowed]) => ({
      name: `package-${folder}`,
      comment: `src/${folder} may use ${allowed.join(', ')} (docs/architecture.md)`,
      severity: 'error',
      from: { path: `^src/${folder}/` },
      to: { path: 'node_modules/', pathNot: `node_modules/(@types/)?(${allowed.join('|')})/` },
    })),
    ...Object.entries(rooms).flatMap(([folder, within]) =>
      Object.entries(within).map(([room, allowed]) => ({
        name: `arrow-${folder.replace('/', '-')}-${room.replace('.ts', '')}`,
        comment: `src/${folder}/${room} may import ${allowed.join(', ') || 'no other room of it'} (docs/architecture.md)`,
        severity: 'error',
        from: { path: `^src/${folder}/${at(room)}` },
        to: { path: `^src/${folder}/`, pathNot: `^src/${folder}/(${[room, ...allowed].map(at).join('|')})` },
      })),
    ),
    {
      name: 'no-node-in-browser-code',
      comment: 'these folders run in a browser too',
      severity: 'error',
      from: { path: BROWSER },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'passkeys-in-their-thread',
      comment: 'the library of passkeys is loaded in a thread, or it would hold up everybody',
      severity: 'error',
      from: { path: '^src/', pathNot: '/passkeys/(checks|passkey-thread)\\.ts$' },
      to: { path: '/passkeys/checks\\.ts$|@simplewebauthn/server' },
    },
    { name: 'no-cycles', severity: 'error', from: { path: '^src/' }, to: { circular: true } },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
}
