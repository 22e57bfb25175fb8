import { beforeAll } from 'vitest';
import { worded } from './language.svelte';

// Tests read the pages as they read once their catalogues are there.
beforeAll(worded);
