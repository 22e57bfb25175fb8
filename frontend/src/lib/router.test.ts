import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Place, path, Router, read } from './router.svelte';

test('every place has a path that reads back as the same place', () => {
  const places: Place[] = [
    { page: 'today' },
    { page: 'set-up' },
    { page: 'couples' },
    { page: 'new-couple' },
    { page: 'couple', id: 'a' },
    { page: 'edit-couple', id: 'a' },
    { page: 'plan-new', id: 'a' },
    { page: 'new-session' },
    { page: 'lobby', id: 'a b/c' },
    { page: 'live', id: 'é' },
    { page: 'wrap-up', id: 'a' },
    { page: 'summary', id: 'a' },
    { page: 'exercise', id: 'floor-and-echo' },
    { page: 'guide' },
    { page: 'guide-page', id: 'apology' },
    { page: 'practice' },
    { page: 'due' },
    { page: 'import' },
  ];
  for (const place of places) expect(read(path(place))).toEqual(place);
});

test('filters and the couple one came from stand behind the path, where a page has them', () => {
  const place: Place = { page: 'exercises', query: 'phase=guard&couple=a' };
  expect(path(place)).toBe('/desk/exercises?phase=guard&couple=a');
  expect(read('/desk/exercises', '?phase=guard&couple=a')).toEqual(place);
  expect(read('/desk/practice', '?phase=guard')).toEqual({ page: 'practice' });
});

test('a path that names nothing is nowhere, never a guess', () => {
  for (const p of [
    '/',
    '/join',
    '/desks',
    '/desk/what',
    '/desk/couples/a/b/c',
    '/desk/couples/%E0',
  ])
    expect(read(p)).toEqual({ page: 'nowhere' });
});

test('a slash at the end and a doubled slash change nothing', () => {
  expect(read('/desk/')).toEqual({ page: 'today' });
  expect(read('/desk//couples/')).toEqual({ page: 'couples' });
});

test('a word that has a page of its own is never taken for an id', () => {
  expect(read('/desk/couples/new')).toEqual({ page: 'new-couple' });
  expect(read('/desk/couples/import')).toEqual({ page: 'import' });
  expect(read('/desk/sessions/new')).toEqual({ page: 'new-session' });
});

let stop = () => {};
let router: Router;
beforeEach(() => {
  vi.stubGlobal('scrollTo', () => {});
  history.replaceState(null, '', '/desk');
  router = new Router();
  stop = router.listen();
});
afterEach(() => {
  stop();
  document.body.replaceChildren();
});

// Clicks a link and tells whether the desk took the click over from the browser.
function clicked(href: string, init: MouseEventInit = {}): boolean {
  const a = document.createElement('a');
  a.href = href;
  document.body.append(a);
  let taken = false;
  addEventListener(
    'click',
    (event) => {
      taken = event.defaultPrevented;
      event.preventDefault();
    },
    { once: true },
  );
  a.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...init }));
  return taken;
}

test('a plain click on a link within the desk moves without loading', () => {
  expect(clicked('/desk/couples')).toBe(true);
  expect(router.place).toEqual({ page: 'couples' });
  expect(location.pathname).toBe('/desk/couples');
});

test('a click that asks for a new tab stays with the browser', () => {
  expect(clicked('/desk/couples', { ctrlKey: true })).toBe(false);
  expect(router.place).toEqual({ page: 'today' });
});

test('a link out of the desk stays with the browser', () => {
  expect(clicked('/join')).toBe(false);
  expect(router.place).toEqual({ page: 'today' });
});

test('going and coming back follow the address', async () => {
  router.go({ page: 'couples' });
  router.go({ page: 'couple', id: 'x' });
  const back = new Promise((done) => addEventListener('popstate', done, { once: true }));
  history.back();
  await back;
  expect(router.place).toEqual({ page: 'couples' });
});

test('a replacement leaves no step behind', () => {
  const before = history.length;
  router.go({ page: 'sign-in' }, 'replace');
  expect(history.length).toBe(before);
  expect(location.pathname).toBe('/desk/sign-in');
});
