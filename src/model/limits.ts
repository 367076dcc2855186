/**
 * Every bound of rxchat, each with its unit. Nothing that a client sends may cost more than these allow (docs/spec.md,
 * rules L*). If an operator may change a bound, its default is here.
 */

// ── names and text ───────────────────────────────────────────────────────────────────────────────
/** Code points in a user name, after NFC. */
export const NAME_MAX_CHARS = 32
/** Combining marks in a row in a user name, after NFC, that fit on letters of any script. Zalgo is made of them. */
export const NAME_MAX_MARKS = 2
/** Nonspacing marks in a row, of any script (UTS #39, 5.4). Tibetan needs three, and so do Hebrew and Burmese. */
export const NAME_MAX_STACKED = 4
/** Code points in a room's name, after NFC. */
export const ROOM_NAME_MAX_CHARS = 32
/** Bytes of UTF-8 in a message. */
export const TEXT_MAX_BYTES = 8192
/** Lines of a message. Line mode and classic write the author before each line. */
export const TEXT_MAX_LINES = 200
/** For every so many lines, a message costs its sender one more token of the rate limit. */
export const LINES_PER_TOKEN = 20
/** Members that one message mentions. Further names in it notify nobody. */
export const MENTIONS_MAX = 32
/** Bytes of UTF-8 in a topic, a reason or an away note. The room's state holds these texts. */
export const NOTE_MAX_BYTES = 512

// ── the wire ─────────────────────────────────────────────────────────────────────────────────────
/** Bytes in one line of the native protocol: 8 KiB of text, in which each byte may be a \u escape. */
export const NATIVE_LINE_MAX_BYTES = 65_536
/** Bytes of one line that a client reads from a pipe. The rest of a longer line isn't sent, and the user is told so. */
export const INPUT_LINE_MAX_BYTES = 65_536
/** Bytes in one line of line mode: the longest text, with a command and a recipient before it. */
export const LINE_MAX_BYTES = TEXT_MAX_BYTES + 256
/** Bytes that the original client reads at once. No write to it is longer. */
export const CLASSIC_READ_BYTES = 4096
/** Milliseconds between two writes to a classic client, so that each arrives in a read of its own. */
export const CLASSIC_PACE_MS = 20
/** Milliseconds between `OK` and the user list. The original client reads each of them with one recv. */
export const CLASSIC_GREETING_MS = 150

// ── the first bytes ──────────────────────────────────────────────────────────────────────────────
/** Bytes by which the protocol must be known. */
export const SNIFF_MAX_BYTES = 1024
/** Milliseconds of silence after which a text without newline is taken for a classic user name. */
export const SNIFF_CLASSIC_MS = 250
/** Milliseconds of silence after which the server stops waiting for the rest of a known method or verb. */
export const SNIFF_PATIENCE_MS = 2000
/** Milliseconds without a byte after which the server asks for a name, as a person with nc expects. */
export const SNIFF_NOTHING_MS = 5000
/**
 * How many milliseconds longer it waits for an address that has spoken HTTP in the last `BROWSING_MS`. Browsers open
 * connections ahead: Chromium may send its next request on one that has been silent for 10 s.
 */
export const SNIFF_SPARE_MS = 10_000
/** How many milliseconds an address counts as one of a browser. */
export const BROWSING_MS = 600_000
/** Addresses that are remembered as ones of browsers. */
export const BROWSING_MAX = 10_000
/** Milliseconds that the wall clock may jump before the server tells the host. */
export const CLOCK_JUMP_MS = 60_000
/** How long a clock that has jumped ahead must stay so before `--keep` counts an age by it. */
export const CLOCK_DOUBT_MS = 86_400_000
/** Milliseconds that the wall clock must have been set forward or back before an input reports it. */
export const CLOCK_SET_MS = 1000
/** Milliseconds that the room's time may be ahead of an input's time. If it's further ahead, it follows the input. */
export const CLOCK_AHEAD_MS = 60_000
/** Milliseconds that a timer is late if the server itself stood still. No peer is judged by that time. */
export const STALL_MS = 100
/** Milliseconds in which a new connection must send a name. A person in line mode types it by hand. */
export const HANDSHAKE_MS = 30_000
/** How often a connection gets more time for its name because it was asked for a secret or a proof. */
export const HANDSHAKE_EXTENSIONS_MAX = 20

/** Bytes of a PROXY header: addresses, and the extensions that some proxies add. */
export const PROXY_HEADER_MAX_BYTES = 4096

// ── addresses and their networks ─────────────────────────────────────────────────────────────────
/** Bits of an IPv6 address that count as the address: a peer has all addresses that begin with them. */
export const PEER_BITS_IPV6 = 64
/** Bits of an address that a banned network fixes at least. A broader one would shut out a large part of the internet. */
export const BAN_MIN_BITS_IPV4 = 8
export const BAN_MIN_BITS_IPV6 = 16

// ── the password ─────────────────────────────────────────────────────────────────────────────────
/** Characters of a password. */
export const PASSWORD_MAX_CHARS = 1024
/** Wrong passwords from one address before it has to wait. */
export const PASSWORD_FREE_TRIES = 5
/** Milliseconds of the first wait. Each further wrong password doubles it, up to the maximum. */
export const PASSWORD_WAIT_MS = 1000
export const PASSWORD_WAIT_MAX_MS = 60_000
/** Milliseconds for which the last wrong password is remembered, and the number of addresses remembered. */
export const PASSWORD_MEMORY_MS = 15 * 60_000
export const PASSWORD_ADDRESSES_MAX = 10_000

// ── accounts ─────────────────────────────────────────────────────────────────────────────────────
/** Accounts on a server. */
export const ACCOUNTS_MAX = 100_000
/** Credentials of an account. */
export const CREDENTIALS_MAX = 32
/** Sessions of one account, including lapsed ones. */
export const SESSIONS_PER_MEMBER = 32
/** Milliseconds after which the name of an account that was never used again is free, and a use counts as "again". */
export const ACCOUNT_UNUSED_MS = 30 * 24 * 60 * 60 * 1000
export const ACCOUNT_AGAIN_MS = 24 * 60 * 60 * 1000
/** Milliseconds for which an account's former name stays reserved, and the most such names of an account. */
export const NAME_HELD_MS = 30 * 24 * 60 * 60 * 1000
export const NAMES_HELD_MAX = 4
/** Rooms that an account may have founded, and milliseconds of its absence after which they are nobody's. */
export const ROOMS_PER_FOUNDER = 16
export const ROOM_FOUNDED_MS = 90 * 24 * 60 * 60 * 1000
/** Invites on a server. */
export const INVITES_MAX = 1000
/** Milliseconds in which the reads of a connection are gathered into one input, and places that it has at most. */
export const READS_MS = 10_000
export const READS_GATHERED_MAX = 32
/** Places of a member whose read position is kept. */
export const READ_PLACES_MAX = 512
/** Uses of one invite at most, and milliseconds until it expires: by default, and at most. */
export const INVITE_USES_MAX = 10_000
export const INVITE_MS = 7 * 24 * 60 * 60 * 1000
export const INVITE_MAX_MS = 365 * 24 * 60 * 60 * 1000
/** Milliseconds after which erasing an account's messages is tried again, if it failed. */
export const ERASURE_RETRY_MS = 60_000

// ── signing in ───────────────────────────────────────────────────────────────────────────────────
/** Characters of an account's password, at least. */
export const PASSWORD_MIN_CHARS = 8
/** Wrong passwords from one address, for any account, before it has to wait: people behind one NAT mistype. */
export const LOGIN_FREE_TRIES_PER_ADDRESS = 30
/** Pairs of an account and an address whose wrong passwords are remembered. */
export const LOGIN_PAIRS_MAX = 20_000
/** Passwords that are hashed at once, at most one from each address. Each takes 32 MiB and a thread. */
export const HASHES_AT_ONCE = 2
/** Passwords that wait to be hashed, in total and of one address. */
export const HASHES_WAITING_MAX = 256
export const HASHES_WAITING_PER_ADDRESS = 32
/** Milliseconds in which a challenge must be answered: by a program with a key, and by a person with a passkey. */
export const KEY_CHALLENGE_MS = 30_000
export const PASSKEY_CHALLENGE_MS = 120_000
/** Characters of a passkey's answer, in JSON. A browser sends about 2,000. */
export const PASSKEY_ANSWER_MAX_CHARS = 8192
/** Answers of passkeys that wait to be checked. A check takes about a millisecond, and the first one half a second. */
export const PASSKEYS_WAITING_MAX = 64
/** Accounts that one address may register, milliseconds for which they count, and addresses that are remembered. */
export const REGISTRATIONS_PER_ADDRESS = 3
export const REGISTRATIONS_MS = 24 * 60 * 60 * 1000
export const REGISTRATION_ADDRESSES_MAX = 10_000
/** Characters of the label of a credential. */
export const LABEL_MAX_CHARS = 64

// ── HTTP ─────────────────────────────────────────────────────────────────────────────────────────
/** Connections from one address in HTTP or a TLS handshake: a class behind one NAT loads the page at once. */
export const VISITORS_PER_ADDRESS = 256
/** Bytes of one request's head. Browsers send the cookies of all ports of a host. */
export const HTTP_HEAD_MAX_BYTES = 16_384
/** Bytes of one request's body. */
export const HTTP_BODY_MAX_BYTES = 65_536
/** Milliseconds in which the head of a request, and the whole request, must arrive. */
export const HTTP_HEAD_MS = 10_000
export const HTTP_REQUEST_MS = 20_000
/** Milliseconds between two checks for late requests. */
export const HTTP_LOOK_MS = 1000
/** Milliseconds that a connection may wait for its next request. */
export const HTTP_KEEP_ALIVE_MS = 5000
/** Milliseconds without traffic, in either direction, after which a connection ends. */
export const HTTP_IDLE_MS = 30_000
/** Requests on one connection. */
export const HTTP_REQUESTS_MAX = 1000
/**
 * Requests of one connection that wait for an answer, or whose answer isn't read yet. No browser pipelines even two.
 */
export const HTTP_PIPELINED_MAX = 16
/** Tokens of the address's rate that a request for /metrics costs: it takes the server as long as so many messages. */
export const METRICS_COST = 25
/** Frames, and reads, of one WebSocket message. Each is held separately until the message is complete. */
export const WEBSOCKET_PIECES_MAX = 1024

// ── vanished peers ───────────────────────────────────────────────────────────────────────────────
/** Milliseconds between two checks whether a native peer has sent anything. A silent peer is pinged. */
export const BEAT_MS = 15_000
/** Milliseconds of silence, pings unanswered, after which a peer counts as gone. */
export const SILENCE_MS = 40_000
/** Milliseconds without traffic after which TCP probes whether a peer is still there. */
export const KEEPALIVE_MS = 30_000
/** Milliseconds that a peer has to take the data written before the end of its connection. */
export const LINGER_MS = 5000
/** Milliseconds that a slow reader has to take the data written before, and the reason why its connection ends. */
export const SLOW_LINGER_MS = 300_000
/** Milliseconds that all peers together have to take the goodbye when the server stops. */
export const FAREWELL_MS = 1000
/** Lines of one kind in the server's log, a second and in a burst. Further lines are only counted. */
export const LOG_PER_SECOND = 5
export const LOG_BURST = 100
/**
 * Bytes of the console and of the log, each, that wait to be read; answers to the host, twice that. More is dropped.
 */
export const OUTPUT_MAX_BYTES = 1_048_576
/** Names in the user list that the console prints after each enter, exit and rename. A longer list is only counted. */
export const USERS_LISTED_MAX = 50
/** Milliseconds between two such lists, at least. */
export const USERS_SHOWN_MS = 1000
/** Delay before the server retries a failed write of its own input, which no client would repeat, in milliseconds. */
export const STORAGE_RETRY_MS = 1000

// ── sessions ─────────────────────────────────────────────────────────────────────────────────────
/** Numbered commands that may wait for their answer. As many results are kept. */
export const PENDING_MAX = 64
/** Rooms that one member may be in. */
export const ROOMS_PER_MEMBER = 32
/** Rooms on a server. */
export const ROOMS_MAX = 1000
/** Rooms that members from one address may have made. */
export const ROOMS_PER_ADDRESS = 128
/** Milliseconds for which the topic of an empty room is kept, and how many such topics are kept. */
export const TOPIC_KEPT_MS = 7 * 24 * 60 * 60 * 1000
export const TOPICS_KEPT_MAX = 1000
/** Milliseconds of grace: how long a native session without a connection stays a member before others see it exit. */
export const GRACE_MS = 60_000
/** Milliseconds for which a session may return after its grace, and how many such sessions are kept. */
export const LAPSED_MS = 7 * 24 * 60 * 60 * 1000
export const LAPSED_MAX = 4096
/** Sessions whose grace one tick ends. All clients may be lost at once. */
export const LAPSES_AT_ONCE = 64
/** Characters of a token that a client makes. */
export const TOKEN_MIN_CHARS = 32
export const TOKEN_MAX_CHARS = 256
/** Connections that have a name. */
export const CLIENTS_MAX = 10_000
/** File descriptors reserved for files, and for connections that the server itself opens. */
export const DESCRIPTORS_KEPT = 48
/** Members from one address: enough for a class behind one NAT. */
export const MEMBERS_PER_ADDRESS = 256
/** Connections from one address that have not sent a name yet. */
export const HANDSHAKES_PER_ADDRESS = 64
/** Commands of one session, a second and in a burst. */
export const RATE_PER_SECOND = 10
export const RATE_BURST = 40
/** The rate of one address over all protocols, as a multiple of a session's rate: a second and in a burst. */
export const ADDRESS_RATE_TIMES = 25
export const ADDRESS_BURST_TIMES = 50
/** Addresses whose rate is remembered. */
export const RATE_ADDRESSES_MAX = 10_000
/** Blank lines, WebSocket pings and unsolicited pongs of one connection, a second and in a burst. More ends it. */
export const NOISE_PER_SECOND = 10
export const NOISE_BURST = 1000
/** Bytes of one connection's requests that wait while an earlier one is under way, such as a deletion or a login. */
export const REQUESTS_HELD_BYTES = 4_194_304
/** Commands refused in a row for coming too fast, after which the connection ends. */
export const FLOOD_MAX = 500

// ── files ────────────────────────────────────────────────────────────────────────────────────────
/** Pixels of a picture that pages show: decoded, each takes 4 bytes. A larger one is a file like any other. */
export const PICTURE_PIXELS_MAX = 40_000_000
/** Bytes of one file, and of all files of a server: on a disk, and in memory with --ephemeral. */
export const FILE_MAX_BYTES = 10_000_000
export const FILES_QUOTA_BYTES = 1_000_000_000
export const FILES_QUOTA_MEMORY_BYTES = 100_000_000
/** Bytes and pixels of a side of the small picture that a client makes of a large one. */
export const THUMB_MAX_BYTES = 65_536
export const THUMB_SIDE_MAX = 640
/** Uploads that come in at once: in total, of one member or token, and from one address. Each takes a few pieces of memory. */
export const UPLOADS_AT_ONCE = 128
export const UPLOADS_PER_MEMBER = 8
export const UPLOADS_PER_ADDRESS = 32
/** Milliseconds in which an upload must arrive. Other requests have HTTP_REQUEST_MS. */
export const UPLOAD_REQUEST_MS = 600_000
/** Bytes of an upload that are looked through at once. The worst ones take milliseconds. */
export const STRIPPED_AT_ONCE_BYTES = 8192
/** Bytes of a field of a form, such as the text of a message. */
export const FORM_FIELD_MAX_BYTES = 32_768
/** Milliseconds after a start of one of several servers after which bytes that no input names are erased. */
export const ORPHAN_MS = 900_000

// ── keeping order ────────────────────────────────────────────────────────────────────────────────
/** Accounts that are administrators. */
export const ADMINISTRATORS_MAX = 64
/** Members of one room that have a role, or that may join in spite of its modes. */
export const ROLES_MAX = 128
export const INVITED_MAX = 256
/**
 * Bans, mutes and exceptions on a server, those of one room, and those of all rooms together: so the founders of rooms
 * can't use up the places of the whole server.
 */
export const SANCTIONS_MAX = 20_000
export const SANCTIONS_PER_ROOM = 500
export const SANCTIONS_OF_ROOMS = 10_000
/** Milliseconds that a ban, a mute or a mode may be set for: ten years. */
export const SANCTION_MAX_MS = 10 * 365 * 24 * 60 * 60 * 1000
/** Acts that the log of a room keeps, and that of the server. */
export const LOGGED_PER_ROOM = 200
export const LOGGED_MAX = 1000
/** Characters of the key to a room. */
export const ROOM_KEY_MAX_CHARS = 128
/** Seconds of slow mode, or of the delay for new guests. */
export const SLOW_MAX_S = 86_400
/** Seconds of the past that a rule is tried on, if nobody says otherwise. */
export const TRY_USUAL_S = 2_592_000
/** How long a server tries a rule, in milliseconds, and the memory of the thread that does it. */
export const TRY_MS = 60_000
export const TRY_HEAP_MB = 1024
/** People and rooms that a rule would have stopped, samples of it, and characters of a sample's text. */
export const TRIED_PEOPLE = 20
export const TRIED_ROOMS = 20
export const TRIED_SAMPLES = 10
export const TRIED_TEXT_CHARS = 200
/** Members that a room's limit may allow. */
export const LIMIT_MAX = 1_000_000
/** Members of one room that slow mode remembers. The one that wrote the longest ago is forgotten first. */
export const SPOKE_MAX = 20_000
/** Messages that wait for a keeper, in all rooms, in one, and of one author in it, and milliseconds until one is dropped. */
export const HELD_MAX = 4000
export const HELD_PER_ROOM = 100
export const HELD_PER_AUTHOR = 20
export const HELD_MS = 24 * 60 * 60 * 1000
/** The latest messages among which an author is looked for if nobody has the name now. */
export const GONE_LOOKED = 500
/** Purges under way, and those that one member has asked for. */
export const PURGES_MAX = 64
export const PURGES_PER_MEMBER = 8
/** Members that one member ignores. */
export const IGNORED_MAX = 200
/** Names of keepers in the answer to a refused act. */
export const KEEPERS_NAMED = 5
/** Sessions whose addresses are matched with a new sanction on a network before the event loop goes on. */
export const MATCHED_AT_ONCE = 500
/** Sanctions, held messages and modes that one tick ends. */
export const ENDS_AT_ONCE = 64

// ── the HTTP API ─────────────────────────────────────────────────────────────────────────────────
/** Tokens on a server. */
export const GRANTS_MAX = 64
/** Idempotency keys kept for one token, and characters of a key. */
export const GRANT_KEYS_MAX = 1000
export const GRANT_KEY_CHARS = 256
/** Event streams of one token, and of all tokens. */
export const STREAMS_PER_GRANT = 32
export const STREAMS_MAX = 256
/** Rooms whose latest events are kept for streams. Above that, only rooms with listeners are kept. */
export const STREAM_ROOMS_MAX = 64
/** Milliseconds between two heartbeats on a stream. */
export const STREAM_BEAT_MS = 15_000
/** Messages that a stream repeats when its client returns over a gap. */
export const STREAM_PAST_MAX = 5000

// ── hooks in ─────────────────────────────────────────────────────────────────────────────────────
/** Bytes of a body that is sent to a hook. */
export const HOOK_IN_BODY_MAX_BYTES = 1_048_576
/** Values in its JSON, and lists and objects in one another. More is refused before it's parsed. */
export const HOOK_IN_VALUES_MAX = 20_000
export const HOOK_IN_DEPTH_MAX = 64
/** Bounds of a reader: values, characters in all, and items of one list. The outer ones come first. */
export const HOOK_IN_VALUES_READ = 4000
export const HOOK_IN_CHARS_READ = 65_536
export const HOOK_IN_ITEMS_READ = 100
/** Characters of a title or a label, of a field's value, and of an excerpt such as the text of an issue. */
export const CARD_TITLE_MAX = 180
export const CARD_VALUE_MAX = 500
export const CARD_EXCERPT_MAX = 600
/** Characters of an address. A longer one isn't linked. */
export const CARD_URL_MAX = 2000
/** Parts of one message, its fields, its links, and alerts or commits that it names. */
export const CARDS_MAX = 10
export const CARD_FIELDS_MAX = 25
export const CARD_LINKS_MAX = 10
export const CARD_ITEMS_MAX = 10
/** Requests to one hook, a second and in a burst, as a multiple of a session's rate. Those beyond that rate are folded. */
export const HOOK_IN_RATE_TIMES = 25
export const HOOK_IN_BURST_TIMES = 50
/** Milliseconds of quiet after which a folded message counts no further, and milliseconds that it counts at most. */
export const FOLD_QUIET_MS = 10_000
export const FOLD_MS = 60_000
/** Milliseconds between two edits of the folded messages of one token. */
export const FOLD_EDIT_MS = 2000
/** Folded messages of one token at once, apart from one that stands for all others. */
export const FOLDS_PER_GRANT = 8
/** Milliseconds in which the same alerts again are the sender's retry. After that they are its reminder. */
export const ALERT_RETRY_MS = 600_000

// ── webhooks ─────────────────────────────────────────────────────────────────────────────────────
/** Hooks on a server, and characters of a hook's URL. */
export const HOOKS_MAX = 32
export const HOOK_URL_CHARS = 2048
/** Deliveries in flight, of all hooks together. Each hook has at most one. */
export const HOOKS_AT_ONCE = 4
/** Milliseconds that a receiver has to answer. */
export const HOOK_MS = 10_000
/** Bytes of an answer that are read. The rest is cut off. */
export const HOOK_ANSWER_BYTES = 65_536
/** Delay before a failed delivery is retried, in milliseconds. It doubles each time, up to the maximum. */
export const HOOK_RETRY_MS = 1000
export const HOOK_RETRY_MOST_MS = 600_000
/** Failures in a row after which a hook is paused: about a day of retries. */
export const HOOK_FAILURES_MAX = 150
/** The longest delay that a receiver may ask for with Retry-After, in milliseconds. */
export const HOOK_RETRY_AFTER_MOST_MS = 3_600_000
/** Events other than messages that wait for hooks. If there are more, half of them are given up, the oldest. */
export const HOOK_EVENTS_MAX = 10_000
/** Milliseconds that the old secret of a hook signs too after a new one was made. */
export const HOOK_ROTATION_MS = 86_400_000
/** The backlog of a receiver is counted up to this many messages. */
export const HOOK_BEHIND_MAX = 1000
/** Deliveries after which a hook's cursor is journaled. After a crash at most so many are repeated. */
export const HOOK_MARK_EVERY = 20

// ── notifications of browsers ────────────────────────────────────────────────────────────────────
/** Subscriptions of one account, and of all together. One more for an account ends its oldest. */
export const PUSHES_PER_ACCOUNT = 5
export const PUSHES_MAX = 10_000
/** Characters of a subscription's URL. */
export const PUSH_ENDPOINT_CHARS = 1024
/** Bytes of every push, before it's encrypted: shorter ones are padded, so that their length says nothing. */
export const PUSH_BYTES = 2048
/** Characters of a text that a push repeats, and of a name. */
export const PUSH_PREVIEW_CHARS = 200
/** Seconds that a push service keeps a push for a device that is away. */
export const PUSH_TTL_S = 86_400
/** Milliseconds that the server's token for a push service is valid. At most a day (RFC 8292, 2). */
export const PUSH_TOKEN_MS = 43_200_000
/** Milliseconds that somebody who is connected has to read a message before other devices are told. */
export const PUSH_WAIT_MS = 15_000
/** Milliseconds between two pushes for one place of an account. */
export const PUSH_EVERY_MS = 30_000
/** Places for which a push waits. Further messages are then pushed to nobody. */
export const PUSH_WAITING_MAX = 10_000
/** Milliseconds in which another server may take over a push that the one which sent has left. */
export const PUSH_TAKEOVER_MS = 60_000
/** Requests to push services in flight, and those of them for one account. */
export const PUSHES_AT_ONCE = 8
export const PUSHES_OF_ACCOUNT = 2
/** Attempts of one push, and milliseconds before the second one. The delay doubles each time. */
export const PUSH_TRIES_MAX = 4
export const PUSH_RETRY_MS = 5000
/** The longest time that a push service may ask to be left alone, in milliseconds. */
export const PUSH_AFTER_MOST_MS = 600_000
/** Pushes in a row that failed after which a subscription ends. */
export const PUSH_FAILURES_MAX = 50

// ── filters ──────────────────────────────────────────────────────────────────────────────────────
/** Filters that are words: on a server, of one room, and of all rooms together. */
export const FILTERS_MAX = 4096
export const FILTERS_PER_ROOM = 128
export const FILTERS_OF_ROOMS = 3072
/** Filters that are regular expressions, likewise. */
export const FILTER_EXPRESSIONS_MAX = 256
export const EXPRESSIONS_PER_ROOM = 8
export const EXPRESSIONS_OF_ROOMS = 224
/** Cost of adding an expression or of trying a rule, at a session's rate: commands. */
export const FILTER_COST = 20
/** Characters of a filter of words, and of one that is an expression. */
export const FILTER_WORDS_CHARS = 64
export const FILTER_EXPRESSION_CHARS = 256
/** Places of an expression that take a character, each repeat counted, and entries of the table that is made of it. */
export const FILTER_POSITIONS_MAX = 256
export const FILTER_TABLE_ENTRIES = 16_384

// ── memory ───────────────────────────────────────────────────────────────────────────────────────
/** Bytes of memory that one room keeps in one encoding for readers that lag behind. */
export const RING_BYTES = 1_048_576
/** Overhead in bytes, counted as part of RING_BYTES, of a frame and of a turn's chunk: measured, on Node 24. */
export const FRAME_HELD_BYTES = 256
export const CHUNK_HELD_BYTES = 352
/**
 * Joins, exits, new names and the like, in a room of so many readers or more: they are written at most so many
 * milliseconds later, or when so many bytes have come.
 */
export const GATHERED_FROM = 64
export const GATHERED_MS = 50
export const GATHERED_BYTES = 65_536
/** A list of members of so many bytes or more is sent to all from the same memory. A shorter one is copied for each. */
export const SHARED_BYTES_MIN = 4096
/** Bytes of frames that wait for one session alone. Lists that are shared don't count. */
export const LANE_BYTES = 262_144
/** Bytes of written frames for one session alone that are kept, in case its connection broke before they arrived. */
export const LANE_KEPT_BYTES = 65_536
/** Bytes kept for a session beyond which its client is pinged even if it talks: a pong says that it has read them. */
export const LANE_ASK_BYTES = 4096
/** Bytes of one write. A connection has at most one outstanding write. */
export const WRITE_BYTES = 262_144
/** Bytes of the latest steps that a server among several keeps, for sessions that come from another one. */
export const KEPT_STEPS_BYTES = 16_777_216
/**
 * Memory of a step without its text: the part that it shares with no other state. Measured with messages, on Node 24:
 * 1,700 in a room of 10 members, 2,500 in one of 5,000. A rename, which is rare, has 6,900.
 */
export const STEP_HELD_BYTES = 2560
/** Worker processes of a server. */
export const WORKERS_MAX = 64
/** Brokers that store each message of several nodes, unless the host says otherwise, and at most. */
export const REPLICAS = 3
export const REPLICAS_MAX = 5
/** Milliseconds until a request to a broker counts as unanswered, an append, and one that makes a stream. */
export const BROKER_ANSWER_MS = 2000
export const BROKER_APPEND_MS = 1000
export const BROKER_CREATE_MS = 10_000
/**
 * Milliseconds without any answer, after which a node looks for a broker that reaches the leader of the log. A leader that
 * has lost the others doesn't know for LEADER_SILENT_MS that they are silent.
 */
export const BROKER_DEAF_MS = 2500
/**
 * Milliseconds that a broker has to answer whether it does, and of silence after which a replica doesn't count for the
 * leader's majority: it says something each second.
 */
export const LEADER_ANSWER_MS = 500
export const LEADER_SILENT_MS = 2000
/** Milliseconds between two attempts to reach a broker, and that a start tries. */
export const BROKER_AGAIN_MS = 250
export const BROKER_FIRST_MS = 60_000
/** Milliseconds between two checks that a broker still answers. After the third one unanswered, another is tried. */
export const BROKER_PING_MS = 1000
/** Milliseconds between two questions whether the brokers write to the disk. */
export const SYNC_ASKED_MS = 60_000
/** Milliseconds between two questions how the brokers are that keep the log. */
export const BROKERS_ASKED_MS = 5000
/** Milliseconds without a sign of a broker, after which it counts as gone. They speak to one another every second. */
export const BROKER_SILENT_MS = 4000
/** Seconds that the brokers keep a beat. */
export const BEAT_KEPT_S = 60
/** Bytes of the messages that a broker sends at once, and of a piece of a shared state. */
export const REPLICATED_PAGE_BYTES = 4_194_304
export const STATE_PIECE_BYTES = 262_144
/** Seconds that a server waits at its stop for clients that can't go on elsewhere, at most. */
export const DRAIN_MAX_S = 86_400
/** Milliseconds between two checks of the workers, and of silence after which one is killed. */
export const WORKER_BEAT_MS = 1000
export const WORKER_SILENCE_MS = 10_000
/** Milliseconds that a worker must have lived to be started again at once, and that all of them have to stop. */
export const WORKER_AGAIN_MS = 1000
export const WORKER_STOP_MS = 15_000
/** Bytes of one message between the processes of a server, and entries of a journal in one of them. */
export const FRAME_MAX_BYTES = 16_777_216
export const REMOTE_PAGE_ENTRIES = 500
/** Bytes that wait for a worker. One that reads so slowly is ended, and started again. */
export const WORKER_BEHIND_BYTES = 67_108_864
/** Inputs between two snapshots of the room. A start folds hardly more than that. */
export const SNAPSHOT_EVERY = 10_000
/** Messages of history that an ephemeral server keeps. */
export const MEMORY_HISTORY_MESSAGES = 10_000
/** Messages of history that a member gets on joining a room, unless it asks for another number. */
export const HISTORY_ON_JOIN = 50
/** Messages, and bytes of their texts, in one page of history. */
export const HISTORY_PAGE_MAX = 200
export const HISTORY_PAGE_BYTES = 131_072
/** Messages, and bytes of texts, that one search reads, if its words are common but few messages have them all. */
export const SEARCH_MESSAGES_MAX = 100_000
export const SEARCH_BYTES_MAX = 67_108_864
/** Messages, and bytes of texts, that one row of the word index covers. */
export const INDEX_MESSAGES = 256
export const INDEX_BYTES = 16_384
/** Unread messages that are counted in one place: a client shows more than that as `1000+`. */
export const UNREAD_MAX = 1000
/** Messages of a place that are looked at for that: own and deleted ones don't count. */
export const UNREAD_LOOKED = 2000
/** Places whose unread messages are counted before the server yields to the event loop. */
export const PLACES_AT_ONCE = 8
/** Rooms, and pieces of such lists, that are read for arriving sessions in one turn, for all of them together. */
export const ARRIVALS_AT_ONCE = 8
/** The latest messages of a room, among which the latest one of a member is looked for. */
export const LATEST_LOOKED = 20_000
/** Direct conversations in a list. */
export const CONVERSATIONS_LISTED_MAX = 100
/** Messages of a gap that are counted, in each room. */
export const MISSED_MAX = 10_000
/** Journal entries that the in-memory journal keeps for a replay. */
export const MEMORY_JOURNAL_ENTRIES = 10_000

// ── the commit log ───────────────────────────────────────────────────────────────────────────────
/** Bytes of each half of the log in front of the journal's tables, and by how much a half grows at once. */
export const LOG_HALF_BYTES = 4_194_304
export const LOG_GROWTH_BYTES = 65_536
/**
 * Committed inputs and messages that are brought into the tables at once, at least; more of them follow while that took
 * less than PROJECTED_MS. From PROJECTED_SOON on they don't wait any longer.
 */
export const PROJECTED_ROWS = 250
/** So many of them count for a change of a message: it's read and written anew, with its reactions. */
export const CHANGE_ROWS = 10
export const PROJECTED_MS = 2
export const PROJECTED_SOON = 1000
/** Inputs in one row of the journal's tables, and UTF-16 units above which it takes no more of them. */
export const CHUNK_INPUTS = 64
export const CHUNK_LENGTH = 16_384
/** Messages of the history that are found by their time together. */
export const TIMED_MESSAGES = 64
/** Such rows, and bytes of SQLite's log, after which the tables are made durable, so that there is little to copy at once. */
export const SETTLED_ROWS = 8000
export const SETTLED_BYTES = 8_388_608

// ── a replicated log ─────────────────────────────────────────────────────────────────────────────
/** Milliseconds until a message that wasn't heard is read: most of those are only late. */
export const HOLE_MS = 400
/** Milliseconds without a message, after which the log is read, in case that the connection is deaf. */
export const REPLICATED_SILENCE_MS = 3000
/** Milliseconds until an append whose outcome isn't known is tried again, or a read that failed. */
export const REPLICATED_RETRY_MS = 250
/** Milliseconds until an append without an answer is tried again, at first and at most. */
export const ATTEMPT_MS = 150
export const ATTEMPT_MAX_MS = 1200
/** Messages of the log that are read at once. */
export const REPLICATED_PAGE = 500
/**
 * Messages of the log, and bytes of them, that a node holds in memory while it can't take them in or store them. It
 * reads on when it can. Before a quarter is held, it doesn't ask.
 */
export const HELD_MESSAGES = 4000
export const HELD_BYTES = 16_777_216
/** Inputs after which the state is shared anew, and the states that are kept. */
export const SHARED_EVERY = 10_000
export const SHARED_STATES = 2
/** Milliseconds until a claim to bring a history in holds: until then, that of another node would be seen. */
export const CLAIM_MS = 2000
/** Inputs of a history that are brought into the log with one append. */
export const IMPORTED_AT_ONCE = 250

// ── the one thread ───────────────────────────────────────────────────────────────────────────────
/** Rows, and bytes of texts, that a long task handles in one piece before it yields to the event loop. */
export const PIECE_ROWS = 100
export const PIECE_BYTES = 65_536
/**
 * Inputs in one commit, and inputs of it that are folded before the server yields to the event loop. A broker takes at
 * most 1,000 messages as one, and each text is one.
 */
export const COMMIT_INPUTS = 500
export const FOLD_INPUTS = 100
/** Bytes of the inputs and texts of one commit: a replicated log takes no more in one piece. */
export const COMMIT_BYTES = 524_288
/**
 * Inputs, and bytes of them, that wait while the journal does not answer; more is refused. All clients may come back at
 * once, each with its hello and a few commands.
 */
export const WAITING_INPUTS = 4 * CLIENTS_MAX
export const WAITING_BYTES = 16_777_216
/** Milliseconds that an input waits for others to share its commit, at most. */
export const GATHER_MS = 100
/** Milliseconds that a stopping server waits to learn whether its last inputs are stored: a replicated log elects anew. */
export const OUTCOME_MS = 10_000
/** Pages of history read for joining sessions before the server yields to the event loop. */
export const PAGES_AT_ONCE = 1
/** Connections written to, for events of their rooms, before the server yields to the event loop. */
export const WRITES_AT_ONCE = 250
/** Readers of one group, at most. They are all written to in the same turn. */
export const GROUP_READERS = 50

// ── a client's screen ────────────────────────────────────────────────────────────────────────────
/** Entries that a client keeps of one room or conversation. Older ones are dropped, and can be loaded again. */
export const TIMELINE_MAX = 10_000
/** How many of the oldest entries are dropped at once. */
export const TIMELINE_DROP = 1000
/** Rooms and conversations that a client keeps. The conversation that was quiet the longest is dropped first. */
export const CONVERSATIONS_MAX = 256
/** Messages that a client keeps beside its timelines, because they're quoted or pinned. */
export const FETCHED_MAX = 500
/** After a gap, the latest messages of a place that a client asks for anew. It drops older ones. */
export const REFRESHED_MAX = 1000
/** Milliseconds after which somebody isn't shown as typing any more. */
export const TYPING_OVER_MS = 6000
/** Members of a place that are shown as typing. */
export const TYPISTS_MAX = 20
/** Lines of input history that can be recalled, and bytes of the line being typed. */
export const TYPED_MAX = 500
export const DRAFT_MAX_BYTES = 262_144
/** Bytes of a picture that a terminal draws, how many it has at once, and how many wait to be fetched. */
export const PICTURE_FETCHED_MAX_BYTES = 1_048_576
export const PICTURES_DRAWN_MAX = 64
export const PICTURES_WANTED_MAX = 64
/** Lines and characters of a text that the page shows. A longer text is folded. */
export const FOLDED_LINES = 24
export const FOLDED_CHARS = 3000
/** Quotes and lists in one another that a screen draws as such. Marks further in are text. */
export const MARKS_DEPTH = 4
/** Characters of code that are coloured before other work gets its turn, and of a line that are coloured at all. */
export const CODE_CHARS_AT_ONCE = 400
/** Characters of the one line of a message that a reply shows. */
export const QUOTATION_MAX = 160
/** Blocks of code whose colours a screen keeps. */
export const COLOURED_BLOCKS_MAX = 200

// ── several servers on a replicated log ──────────────────────────────────────────────────────────
/** Milliseconds between two beats of a server in the log. */
export const NODE_BEAT_MS = 2000
/** Milliseconds without a beat, while the log flows, after which the others say that a server is down. */
export const DOWN_MS = 6000
/** Milliseconds between two of its own beats in the log from which on the log doesn't count as flowing. */
export const FLOW_BREAK_MS = 3000
/**
 * Milliseconds without an acknowledgement after which a server is cut off, and then until its native clients look for
 * another one, and until it doesn't wait any longer if it is about to stop.
 */
export const CUT_OFF_MS = 1000
export const MOVE_AFTER_MS = 15_000
/** Milliseconds that a server may be behind the log and still count as ready. */
export const LAG_MAX_MS = 2000
/** Other servers that a client goes round. */
export const NODES_ROUND_MAX = 64
/** The longest round trip of a beat that tells the broker's clock, in milliseconds. The error is half of the trip. */
export const CLOCK_ROUND_TRIP_MAX_MS = 1000
/** Milliseconds that a machine's clock may be off the broker's at a start. */
export const CLOCK_OFF_MAX_MS = 2000
/** A server says the hash of its state each so many inputs, and compares so many hashes at most. */
export const DIGEST_EVERY = 1000
export const DIGESTS_COMPARED = 64
/** Characters of a state that are hashed before the server yields to the event loop. */
export const DIGEST_PIECE_CHARS = 65_536

/** Edits that are stored and not shown yet, of all messages. Each takes as long as erasing a text. */
export const EDITS_MAX = 256

/** How long an author may edit a message, if the host says nothing else. */
export const EDIT_TIME_MS = 24 * 60 * 60 * 1000

/** Kinds of reactions to one message. */
export const REACTION_KINDS_MAX = 20

/** Reactions to one message, of all kinds. */
export const REACTIONS_MAX = 500

/** UTF-8 bytes of one emoji: a family of four with skin tones has 41, a flag of a region 28. */
export const EMOJI_MAX_BYTES = 64

/** Pinned messages of a room. */
export const PINS_MAX = 50

/** Choices of a question, at least and at most, and UTF-8 bytes of the label of one. */
export const CHOICES_MIN = 2
export const CHOICES_MAX = 10
export const CHOICE_MAX_BYTES = 64

/** Questions that are open at once, in one room and on a server. */
export const QUESTIONS_PER_ROOM = 16
export const QUESTIONS_MAX = 256

/** Open questions of one asker, and of one in one room: so that one member leaves others room for theirs. */
export const QUESTIONS_PER_ASKER = 32
export const QUESTIONS_PER_ASKER_IN_ROOM = 4

/**
 * Open questions of all guests together, of all in one room, and of one: anybody can be many guests, so accounts and tokens
 * keep half for themselves.
 */
export const QUESTIONS_OF_GUESTS_MAX = 128
export const QUESTIONS_OF_GUESTS_PER_ROOM = 8
export const QUESTIONS_PER_GUEST = 16

/** How long a question stays open, unless it says otherwise, and at most. */
export const QUESTION_MS = 24 * 60 * 60 * 1000
export const QUESTION_MAX_MS = 7 * 24 * 60 * 60 * 1000

/** Questions that have ended and are kept for repeats of their keys, and for how long. */
export const QUESTIONS_KEPT_MAX = 1000
export const QUESTION_KEPT_MS = 7 * 24 * 60 * 60 * 1000

/** Answers to one question, and to all open questions together. */
export const ANSWERS_MAX = 10_000
export const ANSWERS_OPEN_MAX = 50_000

/** The first answers, which are shown and kept when a question has ended. */
export const ANSWERS_SHOWN = 100

/** Characters of the key of a question. */
export const ASK_KEY_MAX_CHARS = 256

/** Hands that are raised in one room. */
export const HANDS_MAX = 100
/** Bytes of the output of one live message. A client drops the rest, and says so. */
export const LIVE_MAX_BYTES = 8_388_608

/** Bytes of one piece of it: as base64 it fits into a line of the native protocol. */
export const LIVE_PIECE_BYTES = 40_960

/** Pieces of one live message. A client sends them less and less often as time goes on, so this lasts for days. */
export const LIVE_PIECES_MAX = 8192

/** Cost of a piece of live output, as a part of the cost of a message. */
export const LIVE_PIECE_COST = 0.25

/** Live messages that grow at the same time: of one author, in one room, and on the server. */
export const LIVES_PER_MEMBER = 8
export const LIVES_PER_ROOM = 32
export const LIVES_MAX = 128

/** Those of all guests together, of all in one room, and of one, for the same reason as with questions. */
export const LIVES_OF_GUESTS_MAX = 64
export const LIVES_OF_GUESTS_PER_ROOM = 16
export const LIVES_PER_GUEST = 4

/** A live message of a token, which has no connection to be lost, ends when nothing has come for so long. */
export const LIVE_IDLE_MS = 600_000

/** How often readers get the last lines of a live message: in a large room less often, by so much for each member. */
export const LIVE_SHOWN_MS = 350
export const LIVE_SHOWN_MEMBER_MS = 1

/** The last lines of a live message that all its readers get, and the bytes that they are looked for in. */
export const LIVE_TAIL_LINES = 8
export const LIVE_TAIL_CHARS = 1024
export const LIVE_TAIL_BYTES = 4096

/** Bytes of output that one answer has. */
export const LIVE_ANSWER_BYTES = 65_536

/** Bytes of live output that a server without a disk keeps. */
export const MEMORY_OUTPUT_BYTES = 67_108_864

/** Questions that a client remembers. */
export const QUESTIONS_HEARD_MAX = 1000

/** Messages that one request looks up. */
export const MESSAGES_ASKED_MAX = 50

/** Files of one message. */
export const FILES_PER_MESSAGE = 10

/** Files that a server keeps, of any size. */
export const FILES_MAX = 20_000

/** One member or token has at most such a part of the bytes of all files, and of their places: so nobody takes all. */
export const FILES_SHARES = 4

/** UTF-8 bytes of the name of a file. */
export const FILE_NAME_MAX_BYTES = 255

/** How long an upload may wait for its message. */
export const UPLOAD_MS = 60 * 60 * 1000

/** Pixels of a side of a picture that is shown. A larger one is a file like any other. */
export const SIDE_MAX = 16_384

/** Bytes of the picture of an account. */
export const PICTURE_MAX_BYTES = 256 * 1024

/** Files of one member or token that wait for their message. */
export const UPLOADS_WAITING_MAX = 50

/** How often a member is shown as typing in one place. */
export const TYPING_MS = 3000

/** Members of the largest room that shows who is typing. */
export const TYPING_MEMBERS_MAX = 200

/** Members that are remembered as shown lately. */
export const TYPING_KEPT = 10_000

/** Columns of the line of a message that the textual protocols quote. */
export const QUOTED_COLUMNS = 60

/** Acts of a recorded day that the bot lab plays: the latest ones. */
export const LAB_ACTS_MAX = 20_000
// ── cursors ──────────────────────────────────────────────────────────────────────────────────────
/** Cursors of all owners, of all guests together, of one owner, and of one guest. */
export const CURSORS_MAX = 1000
export const CURSORS_OF_GUESTS_MAX = 200
export const CURSORS_PER_OWNER = 100
export const CURSORS_PER_GUEST = 5
/** Programs that wait for one cursor. */
export const CURSOR_WAITING_MAX = 64
/** Characters of the name by which a token's programs differ. */
export const CURSOR_AS_CHARS = 64
/**
 * Milliseconds that the holder keeps a cursor without a connection, while others wait; and that a program with a token
 * keeps it, or its place among those that wait, after its last request.
 */
export const CURSOR_GRACE_MS = 5000
export const CURSOR_LEASE_MS = 60_000
/** Milliseconds after which an unused cursor is gone, and one of a guest. */
export const CURSOR_KEPT_MS = 30 * 24 * 60 * 60 * 1000
export const GUEST_CURSOR_KEPT_MS = 7 * 24 * 60 * 60 * 1000
/** A lag counts at most so many messages. */
export const CURSOR_LAG_MAX = 10_000
/** Cursors that the metrics have a lag of. */
export const CURSORS_MEASURED = 100
/** Seconds that a request for the next message waits at most; requests that wait, of one token and of all. */
export const CURSOR_WAIT_MAX_S = 30
export const CURSOR_REQUESTS_PER_TOKEN = 32
export const CURSOR_REQUESTS_MAX = 256
