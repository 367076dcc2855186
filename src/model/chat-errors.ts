/**
 * Errors of entering a room and of chatting. Pages and terminals show some of these texts themselves. For the errors in
 * error.ts they show the server's sentence.
 */

/** The text of an error, and its meaning for a program. */
export type ErrorEntry = {
  /** One sentence with the remedy. `%` stands for the detail, which the event carries. */
  readonly text: string
  /** Whether the same request may succeed later, unchanged. */
  readonly retry: boolean
  /** The exit code of `rxchat` when this is the answer to its hello. */
  readonly exit: number
}

export const refusal = (text: string, retry = false, exit = 6): ErrorEntry => ({ text, retry, exit })

export const CHAT_ERRORS = {
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
  'text-empty': refusal('The message is empty. Type some text.'),
  'words-empty': refusal('There is no word in that search. Give a word with a letter or a digit.'),
  'text-too-long': refusal('The text is longer than %. Shorten it, or send it in parts.'),
  'slow-down': refusal('Slow down: the limit per second is %. Wait a moment, then send it again.', true),
  'room-name': refusal('The room name %. Use 1 to 32 letters, digits, - _ or a dot.', false, 4),
  'room-unknown': refusal('There is no room %. Join it to create it.'),
  'not-in-room': refusal('You are not in the room %. Join it first.'),
  'too-many-rooms': refusal('You are in % rooms, the maximum. Leave one first.'),
  'member-unknown': refusal('There is nobody called %. Check the spelling, or list the members.'),
  'member-gone': refusal('% has left, and a guest gets no messages while away. Wait until they come back.'),
  'not-registered': refusal('You are a guest. Make this name yours with /register first.'),
  'message-unknown': refusal('There is no message % here, or it is no longer kept. Look up its number in the history.'),
  'nothing-said': refusal('You have no message here to edit or delete.'),
  'nothing-to-answer': refusal('Nobody else has said anything here yet. Name a message by its number.'),
  'not-yours': refusal('Message % is by somebody else, and only its author can edit it. Answer it instead.'),
  'send-elsewhere': refusal(
    'This command cannot send files here. Use the page, or rxchat --file PATH HOST; with a token, curl -T PATH http://HOST:PORT/api/rooms/ROOM/files/.',
  ),
  'edit-under-way': refusal('This message is being edited just now. Try again in a moment.', true),
  'edit-late': refusal('Messages can be edited for %. Delete this one, or correct it in a new message.'),
  'edit-off': refusal('Messages cannot be edited here. Delete this one, or correct it in a new message.'),
  'reply-elsewhere': refusal('Message % was sent elsewhere. Answer it in the room or conversation that it is in.'),
  'emoji-unknown': refusal('"%" is no emoji. Give one emoji, such as 👍 or :tada:.'),
  'reacted-already': refusal('You have reacted with % already.'),
  'not-reacted': refusal('You have not reacted with %.'),
  'reactions-full': refusal('The message has % already, the maximum. Choose one that is there.'),
  'pins-full': refusal('#% has as many pinned messages as it may have. Unpin one first (/unpin NUMBER).'),
  'choice-unknown': refusal('That is none of the choices. Answer with one of: %.'),
  'choices-wrong': refusal('The choices cannot be used: %.'),
  'ask-elsewhere': refusal('Questions are asked in rooms, not in direct messages. Ask it in a room.'),
  'file-too-large': refusal('The file is larger than %. Send a smaller one, or a link.'),
  'too-many-files': refusal('A message has at most % files. Send the others with another one.'),
  'not-author': refusal('You did not write message %.'),
  'not-to-host': refusal('The host cannot receive direct messages. Write in a room instead.'),
  'number-forgotten': refusal(
    'This number was used before, and its result is no longer kept. Whether it was done is unknown.',
  ),
  'number-refused': refusal('The command with this number was refused before. Send it again under a new number.'),

  // commands that keep order
  'mode-unknown': refusal('There is no mode %. /mode lists them.'),
  'mode-value': refusal('The mode % needs another value. /mode tells which.'),
  'time-invalid': refusal(
    '% is no time of at most ten years: write 10m, 2h or 30d. A reason that begins with "for" stands after --.',
  ),
  // the server's own trouble, which may refuse a hello
  'not-yet': refusal(
    'Not all servers of this chat know this command yet. Try again when the host has updated all of them.',
    true,
  ),
  storage: refusal('The server cannot store messages now. Try again, and tell the host.', true, 6),
  internal: refusal('The server failed on this command and has skipped it. Tell the host.', false, 1),
} as const satisfies Record<string, ErrorEntry>

export type ChatErrorCode = keyof typeof CHAT_ERRORS

/** The sentence for `code`, with its detail filled in. */
export const chatErrorText = (code: ChatErrorCode, detail = ''): string =>
  CHAT_ERRORS[code].text.replace('%', () => detail)
