/**
 * The manuals of the commands of `rxchat-server`. They are separate from the commands, because the server's help needs
 * only the manuals.
 */
import type { Flags } from '../config/arguments.ts'
import type { Manual, Words } from '../manual/manual.ts'
import { FLAGS } from './server-settings.ts'

const JOURNAL: Words = {
  title: 'Journal',
  text: `JOURNAL is a data directory, the journal.db in it, or a file that export wrote; - is stdin. The program only reads it.
    A server may use it at the same time.`,
  completes: 'files',
}

export const REPLAY_FLAGS = {
  until: { value: 'SEQ', help: 'stop after this input' },
  json: { help: 'print a line of JSON for each input, with its events' },
  hash: { help: 'print hashes of the events and of the room' },
  compare: { value: 'COMMAND', help: 'find where another build differs from this one', completes: 'files' },
} as const satisfies Flags<string>

export const REPLAY: Manual = {
  name: 'rxchat-server replay',
  about: 'Replay a journal and show the result.',
  usage: ['JOURNAL [flags]'],
  examples: [
    ['rxchat-server replay ~/.local/state/rxchat', 'a summary'],
    ['rxchat-server replay journal.ndjson --json | jq .', 'input by input'],
    ['rxchat-server replay journal.db --hash', 'the same for equal builds'],
    ['rxchat-server replay . --compare /opt/next/bin/rxchat-server.js', ''],
  ],
  words: JOURNAL,
  flags: REPLAY_FLAGS,
  sections: [{ title: 'Compare', text: "COMMAND is another build's rxchat-server: a path or a shell command." }],
  exits: [
    [0, 'done; with --compare, the builds agree'],
    [1, 'the journal cannot be read or is damaged; with --compare, the builds differ'],
    [2, 'usage: a flag is wrong'],
  ],
  more: '',
}

export const REHEARSE_FLAGS = {
  since: { value: 'TIME', help: 'begin at this time, or so long ago: 30d, 2026-11-22 (default: the whole journal)' },
  room: { value: 'ROOM', help: 'try the rule in this room (default: on the whole server)' },
  json: { help: 'print the result as JSON' },
} as const satisfies Flags<string>

export const REHEARSE: Manual = {
  name: 'rxchat-server rehearse',
  about: 'Try a rule on the past: say what it would have stopped, with samples. Nothing is switched on.',
  usage: ['RULE JOURNAL [flags]'],
  examples: [
    ["rxchat-server rehearse 'slow 10s' journal.db --room lobby --since 30d", ''],
    ["rxchat-server rehearse 'filter refuse spam' journal.db", ''],
    ["rxchat-server rehearse 'filter hold /spa+m/' journal.db --json | jq .stopped", ''],
    ["rxchat-server rehearse 'mute eve' journal.ndjson", ''],
  ],
  words: JOURNAL,
  flags: REHEARSE_FLAGS,
  sections: [
    {
      title: 'Rule',
      text: `RULE is one that can be set in a chat, in quotes: a mode such as 'slow 10s', 'delay 1m', 'moderated', 'lockdown',
        'registered-only', 'invite-only' or 'limit 20'; a word filter such as 'filter refuse spam', with warn, hold or
        refuse; or 'mute NAME' or 'ban NAME'.`,
    },
    {
      title: 'Forecast',
      text: `The journal is replayed with the rule in it, from its beginning on, and compared with what happened. Direct
        messages are not looked into. Messages whose text is gone are counted.`,
    },
  ],
  exits: [
    [0, 'done'],
    [1, 'the journal cannot be read or is damaged'],
    [2, 'usage: the rule or a flag is wrong'],
  ],
  more: '',
}

export const EXPORT_FLAGS = {
  redact: { help: 'replace texts and names, for bug reports' },
  files: { value: 'DIR', help: 'copy the files of messages to DIR, too', completes: 'directories' },
} as const satisfies Flags<string>

export const EXPORT: Manual = {
  name: 'rxchat-server export',
  about: 'Print a journal as lines of JSON. The first line is a header, then each line is an input.',
  usage: ['JOURNAL [flags]'],
  examples: [
    ['rxchat-server export ~/.local/state/rxchat > journal.ndjson', ''],
    ['rxchat-server export . --files copies > journal.ndjson', 'with the files'],
    ['rxchat-server export journal.db --redact | gzip > report.ndjson.gz', ''],
  ],
  words: JOURNAL,
  flags: EXPORT_FLAGS,
  sections: [
    {
      title: 'Redaction',
      text: `--redact replaces each character of texts, topics, reasons and notes by x, and replaces names, rooms and hashes of
        tokens by pseudonyms. Times, ids and lengths stay.`,
    },
  ],
  exits: [],
  more: '',
}

export const REINDEX_FLAGS = { data: FLAGS.data, config: FLAGS.config } as const satisfies Flags<string>

export const REINDEX: Manual = {
  name: 'rxchat-server reindex',
  about: 'Rebuild history and search from the journal. Stop the server first.',
  usage: ['[flags]'],
  examples: [],
  flags: REINDEX_FLAGS,
  sections: [],
  exits: [],
  more: 'The journal does not change. Deleted messages stay deleted.',
}

export const SHELLS = ['bash', 'zsh', 'fish'] as const

export const COMPLETION: Manual = {
  name: 'rxchat-server completion',
  about: 'Print completions of both programs for a shell. The shell reads them when it starts.',
  usage: ['SHELL'],
  examples: [
    ['eval "$(rxchat-server completion bash)"', 'in ~/.bashrc'],
    ['eval "$(rxchat-server completion zsh)"', 'in ~/.zshrc, after compinit'],
    ['rxchat-server completion fish | source', 'in ~/.config/fish/config.fish'],
  ],
  words: { title: 'Shell', text: `SHELL is ${SHELLS.join(', ').replace(/, (\w+)$/, ' or $1')}.`, completes: SHELLS },
  flags: {},
  sections: [],
  exits: [],
  more: '',
}
