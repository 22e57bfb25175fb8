// What a phone does between sessions: fetched by whoever opens such a link, and by
// nobody else.
export { default as Between } from './Between.svelte';
export { Home } from './home.svelte';
