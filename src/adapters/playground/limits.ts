export const MAX_CLOCK_ADVANCE = { years: 1 };

/** Room for a file of 1,000,000 characters, most of them outside ASCII, with its quotes escaped. */
export const MAX_BODY_SIZE = '4mb';

/** Suggestions while a partner's name is typed into a form. */
export const MAX_PARTNERS_OFFERED = 1000;
