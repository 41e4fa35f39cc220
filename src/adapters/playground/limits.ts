/** The longest the clock moves at once. */
export const LONGEST_MOVE = { years: 1 };

/** The largest body: a file of 1,000,000 characters, most of them outside ASCII, with its quotes escaped. */
export const LARGEST_BODY = '4mb';

/** The most partners offered while a partner's name is typed into a form. */
export const MOST_PARTNERS_OFFERED = 1000;
