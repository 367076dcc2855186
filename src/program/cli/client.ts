/** The data about `rxchat`: its flags, which are also parsed with it, and its manual. */
import type { Flags } from '../config/arguments.ts'
import { THEME_FLAG } from '../config/theme.ts'
import type { Manual } from '../manual/manual.ts'
import { COMMANDS } from './commands.ts'
import { ACCOUNT_FLAGS, IDENTITY_FLAGS, PATIENCE_FLAG } from './connection-flags.ts'

/** The server uses some of the variables too: one environment may serve both. */
export const FLAGS = {
  ...IDENTITY_FLAGS,
  register: { help: 'make the name an account, with a key of this machine' },
  ...ACCOUNT_FLAGS,
  plain: { short: 'c', help: 'line-by-line mode, no drawn screen' },
  theme: THEME_FLAG,
  mouse: {
    value: 'on|off',
    help: 'whether the wheel scrolls; then Shift selects text',
    otherwise: 'on',
    variable: 'RXCHAT_MOUSE',
    completes: ['on', 'off'],
  },
  images: {
    value: 'on|off',
    help: 'draw pictures, where the terminal can (kitty, Ghostty)',
    otherwise: 'on',
    variable: 'RXCHAT_IMAGES',
    completes: ['on', 'off'],
  },
  json: { help: 'NDJSON: events on stdout, commands on stdin' },
  follow: { short: 'f', help: 'stay after the end of the input, and print messages' },
  since: {
    value: 'SEQ|TIME',
    help: 'first print messages after this input or time, or cursor:NAME',
  },
  search: { value: 'WORDS', help: 'print messages with these words and exit' },
  exec: {
    value: 'COMMAND',
    help: 'run a bot: events on its stdin, commands on its stdout',
    completes: 'commands',
  },
  cursor: {
    value: 'NAME',
    help: 'with --exec: handle each message, from a place that the server keeps',
  },
  lasting: { help: 'with --cursor: one process for all messages, which prints "ok NUMBER"' },
  retries: {
    value: 'COUNT',
    help: 'with --cursor: exit when a message has failed so often again',
    otherwise: 'try for ever',
  },
  'skip-after': { value: 'COUNT', help: 'with --cursor: skip a message that has failed so often' },
  live: { help: 'send the input as one message that grows; -- COMMAND runs it' },
  title: { value: 'TEXT', help: 'with --live: the title' },
  get: { value: 'NUMBER', help: 'print the output of a live message, and exit' },
  reply: { value: 'NUMBER', help: 'the first message of the input answers this one' },
  file: {
    value: 'PATH',
    help: 'send a file and exit; repeatable; =- sends the input',
    repeats: true,
    separator: '\0',
    completes: 'files',
  },
  'file-name': { value: 'NAME', help: 'with --file: another name for the file' },
  text: { value: 'TEXT', help: 'with --file: what is said with the files' },
  ...PATIENCE_FLAG,
} as const satisfies Flags<string>

export const MANUAL: Manual = {
  name: 'rxchat',
  about: 'Chat in an rxchat room: by hand on a terminal, or as a tool in a pipe.',
  usage: ['[ADDRESS] [flags]', '[ADDRESS] --live [flags] -- COMMAND [ARGUMENT...]'],
  examples: [
    ['rxchat chat.example', 'chat, on a terminal'],
    ['echo "deploy done" | rxchat chat.example --name ci', 'send it; exit 0: it arrived'],
    ['tail -f app.log | rxchat chat.example --name logs --room ops', ''],
    ['rxchat chat.example --json --follow < /dev/null > events.ndjson', ''],
    ['rxchat chat.example --name bot --exec ./bot.sh', ''],
    ['rxchat chat.example --json --since 1042', 'later messages, then live ones'],
    ['rxchat chat.example --since 1h < /dev/null', 'messages of the last hour'],
    ["rxchat chat.example --search 'deploy failed'", ''],
    ['rxchat chat.example --file shot.png --text "how it looks now"', 'send a file'],
    ['make 2>&1 | rxchat chat.example --name ci --live --title build', ''],
    ['rxchat chat.example --name ci --live -- make test', 'its exit code is that of make'],
    ['tar cz logs | rxchat chat.example --file=- --file-name logs.tgz', ''],
    ['rxchat chat.example --name mona --register', 'make the name an account'],
  ],
  words: {
    title: 'Address',
    text: `HOST, HOST:PORT or [IPV6]:PORT, with tls:// before it for TLS, or NAME@ for a name. The URL of
      the page, such as http://HOST:PORT/#ROOM, works too, and so does the link of an invite. Without an address rxchat takes
      RXCHAT_SERVER. Without that, it asks on a terminal, and connects to localhost:3001 in a pipe. A host with the name of a command is given as NAME:3001.`,
    completes: 'hosts',
  },
  flags: FLAGS,
  commands: COMMANDS,
  sections: [
    {
      title: 'On a terminal',
      text: `/help lists commands and keys. --plain turns the drawn screen off and works line by line, and so does
        INK_SCREEN_READER=true, for screen readers. NO_COLOR=1 turns colours off. Ctrl-C or Ctrl-D on an empty line leaves.

        The wheel scrolls the messages. To select text with the mouse meanwhile, hold Shift, or Option in iTerm2. With
        --mouse off, the mouse belongs to the terminal. Copying a message needs a terminal that lets programs copy (OSC
        52); inside tmux, set -g set-clipboard on.

        PNG pictures are drawn in kitty and Ghostty, outside of tmux. Elsewhere, and with --images off, pictures are links,
        as other files are. rxchat fetches pictures only from the server that it is connected to.`,
    },
    {
      title: 'In a pipe',
      text: `rxchat sends each line of the input as a message, no faster than the server accepts it. When the input ends,
        rxchat waits until every message is acknowledged, then leaves. Stdout has only the output of --json, --follow,
        --since and --search. Errors go to stderr.

        If rxchat cannot reach the server at the start, it exits at once with code 3. If it loses the server later, it
        tries to reconnect for as long as --patience says: 30s, 5m, 1h, 1d, or off for no limit. It sends messages again
        that were not acknowledged. Each message appears once.

        Only one session at a time can use the name of a guest. An account can have several sessions at once. With an
        API token any number of programs can send at once, under the name of the token. The host creates a token with
        TOKEN ADD. Give it with RXCHAT_TOKEN or --token.

        --file uploads a file to the server and says one message with it, or with several. It does not read the input,
        except with --file=-, which sends the input as one file. With --reply, that message or the first line of the
        input answers another message: --json, /history and the page show its number.

        --live sends the input as one message, which grows: others see its last lines, and --get NUMBER prints all of it.
        With -- and a command it runs the command, passes its output and its exit code on, and forwards signals. If the chat
        fails, the command goes on; stderr says so. A live message has at most 8.4 MB; what comes after is not sent, and
        stderr says how much that was. With --get, --follow goes on until the message has ended.

        --since takes the number of an input, a time ago such as 90s, 5m, 1h or 2d, or a time such as 2026-11-22T10:00.`,
    },
    {
      title: 'Accounts',
      text: `A guest needs nothing but a name. --register makes the name an account, which is yours for good: rxchat makes a
        key for this server, stores it on this machine, and signs in with it from then on whenever you come under that
        name. On a terminal it also offers to set a password, with which you can sign in elsewhere. In a pipe, --register
        goes on with what is piped in.

        On another machine, rxchat asks for the password of the account, and gives that machine a key of its own. A
        script gets the password from --account-password-file or RXCHAT_ACCOUNT_PASSWORD. In the chat, /register, /login,
        /password, /devices and /logout do the same.

        A key signs only for the server that it was made for. If another server answers at that address, rxchat says so
        and enters as a guest. Without TLS, somebody between you and the server can read everything, passwords too.`,
    },
    {
      title: 'TLS and passwords',
      text: `rxchat accepts a certificate from a trusted authority, as a browser does. From then on it accepts no other kind
        from that server. It remembers any other certificate at the first connection, and refuses a different one later:
        compare the fingerprint with the one that the server prints. With --fingerprint it accepts only that
        certificate, and remembers nothing.

        The password of the server is the first line of --password-file, or RXCHAT_PASSWORD. On a terminal rxchat asks for
        it. An account needs none.`,
    },
  ],
  exits: [
    [0, 'done: every message was acknowledged'],
    [1, 'an unexpected error, or the command of --exec failed'],
    [2, 'usage: a flag, a variable or the address is wrong'],
    [3, 'unreachable: no server there, or it went away and did not return'],
    [4, 'refused: the name, the password or the certificate, a ban, or a full server'],
    [5, 'kicked out of the chat or of the room'],
    [6, 'a message was not acknowledged'],
  ],
  files: [
    ['~/.local/state/rxchat/client.json', 'The last server. $XDG_STATE_HOME changes the directory.'],
    ['~/.local/state/rxchat/sessions', 'Session tokens, so that rxchat can resume its session after a kill.'],
    ['~/.local/state/rxchat/keys', 'The keys of your accounts. Anybody who has such a file can sign in with it.'],
    ['~/.local/state/rxchat/known_servers', 'Servers and their certificates.'],
  ],
  more: 'Recipes are in docs/scripting.md, events and commands in docs/protocol.md.',
}
