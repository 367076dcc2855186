/** The manual of `rxchat-server`. */
import type { Manual } from '../manual/manual.ts'
import { FLAGS } from './server-settings.ts'
import { COMPLETION, EXPORT, REINDEX, REPLAY } from './tools.ts'

export const MANUAL: Manual = {
  name: 'rxchat-server',
  about: 'Host a chat room that browsers, rxchat, netcat, pipes and scripts can join.',
  usage: ['[flags]', 'COMMAND [flags]'],
  examples: [
    ['rxchat-server', 'on port 3001, on every address'],
    ['rxchat-server --port 4000 --host 127.0.0.1', 'for this machine only'],
    ['rxchat-server --ephemeral', 'stores nothing on the disk'],
    ['RXCHAT_RATE=off rxchat-server', 'with a variable'],
    ['rxchat-server --keep 30d --print-config', 'a configuration file to start from'],
    ['setsid rxchat-server < /dev/null > chat.log &', 'detached from the terminal'],
    ["printf 'LIST_USERS\\nEXIT\\n' | rxchat-server", 'commands from a script'],
  ],
  flags: FLAGS,
  commands: [REPLAY, REINDEX, EXPORT, COMPLETION],
  sections: [
    {
      title: 'Configuration',
      text: `Each flag down to --log-level is a key of the configuration file, and a variable. A flag goes before a variable,
        a variable before the file. The file is TOML: port = 4000, rate = "off", ephemeral = true. It is what --config
        names, else ~/.config/rxchat/server.toml, else /etc/rxchat/server.toml.`,
    },
    {
      title: 'Console',
      text: `HELP, KICK name [reason], LIST_USERS, EXIT, and more that HELP lists. Any other line is said to everyone. The end
        of a piped stdin stops nothing; EXIT, Ctrl-C and SIGTERM do, after a goodbye to everyone. On
        a terminal it is a drawn screen; with --plain, or INK_SCREEN_READER=true, it is lines.`,
    },
    {
      title: 'Output',
      text: `On stdout is what happens in the room, with what is said, unless --quiet is given. On stderr is the log: readable
        on a terminal, a line of JSON each otherwise. No text of a message and no secret is ever in it.`,
    },
  ],
  exits: [
    [0, 'stopped on request'],
    [1, 'cannot listen there, cannot open the data, or an unexpected error'],
    [2, 'usage: a flag, a variable or the configuration file is wrong'],
  ],
  files: [
    ['~/.config/rxchat/server.toml', 'The configuration of this user. $XDG_CONFIG_HOME changes the place.'],
    ['/etc/rxchat/server.toml', 'The configuration if the user has none.'],
    ['~/.local/state/rxchat', 'The data. $XDG_STATE_HOME changes the place, and --data names another directory.'],
  ],
  more: 'How to run a server is in docs/operations.md.',
}
