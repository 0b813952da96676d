/** Where in its folder a bundle begins. */
export const bundleEntry = 'server/entry.mjs';

/** Where in its folder a bundle has the files that are the same for every site. */
export const bundlePublic = 'client';
