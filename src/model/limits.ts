/**
 * Every bound of rxchat, each with its unit. Nothing that a client sends may cost more than these allow
 * (docs/spec.md, rules L*). What an operator may change is an option whose default stands here.
 */

// ── names and text ───────────────────────────────────────────────────────────────────────────────
/** Code points in a user name, after NFC. */
export const NAME_MAX_CHARS = 32
/** Combining marks in a row in a user name, after NFC, that sit on any script's letters: what zalgo is made of. */
export const NAME_MAX_MARKS = 2
/** Nonspacing marks in a row, of whatever script (UTS #39, 5.4): Tibetan needs three, Hebrew and Burmese too. */
export const NAME_MAX_STACKED = 4
/** Code points in a room's name, after NFC. */
export const ROOM_NAME_MAX_CHARS = 32
/** Bytes of UTF-8 in a message. */
export const TEXT_MAX_BYTES = 8192
/** Lines of a message. Line mode and classic write the author before each of them. */
export const TEXT_MAX_LINES = 200
/** Lines of a message that cost its sender one more of what it may send a second. */
export const LINES_PER_TOKEN = 20
/** Bytes of UTF-8 in a topic, a reason or an away note: they live in the room's state. */
export const NOTE_MAX_BYTES = 512

// ── the wire ─────────────────────────────────────────────────────────────────────────────────────
/** Bytes in one line of the native protocol: 8 KiB of text, each byte of which may be a \u escape. */
export const NATIVE_LINE_MAX_BYTES = 65_536
/** Bytes of one line that a client reads from a pipe; what is beyond is not said, and its author is told so. */
export const INPUT_LINE_MAX_BYTES = 65_536
/** Bytes in one line of line mode: the longest text, a command and an address before it. */
export const LINE_MAX_BYTES = TEXT_MAX_BYTES + 256
/** What the original client reads at once; no write to it is longer. */
export const CLASSIC_READ_BYTES = 4096
/** Milliseconds between two writes to a classic client, so that each arrives alone. */
export const CLASSIC_PACE_MS = 20
/** Milliseconds between `OK` and the user list: the original client reads them with one recv each. */
export const CLASSIC_GREETING_MS = 150

// ── the first bytes ──────────────────────────────────────────────────────────────────────────────
/** Bytes after which the first packet must have told its protocol. */
export const SNIFF_MAX_BYTES = 1024
/** Milliseconds of silence that make a text without newline a classic user name. */
export const SNIFF_CLASSIC_MS = 250
/** Milliseconds of silence that end the wait for the rest of a known method or verb. */
export const SNIFF_PATIENCE_MS = 2000
/** Milliseconds in which nothing came at all, after which a person with nc is asked for the name. */
export const SNIFF_NOTHING_MS = 5000
/** Milliseconds by which the clock on the wall may jump before the host is told. */
export const CLOCK_JUMP_MS = 60_000
/** Milliseconds by which the clock on the wall must have been set, on or back, before an input says so. */
export const CLOCK_SET_MS = 1000
/** Milliseconds by which the room's time is ahead of an input's at most; then it yields. */
export const CLOCK_AHEAD_MS = 60_000
/** Milliseconds by which an alarm is late when the server stood still: no peer is judged by that time. */
export const STALL_MS = 100
/** Milliseconds in which a connection must have given a name. A person in line mode types it by hand. */
export const HANDSHAKE_MS = 30_000

/** Bytes of a proxy's header: addresses, and what some add to them. */
export const PROXY_HEADER_MAX_BYTES = 4096

// ── the password ─────────────────────────────────────────────────────────────────────────────────
/** Characters of one that is given. */
export const PASSWORD_MAX_CHARS = 1024
/** Wrong ones from one address before it has to wait. */
export const PASSWORD_FREE_TRIES = 5
/** Milliseconds of the first wait; each further wrong one doubles it, up to the longest. */
export const PASSWORD_WAIT_MS = 1000
export const PASSWORD_WAIT_MAX_MS = 60_000
/** Milliseconds after the last wrong one for which it is remembered, and addresses of which it is. */
export const PASSWORD_MEMORY_MS = 15 * 60_000
export const PASSWORD_ADDRESSES_MAX = 10_000

// ── HTTP ─────────────────────────────────────────────────────────────────────────────────────────
/** Connections from one address that speak HTTP, or shake hands for TLS: a class behind one NAT loads the page at once. */
export const VISITORS_PER_ADDRESS = 256
/** Bytes of one request's head. Browsers send the cookies of all ports of a host. */
export const HTTP_HEAD_MAX_BYTES = 16_384
/** Bytes of one request's body. */
export const HTTP_BODY_MAX_BYTES = 65_536
/** Milliseconds in which the head of a request, and the whole of it, must have come. */
export const HTTP_HEAD_MS = 10_000
export const HTTP_REQUEST_MS = 20_000
/** Milliseconds between two looks at whether one is late. */
export const HTTP_LOOK_MS = 1000
/** Milliseconds that a connection may wait for its next request. */
export const HTTP_KEEP_ALIVE_MS = 5000
/** Milliseconds for which nothing may pass, in either direction. */
export const HTTP_IDLE_MS = 30_000
/** Requests of one connection. */
export const HTTP_REQUESTS_MAX = 1000
/** Requests of one connection that wait for their answer, or whose answer waits to be read. No browser sends two. */
export const HTTP_PIPELINED_MAX = 16
/** What one look at /metrics counts for in the rate of an address: it takes the server as long as so many messages. */
export const METRICS_COST = 25
/** Frames, and reads, of one WebSocket message: each is held apart until it is whole. */
export const WEBSOCKET_PIECES_MAX = 1024

// ── vanished peers ───────────────────────────────────────────────────────────────────────────────
/** Milliseconds between two looks at whether a native peer has said anything; if not, it is pinged. */
export const BEAT_MS = 15_000
/** Milliseconds of silence, pings unanswered, after which a peer is taken for gone. */
export const SILENCE_MS = 40_000
/** Milliseconds of quiet after which TCP asks whether a peer is still there. */
export const KEEPALIVE_MS = 30_000
/** Milliseconds that a peer has to take what was written before the end. */
export const LINGER_MS = 5000
/** Milliseconds that one who reads too slowly has to take what was written before, and why it is let go. */
export const SLOW_LINGER_MS = 300_000
/** Milliseconds that everybody has to hear goodbye when the server stops. */
export const FAREWELL_MS = 1000
/** Lines of one kind in the server's log, a second and at once; more are counted. */
export const LOG_PER_SECOND = 5
export const LOG_BURST = 100
/** Bytes of the console and of the log, each, that wait for a reader of the server's output; more is dropped. */
export const OUTPUT_MAX_BYTES = 1_048_576
/** Names in the list of users that the console prints after each enter, exit and rename; of more it says how many. */
export const USERS_LISTED_MAX = 50
/** Milliseconds until that is tried again which could not be stored, and which nobody else would repeat. */
export const STORAGE_RETRY_MS = 1000

// ── sessions ─────────────────────────────────────────────────────────────────────────────────────
/** Numbered commands that may wait for their answer; as many results are kept. */
export const PENDING_MAX = 64
/** Rooms that one member may be in. */
export const ROOMS_PER_MEMBER = 32
/** Rooms on a server. */
export const ROOMS_MAX = 1000
/** Rooms that those from one address may have made. */
export const ROOMS_PER_ADDRESS = 128
/** Milliseconds for which the topic of an empty room is kept, and how many of those are. */
export const TOPIC_KEPT_MS = 7 * 24 * 60 * 60 * 1000
export const TOPICS_KEPT_MAX = 1000
/** Milliseconds for which a lost native session keeps its place before others see it exit. */
export const GRACE_MS = 60_000
/** Milliseconds for which a session whose grace is over may come back, and how many of those are kept. */
export const LAPSED_MS = 7 * 24 * 60 * 60 * 1000
export const LAPSED_MAX = 4096
/** Characters of a token that a client makes. */
export const TOKEN_MIN_CHARS = 32
export const TOKEN_MAX_CHARS = 256
/** Connections at once that have a name. */
export const CLIENTS_MAX = 10_000
/** File descriptors that are kept for files, and for what the server itself connects to. */
export const DESCRIPTORS_KEPT = 48
/** Members from one address: generous enough for a class behind one NAT. */
export const MEMBERS_PER_ADDRESS = 256
/** Connections from one address that have not given a name yet. */
export const HANDSHAKES_PER_ADDRESS = 64
/** Commands a second that one session may sustain, and how many it may send at once. */
export const RATE_PER_SECOND = 10
export const RATE_BURST = 40
/** How many sessions' worth of that all from one address may ask together, over any protocol, a second and at once. */
export const ADDRESS_RATE_TIMES = 25
export const ADDRESS_BURST_TIMES = 50
/** Addresses whose rate is remembered. */
export const RATE_ADDRESSES_MAX = 10_000
/** Blank lines, WebSocket pings and unasked pongs of one connection, a second and at once; then it is let go. */
export const NOISE_PER_SECOND = 10
export const NOISE_BURST = 1000
/** Commands refused in a row for coming too fast before their sender is let go. */
export const FLOOD_MAX = 500

// ── the HTTP API ─────────────────────────────────────────────────────────────────────────────────
/** Tokens of a server. */
export const GRANTS_MAX = 64
/** Idempotency keys that are kept of one token, and characters of one. */
export const GRANT_KEYS_MAX = 1000
export const GRANT_KEY_CHARS = 256
/** Event streams of one token, and of all. */
export const STREAMS_PER_GRANT = 32
export const STREAMS_MAX = 256
/** Rooms whose latest events are kept for streams, whether or not anybody listens. */
export const STREAM_ROOMS_MAX = 64
/** Milliseconds between two signs of life on a stream. */
export const STREAM_BEAT_MS = 15_000
/** Messages that a stream which comes back to a gap is told again. */
export const STREAM_PAST_MAX = 5000

// ── webhooks ─────────────────────────────────────────────────────────────────────────────────────
/** Hooks of a server, and characters of the address of one. */
export const HOOKS_MAX = 32
export const HOOK_URL_CHARS = 2048
/** Deliveries under way at once, in all; of one hook there is one. */
export const HOOKS_AT_ONCE = 4
/** Milliseconds that a receiver has to answer. */
export const HOOK_MS = 10_000
/** Bytes of an answer that are read; what is longer is cut. */
export const HOOK_ANSWER_BYTES = 65_536
/** Milliseconds until a failed delivery is tried again: twice as long each time, up to the most. */
export const HOOK_RETRY_MS = 1000
export const HOOK_RETRY_MOST_MS = 600_000
/** Failures in a row after which a hook is paused: about a day. */
export const HOOK_FAILURES_MAX = 150
/** Deliveries after which the journal is told how far a hook has come: so many may be repeated after a crash. */
export const HOOK_MARK_EVERY = 20

// ── memory ───────────────────────────────────────────────────────────────────────────────────────
/** Bytes of memory that one room keeps in one encoding for readers that are behind. */
export const RING_BYTES = 1_048_576
/** What of that a frame costs beside its own bytes, and the chunk of a turn: measured, on Node 24. */
export const FRAME_HELD_BYTES = 256
export const CHUNK_HELD_BYTES = 160
/** Bytes that wait for one session alone. */
export const LANE_BYTES = 262_144
/** Bytes for one session alone that were written of late, and are kept lest its connection be lost before it had them. */
export const LANE_KEPT_BYTES = 65_536
/** Bytes of one write; at most one is outstanding on a connection. */
export const WRITE_BYTES = 262_144
/** Inputs after which the room's state is kept anew: a start folds hardly more than as many. */
export const SNAPSHOT_EVERY = 10_000
/** Messages whose past an ephemeral server keeps. */
export const MEMORY_HISTORY_MESSAGES = 10_000
/** Messages of the past that come with joining a room, unless others are asked for. */
export const HISTORY_ON_JOIN = 50
/** Messages in one answer about the past, and bytes of their texts. */
export const HISTORY_PAGE_MAX = 200
export const HISTORY_PAGE_BYTES = 131_072
/** Messages, and bytes of texts, that a search looks at, where the words are many and their messages few. */
export const SEARCH_MESSAGES_MAX = 100_000
export const SEARCH_BYTES_MAX = 67_108_864
/** Messages, and bytes of texts, that one row of the index of words is made of. */
export const INDEX_MESSAGES = 256
export const INDEX_BYTES = 16_384
/** Messages of a gap that are counted at most, in each room. */
export const MISSED_MAX = 10_000
/** Journal entries that the in-memory journal keeps for a replay. */
export const MEMORY_JOURNAL_ENTRIES = 10_000

// ── the one thread ───────────────────────────────────────────────────────────────────────────────
/** Rows of the data, and bytes of texts, that one piece of long work touches before the loop goes round. */
export const PIECE_ROWS = 100
export const PIECE_BYTES = 65_536

// ── a client's screen ────────────────────────────────────────────────────────────────────────────
/** Entries that a client keeps of one room or conversation; older ones are dropped, and can be loaded again. */
export const TIMELINE_MAX = 10_000
/** How many of the oldest are dropped at once. */
export const TIMELINE_DROP = 1000
/** Places that a client keeps: rooms and people. Of the people the one who was quiet the longest is dropped first. */
export const CONVERSATIONS_MAX = 256
/** Lines that were typed and can be had back, and bytes of what is being typed. */
export const TYPED_MAX = 500
export const DRAFT_MAX_BYTES = 262_144
/** Lines and characters of a text that the page shows at once; of a longer one it shows the beginning. */
export const FOLDED_LINES = 24
export const FOLDED_CHARS = 3000
