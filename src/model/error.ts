/**
 * The one table of refusals. Inside the program an error is its code. Its sentence, its exit code and its advice to
 * retry or to reconnect are all read from here (docs/spec.md, rules E*).
 */

/** The text of a refusal, and what it means for a program that gets it. */
type ErrorEntry = {
  /** One sentence with the remedy. `%` stands for the detail, which the event carries. */
  readonly text: string
  /** Whether the same request may succeed later, unchanged. */
  readonly retry: boolean
  /** The exit code of `rxchat` when this is the answer to its hello. */
  readonly exit: number
}

const refusal = (text: string, retry = false, exit = 6): ErrorEntry => ({ text, retry, exit })

export const ERRORS = {
  // entering
  'name-taken': refusal('The name is taken by %. Choose another name.', true, 4),
  'name-empty': refusal('The name is missing. Send one of 1 to 32 characters.', false, 4),
  'name-too-long': refusal('The name is too long (%). Choose one of at most 32 characters.', false, 4),
  'name-characters': refusal(
    'The name contains %. Use letters and digits of any script, and - _ . [ ] { } | ^ \\ or a backtick.',
    false,
    4,
  ),
  'name-reserved': refusal('The name % is reserved for the server. Choose another name.', false, 4),
  'name-brace': refusal('Only native clients can use a name that begins with {. Choose another name.', false, 4),
  'not-entered': refusal('You have not joined the chat yet. Send a name first.', false, 4),
  'already-entered': refusal('This connection already has a name. Change it with nick, or open another connection.'),
  'session-unknown': refusal('This session has ended. Send hello again without the token.', false, 4),
  'token-short': refusal(
    'The token is too short. Use 32 to 256 random characters, or leave it out and use the one in the welcome.',
    false,
    4,
  ),
  'password-needed': refusal(
    'This server requires a password. Use --password-file FILE or RXCHAT_PASSWORD with rxchat, or the field password in hello.',
    false,
    4,
  ),
  'password-wrong': refusal('The password is wrong. Ask the host for it.', false, 4),
  'password-wait': refusal('Too many wrong passwords from your address. Try again in % seconds.', true, 4),
  'name-registered': refusal(
    'The name is an account (%). Sign in with its password or key, or choose another name.',
    false,
    4,
  ),
  'name-held': refusal('The name was %. It stays free of others for 30 days. Choose another name.', false, 4),
  'credential-wrong': refusal('The name or the password is wrong. Check both, and the key if you use one.', false, 4),
  'credential-gone': refusal('You were signed out here. Sign in again.', false, 4),
  'credential-wait': refusal('Too many failed attempts to sign in. Try again in % seconds.', true, 4),
  busy: refusal('Too many people are signing in at once. Try again in a few seconds.', true, 4),
  'proof-wrong': refusal(
    'The proof is wrong or late, or somebody is between you and the server. Sign in again; behind a proxy, the host needs --tls-seen.',
    false,
    4,
  ),
  'passkey-unavailable': refusal('A passkey cannot be used here: %. Use a password or a key.', false, 4),
  'registration-closed': refusal('New accounts are not accepted here. Ask the host for one.', false, 4),
  'invite-needed': refusal('You need an invite. Ask the host for a link (INVITE at the server console).', false, 4),
  'invite-invalid': refusal('The invite is used up, expired or unknown. Ask the host for a new one.', false, 4),
  'guests-off': refusal('Only people with an account can enter. Sign in, or ask the host for an invite.', false, 4),
  'accounts-full': refusal('There are % accounts, the maximum. Ask the host.', true, 4),
  'accounts-of-address': refusal(
    'Your address has made % accounts today, the maximum. Try again tomorrow, or ask the host for an invite.',
    true,
    4,
  ),
  'password-old': refusal(
    'The old password is wrong or missing. Give it first, then the new one; the host can reset it.',
  ),
  'password-short': refusal('The password is too short. Use at least % characters.', false, 4),
  'sessions-full': refusal('This account has % connections, the maximum. Sign out elsewhere first.', true, 4),
  'server-full': refusal('The server is full (%). Try again later.', true, 4),
  'too-many-from-address': refusal('Too many connections from your address (%). Close one first.', true, 4),
  'address-too-fast': refusal('Too many requests from your address. Wait a moment, then try again.', true, 4),

  // commands
  malformed: refusal('Invalid request: %. See docs/protocol.md.'),
  'unknown-command': refusal('There is no command %. Try /help.'),
  usage: refusal('Usage: %'),
  'not-utf8': refusal('The text is not valid UTF-8. Send it again in UTF-8.'),
  'line-too-long': refusal('The line is longer than %. Send it in parts.'),
  'text-empty': refusal('The message is empty. Type some text.'),
  'words-empty': refusal('There is no word in that search. Give a word with a letter or a digit.'),
  'text-too-long': refusal('The text is longer than %. Shorten it, or send it in parts.'),
  'slow-down': refusal('Slow down: the limit per second is %. Wait a moment, then send it again.', true),
  'room-name': refusal('The room name %. Use 1 to 32 letters, digits, - _ or a dot.', false, 4),
  'room-unknown': refusal('There is no room %. Join it to create it.'),
  'not-in-room': refusal('You are not in the room %. Join it first.'),
  'too-many-rooms': refusal('You are in % rooms, the maximum. Leave one first.'),
  'rooms-full': refusal('The server has % rooms, the maximum. Join one of them.', true, 4),
  'rooms-of-address': refusal('Your address has created % rooms, the maximum. Join an existing room.', true, 4),
  'member-unknown': refusal('There is nobody called %. Check the spelling, or list the members.'),
  'member-gone': refusal('% has left, and a guest gets no messages while away. Wait until they come back.'),
  'already-registered': refusal('The name % is your account already. Change its password with /password.'),
  'not-registered': refusal('You are a guest. Make this name yours with /register first.'),
  'pushes-full': refusal('The server notifies % browsers, the maximum. Ask the host.'),
  'push-unavailable': refusal('This server sends no notifications. Ask the host.'),
  'push-refused': refusal(
    'The subscription to notifications cannot be used: %. Switch them off and on again in the page.',
  ),
  'credentials-full': refusal('The account has % ways to sign in, the maximum. Revoke one first (/devices).'),
  'credential-unknown': refusal('The account has no way to sign in with the id %. /devices lists them.'),
  'credential-last': refusal('This is the last way to sign in. Add another first, such as a password (/password).'),
  'account-unknown': refusal('There is no account %. ACCOUNT LIST shows them.'),
  'invites-full': refusal('There are % invites, the maximum. Revoke one first (INVITE REVOKE).'),
  'invite-unknown': refusal('There is no invite %. INVITE LIST shows them.'),
  'message-unknown': refusal('There is no message % here, or it is no longer kept. Look up its number in the history.'),
  'nothing-said': refusal('You have no message here to edit or delete.'),
  'nothing-to-answer': refusal('Nobody else has said anything here yet. Name a message by its number.'),
  'not-yours': refusal('Message % is by somebody else, and only its author can edit it. Answer it instead.'),
  'send-elsewhere': refusal(
    'This command cannot send files here. Use the page, or rxchat --file PATH HOST; with a token, curl -T PATH http://HOST:PORT/api/rooms/ROOM/files/.',
  ),
  'edit-under-way': refusal('This message is being edited just now. Try again in a moment.', true),
  'live-over': refusal('There is no live message % of yours that grows. Say a new one with live.'),
  'live-offset': refusal('The output goes on at byte %. Send what follows there.'),
  'live-full': refusal('The output is full (%). Finish it, and say a new one if there is more.'),
  'lives-full': refusal('Too many live messages grow at once (%). Finish one, or wait until one has ended.', true),
  'live-malformed': refusal('The output cannot be read: %. Send at most 40960 bytes at once, in base64.'),
  'not-live': refusal('Message % has no output. Only a live message has.'),
  'edit-late': refusal('Messages can be edited for %. Delete this one, or correct it in a new message.'),
  'edit-off': refusal('Messages cannot be edited here. Delete this one, or correct it in a new message.'),
  'reply-elsewhere': refusal('Message % was sent elsewhere. Answer it in the room or conversation that it is in.'),
  'emoji-unknown': refusal('"%" is no emoji. Give one emoji, such as 👍 or :tada:.'),
  'reacted-already': refusal('You have reacted with % already.'),
  'not-reacted': refusal('You have not reacted with %.'),
  'reactions-full': refusal('The message has % already, the maximum. Choose one that is there.'),
  'pins-full': refusal('#% has as many pinned messages as it may have. Unpin one first (/unpin NUMBER).'),
  'question-unknown': refusal('There is no question % here. /questions lists those that are open.'),
  'question-closed': refusal('Question %. /questions lists those that are open.'),
  'question-which': refusal('Which question do you mean? Give its number, one of: %.'),
  'question-none': refusal('No question is open here that you may answer. /questions lists those that are open.'),
  'question-edit': refusal('A question cannot be edited. Close it (/close %), and ask it anew.'),
  'choice-unknown': refusal('That is none of the choices. Answer with one of: %.'),
  'choices-wrong': refusal('The choices cannot be used: %.'),
  'not-entitled': refusal('Only % can answer this question. Ask them.'),
  'not-asker': refusal('Only % can close this question. Ask them.'),
  'ask-elsewhere': refusal('Questions are asked in rooms, not in direct messages. Ask it in a room.'),
  'too-many-questions': refusal('% questions are open, the maximum. Close one first (/close NUMBER).', true),
  'answers-full': refusal('The questions that are open have % answers, the maximum. Try again later.', true),
  'hands-full': refusal('% hands are raised here, the maximum. Wait until some are down.', true),
  'hand-down': refusal('Your hand is not raised here. Raise it with /hand.'),
  'no-hands': refusal('Nobody has raised a hand in #%.'),
  'file-unknown': refusal('There is no upload % of yours that waits for a message. Upload the file again.'),
  'files-full': refusal(
    'Files take up % here, as much as they may. Delete messages with files, or ask the host.',
    true,
  ),
  'own-files-full': refusal('Your files take up % here, as much as yours may. Delete messages with files.', true),
  'uploads-waiting': refusal('% uploads of yours wait for a message, the maximum. Send some first.', true),
  'files-off': refusal('This server takes no files. Send a link instead, or ask the host.'),
  'file-too-large': refusal('The file is larger than %. Send a smaller one, or a link.'),
  'picture-damaged': refusal('This %. Save it anew and send that, or send it in a ZIP file.'),
  'thumb-unfit': refusal('The small picture has to be a picture of at most % pixels a side.'),
  'too-many-files': refusal('A message has at most % files. Send the others with another one.'),
  'uploads-busy': refusal(
    'Too many files come in at once. Wait until some of them are there, then send this one.',
    true,
  ),
  'session-needed': refusal(
    'This request needs a session: send Authorization: Session TOKEN, with the token of your welcome, or Bearer TOKEN.',
    false,
    4,
  ),
  'picture-unfit': refusal('Your picture has to be a PNG, JPEG, WebP, GIF or AVIF of at most %. Choose another one.'),
  'not-author': refusal('You did not write message %.'),
  'host-only': refusal('Only the host can do that, at the server console. Ask the host.'),
  'not-to-host': refusal('The host cannot receive direct messages. Write in a room instead.'),
  'number-forgotten': refusal(
    'This number was used before, and its result is no longer kept. Whether it was done is unknown.',
  ),
  'number-refused': refusal('The command with this number was refused before. Send it again under a new number.'),

  'cursor-name': refusal('The name of the cursor %. Use letters, digits and the signs - _ . in it.'),
  'cursor-unknown': refusal('There is no cursor %. rxchat cursors lists them.'),
  'cursor-elsewhere': refusal('The cursor % already. Name that room, or choose another name for the cursor.'),
  'cursor-lost': refusal('You do not hold the cursor %. Claim it, and go on from its place.'),
  'cursor-beyond': refusal('Nothing has been said up to % yet. A cursor moves to messages that were handled.'),
  'cursors-full': refusal('There are % cursors, the maximum. Remove one first.'),
  'cursor-waiting-full': refusal('% programs wait for this cursor, the maximum. Stop one of them first.', true),
  'too-many-waits': refusal('Too many requests wait for a next message. Wait until one of them is answered.', true),

  // keeping order
  banned: refusal('You are banned %. Ask the host if you think that is wrong.', false, 4),
  'banned-here': refusal('You are banned %. Ask those who keep order there, or join another room.', false, 4),
  'banned-there': refusal('% is banned from the room. End the ban first (/unban).'),
  'name-banned': refusal('The name % is banned here. Choose another name.', false, 4),
  'name-filtered': refusal('A word filter of % refuses this name. Choose another name.', false, 4),
  muted: refusal('You are muted %. You can read meanwhile.', true),
  moderated: refusal('The room is moderated: only % or above can write. Ask for a voice, or wait.', true),
  'outsiders-off': refusal('Programs with a token cannot write in #%. Ask those who keep order there.', false, 4),
  'too-new': refusal('New guests wait before they write: % more. Accounts do not wait (/register).', true),
  slowed: refusal('The room is in slow mode. You can write again in %.', true),
  'locked-down': refusal('%. Come back later; accounts that are here can write.', true, 4),
  filtered: refusal('A word filter of % refuses this text. Say it in other words.'),
  'held-full': refusal('Too many messages wait for a keeper in #%. Try again later.', true),
  'role-needed': refusal('That takes %.'),
  outranked: refusal('%, as high as you or higher. Ask somebody above.'),
  'account-only': refusal('Only people with an account can join #%. Make one with /register.', false, 4),
  'invite-only': refusal('Only invited people can join #%. Ask those who keep order there to invite you.', false, 4),
  'key-needed': refusal('You need a key to join #%. Give it after the name of the room: /join ROOM KEY.', false, 4),
  'key-wrong': refusal('The key to #% is wrong. Ask somebody in it.', false, 4),
  'room-full': refusal('The room #%, as many as it may have. Try again later.', true, 4),
  'sanctions-full': refusal('There are % bans, mutes and exceptions, the maximum. End some first.'),
  'sanction-unknown': refusal('There is no such ban, mute or exception here: %. /bans and /mutes list them.'),
  'filters-full': refusal('There are % word filters, the maximum. Remove some first.'),
  'filter-unknown': refusal('There is no word filter % here. /filters lists them.'),
  'filter-pattern': refusal('The pattern cannot be used: %.'),
  'network-invalid': refusal('The network cannot be used: %.'),
  'network-unknown': refusal('The address of % is not known at this server. Ban the name, or give the network.'),
  'mode-unknown': refusal('There is no mode %. /mode lists them.'),
  'mode-of-rooms': refusal('The mode % is for rooms. Name one with: in ROOM.'),
  'mode-value': refusal('The mode % needs another value. /mode tells which.'),
  'time-invalid': refusal(
    '% is no time of at most ten years: write 10m, 2h or 30d. A reason that begins with "for" stands after --.',
  ),
  'too-long': refusal('Give a time from one second to ten years, such as 10m, 2h or 30d.'),
  'roles-full': refusal('There are % of them, the maximum. Take some away first.'),
  'rule-invalid': refusal('The rule cannot be tried: %.'),
  'try-busy': refusal('Another rule is being tried. Try yours again in a moment.', true),
  'try-too-long': refusal(
    'The trial took longer than % seconds. Try the rule over a shorter time, or on a copy of the journal with rxchat-server rehearse.',
  ),
  'try-unread': refusal('The past cannot be read: %'),
  'try-failed': refusal('The trial failed: %. Try it on a copy of the journal with rxchat-server rehearse.'),
  'held-unknown': refusal('No message % waits here. /held lists them.'),
  'not-yet': refusal(
    'Not all servers of this chat know this command yet. Try again when the host has updated all of them.',
    true,
  ),
  'purges-full': refusal('There are % purges under way, the maximum. Wait for them.', true),
  'ignored-full': refusal('You ignore % people, the maximum. Stop ignoring some first (/unignore).'),
  'not-accepted': refusal('% takes no direct messages from you.'),

  // the HTTP API
  'token-needed': refusal(
    'This request needs a token. The host creates one with TOKEN ADD at the server console. Send it as Authorization: Bearer TOKEN.',
    false,
    4,
  ),
  'token-unknown': refusal(
    'The token is unknown or was revoked. Ask the host for a new one (TOKEN ADD at the server console).',
    false,
    4,
  ),
  'account-needed': refusal(
    'This request needs the name and the password of an account. Send them by HTTP Basic, as curl -u NAME:PASSWORD does.',
    false,
    4,
  ),
  'not-granted': refusal('This token is not allowed to %. Ask the host for another token.', false, 4),
  request: refusal('Invalid request: %. See /api/openapi.json.'),
  'hook-body': refusal('The hook cannot take this: %. docs/api.md has what it takes ("Hooks in").'),
  'hook-empty': refusal('There is nothing to show in this. Send a text, or JSON as in docs/api.md ("Hooks in").'),
  'not-found': refusal('There is nothing at %. See /api/openapi.json for the paths.'),
  'key-reused': refusal('This key was already used for another message or question. Use a new one for each.'),
  'too-many-streams': refusal(
    'Too many event streams: at most 32 per token and 256 in total. Close one first, or wait.',
    true,
  ),
  'grants-full': refusal('There are % tokens, the maximum. Revoke one first.'),
  'grant-unknown': refusal('There is no token named %. TOKEN LIST shows the tokens.'),
  'hook-url': refusal(
    'The webhook URL is not valid. Use an http or https URL of at most 2048 characters, without a user name.',
  ),
  'hook-private': refusal(
    'The webhook URL leads to a private address. Use a public one, or start the server with --allow-private-hooks.',
  ),
  'hooks-full': refusal('There are % webhooks, the maximum. Remove one first.'),
  'hook-unknown': refusal('There is no webhook %. HOOK LIST shows the webhooks.'),
  'hook-kinds': refusal('There is no kind of event "%". HOOK lists the kinds.'),
  'hook-rotating': refusal('The old secret of webhook % still signs. End that first: HOOK ROTATE number --now.'),

  // the server's own trouble
  storage: refusal('The server cannot store messages now. Try again, and tell the host.', true, 6),
  'outcome-unknown': refusal(
    'The server does not know whether the message is stored. Send it again with the same Idempotency-Key.',
    true,
  ),
  internal: refusal('The server failed on this command and has skipped it. Tell the host.', false, 1),
} as const satisfies Record<string, ErrorEntry>

export type ErrorCode = keyof typeof ERRORS

/** Why a request is refused: `detail` stands for the % in the sentence of the code. */
export type Refusal = { readonly code: ErrorCode; readonly detail: string }

/** The sentence that a person reads for `code`, with its detail filled in. */
export const errorText = (code: ErrorCode, detail = ''): string => ERRORS[code].text.replace('%', () => detail)

/** Why the server ends a connection. */
type Closing = {
  readonly text: string
  /** Whether a client should reconnect by itself. */
  readonly reconnect: boolean
  readonly exit: number
  /** The close code of the WebSocket (RFC 6455, 7.4). Codes from 4000 on are rxchat's own. */
  readonly websocket: number
}

export const CLOSINGS = {
  bye: { text: 'Goodbye.', reconnect: false, exit: 0, websocket: 1000 },
  kicked: { text: 'You have been kicked out by %.', reconnect: false, exit: 5, websocket: 4000 },
  banned: { text: 'You have been banned %.', reconnect: false, exit: 4, websocket: 4013 },
  replaced: { text: 'This session continues on another connection.', reconnect: false, exit: 4, websocket: 4001 },
  refused: { text: 'The connection was refused: %', reconnect: false, exit: 4, websocket: 4002 },
  'handshake-timeout': {
    text: 'No name arrived in time. Connect again and send one.',
    reconnect: true,
    exit: 3,
    websocket: 4003,
  },
  'too-slow': {
    text: 'You read too slowly and missed messages. Connect again.',
    reconnect: true,
    exit: 3,
    websocket: 1013,
  },
  flooding: {
    text: 'You sent far more than the server accepts. Send less.',
    reconnect: false,
    exit: 4,
    websocket: 1008,
  },
  timeout: { text: 'Your client did not answer in time. Connect again.', reconnect: true, exit: 3, websocket: 4004 },
  shutdown: { text: 'The server is shutting down.', reconnect: true, exit: 3, websocket: 1001 },
  moved: {
    text: 'This server cannot serve you now. Your client goes on at another one.',
    reconnect: true,
    exit: 3,
    websocket: 4011,
  },
  'cut-off': {
    text: 'The server was cut off for too long. Connect again; what was said meanwhile may not have arrived.',
    reconnect: true,
    exit: 3,
    websocket: 4012,
  },
  unsupported: { text: '%', reconnect: false, exit: 4, websocket: 4005 },
  'tls-only': {
    text: 'This server accepts TLS only. Connect with rxchat tls://HOST:PORT, https:// in a browser, or openssl s_client.',
    reconnect: false,
    exit: 4,
    websocket: 4006,
  },
  // the PROXY header, before any protocol; the log tells the host the reason
  'proxy-refused': {
    text: 'PROXY headers are accepted only from the addresses in --trust-proxy.',
    reconnect: false,
    exit: 4,
    websocket: 4007,
  },
  'proxy-broken': {
    text: 'The PROXY header is not valid. Send version 2.',
    reconnect: false,
    exit: 4,
    websocket: 4008,
  },
  revoked: { text: 'The token was revoked. Ask the host for a new one.', reconnect: false, exit: 4, websocket: 4009 },
  'signed-out': { text: 'You were signed out.', reconnect: false, exit: 4, websocket: 4010 },
  // a WebSocket that breaks its rules
  'bad-frame': {
    text: 'The WebSocket frame is not valid (RFC 6455). Use a WebSocket library.',
    reconnect: false,
    exit: 1,
    websocket: 1002,
  },
  'binary-frame': {
    text: 'Binary frames are not accepted. Send JSON in text frames.',
    reconnect: false,
    exit: 1,
    websocket: 1003,
  },
  'frame-not-utf8': {
    text: 'The text frame is not valid UTF-8. Send it again in UTF-8.',
    reconnect: false,
    exit: 1,
    websocket: 1007,
  },
  'frame-too-long': {
    text: 'The message is longer than 65536 bytes, or has more than 1024 frames. Send it in parts.',
    reconnect: false,
    exit: 1,
    websocket: 1009,
  },
} as const satisfies Record<string, Closing>

export type CloseCode = keyof typeof CLOSINGS

/** The sentence that a person reads when the server ends the connection for `code`. */
export const closingText = (code: CloseCode, detail = ''): string => CLOSINGS[code].text.replace('%', () => detail)
