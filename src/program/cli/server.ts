/** The manual of `rxchat-server`. */
import type { Manual } from '../manual/manual.ts'
import { FLAGS } from './server-settings.ts'
import { COMPLETION, EXPORT, REHEARSE, REINDEX, REPLAY } from './tools.ts'

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
  commands: [REPLAY, REHEARSE, REINDEX, EXPORT, COMPLETION],
  sections: [
    {
      title: 'Configuration',
      text: `Each flag down to --log-level is also a variable, and a key of the configuration file. A flag overrides a variable,
        and a variable overrides the file. The file is TOML: port = 4000, rate = "off", ephemeral = true. Name it with
        --config; otherwise the server reads ~/.config/rxchat/server.toml, or else /etc/rxchat/server.toml.`,
    },
    {
      title: 'Console',
      text: `The commands are HELP, KICK name [reason], LIST_USERS, EXIT, and others that HELP lists. Any other line is a message
        to everyone. EXIT, Ctrl-C and SIGTERM stop the server, after a goodbye to everyone. The end of a piped stdin does
        not. On a terminal the console is a drawn screen. With --plain, or INK_SCREEN_READER=true, it works line by
        line.`,
    },
    {
      title: 'Output',
      text: `Messages and room events go to stdout, unless --quiet is given. The log goes to stderr: readable text on a
        terminal, otherwise one JSON object a line. It never contains the text of a message or a secret.`,
    },
  ],
  exits: [
    [0, 'stopped on request'],
    [1, 'cannot listen there, cannot open the data, or an unexpected error'],
    [2, 'usage: a flag, a variable or the configuration file is wrong'],
    [3, 'cannot go on, and a restart does not help: do first what stderr says'],
  ],
  files: [
    ['~/.config/rxchat/server.toml', 'The configuration of this user. $XDG_CONFIG_HOME changes the directory.'],
    ['/etc/rxchat/server.toml', 'The configuration if the user has none.'],
    ['~/.local/state/rxchat', 'The data. $XDG_STATE_HOME or --data changes the directory.'],
  ],
  more: 'How to run a server is in docs/operations.md.',
}
