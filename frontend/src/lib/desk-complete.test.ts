import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Schema, suggest } from './desk-complete';

const schema = JSON.parse(readFileSync('../content/exercise.schema.json', 'utf8')) as Schema;

/** What is offered where | stands. */
function offered(marked: string): string[] {
  const at = marked.indexOf('|');
  const found = suggest(schema, marked.replace('|', ''), at);
  return found?.options.map((o) => o.label) ?? [];
}

const head = 'id: x\nversion: 1\ntitle: X\n';

describe('keys', () => {
  it('are those of the file at its margin, without those it has', () => {
    expect(offered(`${head}|`)).toEqual(expect.arrayContaining(['phase', 'themes', 'steps']));
    expect(offered(`${head}|`)).not.toContain('title');
    expect(offered(`${head}|\nphase: any\n`)).not.toContain('phase');
  });

  it('are the kinds in a list of steps', () => {
    expect(offered(`${head}steps:\n  - |`)).toEqual(
      expect.arrayContaining(['read', 'speak', 'block', 'switch']),
    );
    expect(offered(`${head}steps:\n- wr|`)).toContain('write');
  });

  it('are those of the kind within a step, in a block as well', () => {
    const step =
      'steps:\n  - write:\n      id: a\n      |\n      prompt: x\n  - read:\n      id: b\n';
    expect(offered(step)).toEqual(expect.arrayContaining(['audience', 'max_length', 'skippable']));
    for (const taken of ['id', 'prompt', 'almost']) expect(offered(step)).not.toContain(taken);
    const inner = 'steps:\n  - block: b\n    steps:\n      - confirm:\n          |';
    expect(offered(inner)).toEqual(expect.arrayContaining(['almost', 'more', 'who']));
    expect(offered('steps:\n  - block: b\n    |')).toContain('steps');
  });

  it('are those of a map or of a list of maps further in', () => {
    expect(offered('counselor:\n  |')).toEqual(['purpose', 'watch_for', 'stop_if']);
    expect(offered('sources:\n  - |')).toEqual(['text', 'strength']);
    expect(offered('sources:\n  - text: x\n    |')).toEqual(['strength']);
    expect(offered('steps:\n  - choose:\n      options:\n        - id: a\n          |')).toEqual([
      'text',
    ]);
  });

  it('say what they mean and what is needed, and begin what they hold', () => {
    const found = suggest(schema, 'steps:\n  - ', 11);
    const speak = found?.options.find((o) => o.label === 'speak');
    expect(speak?.info).toMatch(/\w+/);
    expect(speak?.apply).toBe('speak:\n      ');
    expect(found?.from).toBe(11);
    const needed = suggest(schema, '', 0)
      ?.options.filter((o) => o.needed)
      .map((o) => o.label);
    expect(needed).toContain('title');
    expect(needed).not.toContain('after');
  });
});

describe('values', () => {
  it('are those the schema lists', () => {
    expect(offered(`${head}phase: |`)).toContain('understand');
    expect(offered('steps:\n  - write:\n      audience: se|')).toEqual([
      'device',
      'counselor',
      'sealed',
      'room',
    ]);
    expect(offered('steps:\n  - write:\n      skippable: |')).toEqual(['true', 'false']);
  });

  it('are the steps and blocks above, where one is named', () => {
    const above = 'steps:\n  - block: echo\n    steps:\n      - speak:\n          id: tell\n';
    expect(offered(`${above}      - confirm:\n          almost: |`)).toEqual(['tell']);
    expect(offered(`${above}  - switch: |`)).toEqual(['echo']);
    expect(offered(`${above}  - reveal:\n      of: [|`)).toEqual(['tell']);
    expect(offered(`${above}  - reveal:\n      of: [tell, |`)).toEqual(['tell']);
  });
});

it('offers nothing in comments, in prose, or where nothing is known', () => {
  expect(offered('# |')).toEqual([]);
  expect(offered('title: Some wo|')).toEqual([]);
  expect(offered('summary: >\n  prose\n  |')).toEqual([]);
  expect(offered('nothing:\n  |')).toEqual([]);
});
