import { expect, it } from 'vitest';
import { copied, idOf, MAX_REQUEST, raised, sendable, versionOf } from './desk-source';

const source = `# yaml-language-server: $schema=../../exercise.schema.json
id: own-it # the folder's name
version: 3
title: Own it
frame: true
steps:
  - read:
      id: look
`;

it('reads the id and the version at the margin, and no others', () => {
  expect(idOf(source)).toBe('own-it');
  expect(idOf('  id: inner\n')).toBeUndefined();
  expect(idOf('id: "quoted"\n')).toBe('quoted');
  expect(versionOf(source)).toBe(3);
  expect(versionOf('version: soon\n')).toBe(0);
});

it('raises a version only where it is not higher already', () => {
  expect(versionOf(raised(source, 3))).toBe(4);
  expect(versionOf(raised(source, 7))).toBe(8);
  expect(raised(source, 2)).toBe(source);
  expect(raised('title: x\n', 2)).toBe('title: x\n');
});

it('copies under an id that is free, as a first version, outside the frame of a session', () => {
  const copy = copied(source, ['own-it', 'own-it-copy']);
  expect(copy).toBe(
    "id: own-it-copy-2 # the folder's name\nversion: 1\ntitle: Own it\nsteps:\n  - read:\n      id: look\n",
  );
  const long = copied(`id: ${'a-'.repeat(19)}bc\n`, []);
  expect(idOf(long)).toMatch(/^[a-z]+(-[a-z]+)*$/);
  expect(idOf(long)?.length).toBeLessThanOrEqual(40);
});

it('knows what is too large to be sent', () => {
  expect(sendable(source)).toBe(true);
  expect(sendable('x'.repeat(MAX_REQUEST))).toBe(false);
  expect(sendable('\n'.repeat(MAX_REQUEST / 2))).toBe(false);
});
