/**
 * The one table of refusals. Inside the program an error is its code. Its sentence, its exit code and its advice to
 * retry or to reconnect are all read from here (docs/spec.md, rules E*).
 */
import { CHAT_ERRORS, type ErrorEntry, refusal } from './chat-errors.ts'

export const ERRORS = {
  ...CHAT_ERRORS,
  // lines, and commands of the host
  'line-too-long': refusal('The line is longer than %. Send it in parts.'),
  'host-only': refusal('Only the host can do that, at the server console. Ask the host.'),
  // rooms
  'rooms-full': refusal('The server has % rooms, the maximum. Join one of them.', true, 4),
  'rooms-of-address': refusal('Your address has created % rooms, the maximum. Join an existing room.', true, 4),
  // accounts and invites
  'credential-unknown': refusal('The account has no way to sign in with the id %. /devices lists them.'),
  'credential-last': refusal('This is the last way to sign in. Add another first, such as a password (/password).'),
  'credentials-full': refusal('The account has % ways to sign in, the maximum. Revoke one first (/devices).'),
  'already-registered': refusal('The name % is your account already. Change its password with /password.'),
  'push-unavailable': refusal('This server sends no notifications. Ask the host.'),
  'account-unknown': refusal('There is no account %. ACCOUNT LIST shows them.'),
  'invites-full': refusal('There are % invites, the maximum. Revoke one first (INVITE REVOKE).'),
  'invite-unknown': refusal('There is no invite %. INVITE LIST shows them.'),
  // questions, live messages, cursors and files
  'live-over': refusal(
    'There is no message % of yours that grows: it has ended, it was deleted, or you may not write there any more. Begin a new one.',
  ),
  'live-offset': refusal('The output goes on at byte %. Send what follows there.'),
  'live-full': refusal('The output is full (%). Finish it, and say a new one if there is more.'),
  'lives-full': refusal('%, the maximum. Wait until one ends, or finish one of yours.', true),
  'live-malformed': refusal('The output cannot be read: %. Send at most 40960 bytes at once, in base64.'),
  'not-live': refusal('Message % has no output. Only a live message has.'),
  'hands-full': refusal('% hands are raised here, the maximum. Wait until some are down.', true),
  'hand-down': refusal('Your hand is not raised here. Raise it with /hand.'),
  'no-hands': refusal('Nobody has raised a hand in #%.'),
  'question-unknown': refusal('There is no question % here. /questions lists those that are open.'),
  'question-closed': refusal('Question %. /questions lists those that are open.'),
  'question-which': refusal('Which question do you mean? Give its number, one of: %.'),
  'question-none': refusal('No question is open here that you may answer. /questions lists those that are open.'),
  'buzz-none': refusal(
    'No buzz is open here that you may press. Begin one: /buzz QUESTION. /questions lists what is open.',
  ),
  'buzz-choices': refusal('Question % is a buzz, which has no choices. Press it with /buzz.'),
  'question-edit': refusal('A question cannot be edited. Close it (/close %), and ask it anew.'),
  'not-entitled': refusal('Only % can answer this question. Ask them.'),
  'not-asker': refusal('Only % can close this question. Ask them.'),
  'too-many-questions': refusal('%, the maximum. Wait until one ends, or close one of yours (/close NUMBER).', true),
  'guests-full': refusal(
    '%, the maximum for all guests together. Make your name an account (/register), or wait until one ends.',
    true,
  ),
  'answers-full': refusal('%, the maximum. Try again later.', true),
  'cursor-name': refusal('The name of the cursor %. Use letters, digits and the signs - _ . in it.'),
  'cursor-unknown': refusal('There is no cursor %. rxchat cursors lists them.'),
  'cursor-elsewhere': refusal('The cursor % already. Name that room, or choose another name for the cursor.'),
  'cursor-lost': refusal('You do not hold the cursor %. Claim it, and go on from its place.'),
  'cursor-beyond': refusal('Nothing has been said up to % yet. A cursor moves to messages that were handled.'),
  'cursors-full': refusal('%, the maximum. Remove one of yours first (rxchat cursors remove), or ask the host.'),
  'cursor-waiting-full': refusal('% programs wait for this cursor, the maximum. Stop one of them first.', true),
  'too-many-waits': refusal('Too many requests wait for a next message. Wait until one of them is answered.', true),
  'own-files-full': refusal('Your files take up % here, as much as yours may. Delete messages with files.', true),
  'uploads-busy': refusal(
    'Too many files come in at once. Wait until some of them are there, then send this one.',
    true,
  ),
  'session-needed': refusal(
    'This request needs a session: send Authorization: Session TOKEN, with the token of your welcome, or Bearer TOKEN.',
    false,
    4,
  ),
  'files-off': refusal('This server takes no files. Send a link instead, or ask the host.'),
  'uploads-waiting': refusal('% uploads of yours wait for a message, the maximum. Send some first.', true),
  'picture-damaged': refusal('This %. Save it anew and send that, or send it in a ZIP file.'),
  'thumb-unfit': refusal('The small picture has to be a picture of at most % pixels a side.'),
  'file-unknown': refusal('There is no upload % of yours that waits for a message. Upload the file again.'),
  'files-full': refusal(
    'Files take up % here, as much as they may. Delete messages with files, or ask the host.',
    true,
  ),
  'picture-unfit': refusal('Your picture has to be a PNG, JPEG, WebP, GIF or AVIF of at most %. Choose another one.'),
  'pushes-full': refusal('The server notifies % browsers, the maximum. Ask the host.'),
  'push-refused': refusal(
    'The subscription to notifications cannot be used: %. Switch them off and on again in the page.',
  ),
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
  'mode-of-rooms': refusal('The mode % is for rooms. Name one with: in ROOM.'),
  'too-long': refusal('Give a time from one second to ten years, such as 10m, 2h or 30d.'),
  'roles-full': refusal('There are % of them already, the maximum. Take some away first.'),
  'rule-invalid': refusal('The rule cannot be tried: %.'),
  'try-busy': refusal('Another rule is being tried. Try yours again in a moment.', true),
  'try-too-long': refusal(
    'The trial took longer than % seconds. Try the rule over a shorter time, or on a copy of the journal with rxchat-server rehearse.',
  ),
  'try-unread': refusal('The past cannot be read: %'),
  'try-failed': refusal('The trial failed: %. Try it on a copy of the journal with rxchat-server rehearse.'),
  'held-unknown': refusal('No message % waits here. /held lists them.'),
  'purges-full': refusal('% purges are under way, the maximum. Wait for one to end.', true),
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
  'outcome-unknown': refusal(
    'The server does not know whether the message is stored. Send it again with the same Idempotency-Key.',
    true,
  ),
} as const satisfies Record<string, ErrorEntry>

export type ErrorCode = keyof typeof ERRORS

/** Why a request is refused: `detail` stands for the % in the sentence of the code. */
export type Refusal = { readonly code: ErrorCode; readonly detail: string }

/** The sentence that a person reads for `code`, with its detail filled in. */
export const errorText = (code: ErrorCode, detail = ''): string => ERRORS[code].text.replace('%', () => detail)
