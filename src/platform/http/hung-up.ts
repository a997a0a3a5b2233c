/** The client went away before its request had arrived whole: nobody is left to tell, and nothing is wrong here. */
export class HungUp extends Error {}

/** What logs say of such a request; nginx has given the number its meaning. */
export const HUNG_UP_STATUS = 499;
