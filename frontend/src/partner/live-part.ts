// The part of the phone that only somebody with a seat needs: it is fetched while the
// first page is being read, so that the first page itself is small.
export { Room } from './room.svelte';
export { default as Session } from './Session.svelte';
