import { describe, expect, it } from 'vitest';
import { bare, markdown } from './markdown';

const plain = (text: string) => [{ text, as: 'plain' }];

describe('the Markdown of prompts', () => {
  it('knows paragraphs, and joins the lines of one', () => {
    expect(markdown('One\nline.\n\nAnother.')).toEqual([
      { as: 'p', lines: [plain('One line.')] },
      { as: 'p', lines: [plain('Another.')] },
    ]);
  });

  it('knows both lists, right after a paragraph as well', () => {
    expect(
      markdown('First:\n- a\n- b\n  goes on\n\n1. x\n2) y').map(({ as, lines }) => [
        as,
        lines.length,
      ]),
    ).toEqual([
      ['p', 1],
      ['ul', 2],
      ['ol', 2],
    ]);
  });

  it('knows bold and italic, and leaves lone marks and names as they are', () => {
    expect(markdown('say **it** *softly*, 2 * 3 and snake_case_word')[0]?.lines[0]).toEqual([
      { text: 'say ', as: 'plain' },
      { text: 'it', as: 'strong' },
      { text: ' ', as: 'plain' },
      { text: 'softly', as: 'em' },
      { text: ', 2 * 3 and snake_case_word', as: 'plain' },
    ]);
  });

  it('takes markup for words', () => {
    expect(markdown('<img src=x onerror=alert(1)> [a](javascript:x)')).toEqual([
      { as: 'p', lines: [plain('<img src=x onerror=alert(1)> [a](javascript:x)')] },
    ]);
  });

  it('comes to an end on anything', () => {
    for (const text of [
      '',
      '\n\n',
      '*',
      '**',
      '***',
      '- ',
      '1.',
      '*'.repeat(4000),
      '_'.repeat(4000),
    ])
      expect(Array.isArray(markdown(text))).toBe(true);
  });
});

it('the words alone stand on one line', () => {
  expect(bare('**Say** it.\n\n- once\n- and *again*')).toBe('Say it. once and again');
});
