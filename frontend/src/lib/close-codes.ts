// The close codes of a live socket that a page acts upon; the others mean: come back.

/** Close codes from which a client does not come back by itself. */
export const STOPS = 4500;
export const TOO_FAST = 4029;
export const LINK_OVER = 4501;
export const REMOVED = 4503;
export const NOT_FOUND = 4504;
export const OPEN_ELSEWHERE = 4509;
export const ENDED = 4510;
export const BAD_MESSAGE = 4522;
export const WRONG_PROTOCOL = 4526;
