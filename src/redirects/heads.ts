/** The head of a place without any rule. */
export const NONE = -1;

/** The head of a place with one rule, which is no entry. */
export const loneHead = (rule: number): number => NONE - 1 - rule;
export const loneRule = (head: number): number => NONE - 1 - head;
