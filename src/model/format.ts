/**
 * The version of the rules by which `decide` and `evolve` handle an input. It is part of the state, and only an input
 * `format` raises it. So an old journal replays to the same state, and several servers change over at one place in
 * their journal.
 *
 * - 1: the rules of journals without such an input.
 * - 2: a hello with a known token continues that session; a kick reaches lapsed sessions; the topic of an empty room is
 *   kept for a week; the room's time follows a clock that was corrected, and waiting periods count elapsed time; a
 *   refusal of a name says which member holds it.
 * - 3: a member has an id of its own. Before, it was the id of the session that it began with.
 * - 4: accounts, with several sessions a member, invites, and founders of rooms; read positions; a session lapses by
 *   itself; a target's id comes before its name.
 * - 5: several servers on one journal. A server takes part from its `started` on, and until a `stopped` or a `down`;
 *   inputs of any other server, and of one that a session has left, are refused. A tick ends a bounded number of
 *   sessions.
 * - 6: the start of a server says its public address, and which rules its program reads. The rules change only when all
 *   servers that take part read the new ones.
 * - 7: roles, sanctions, modes and word filters.
 * - 8: replies, edits, reactions, pins, files, pictures of accounts, and notifications.
 * - 9: questions, hands, live messages, cursors, and secrets of webhooks that change.
 */
export const FORMAT = 9
