/**
 * Texts in which each UTF-16 unit is one character of one column: Latin, Greek and Cyrillic letters, punctuation, arrows,
 * lines. For these, nobody needs the tables of graphemes and emoji, which take as long to load as React.
 */
export const ONE_COLUMN_EACH =
  /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u0391-\u03a1\u03a3-\u03ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2500-\u25a1\u2713]*$/
