/**
 * The version of the rules: what `decide` and `evolve` make of an input. It is part of the state and raised only by an
 * input `format`, so an old journal replays to what it was, and several servers change over at one place in their log.
 *
 * - 1: what held before there was such an input.
 * - 2: a hello whose token is known goes on as that session; a kick reaches lapsed sessions; the topic of a room that has
 *   become empty is kept for a week; time yields to a clock that was corrected, and what waits goes on by elapsed time;
 *   a refusal of a name says who holds it.
 */
export const FORMAT = 2
