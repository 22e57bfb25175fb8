// What a counselor shares by a link, and what a partner is asked by one: fetched by
// whoever opens such a link, and by nobody else.
export { default as Paper } from './Paper.svelte';
export { PaperPage } from './paper.svelte';
