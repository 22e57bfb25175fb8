import { describe, expect, it } from 'vitest';
import { htmlNodes } from './html';

function drawn(html: string): string {
  const page = document.createElement('div');
  page.append(...htmlNodes(html));
  return page.innerHTML;
}

describe('the practice’s help page', () => {
  it('is drawn as it was written', () => {
    const page =
      '<h2>At any hour</h2>\n<p>Call <a href="tel:+4312345">01 / 23 45</a>.<br>Or <strong>come</strong>.</p>\n<ul>\n<li>One &amp; two</li>\n</ul>';
    expect(drawn(page)).toBe(page);
  });

  it('says in words what it may not show', () => {
    expect(drawn('<p>a<script>alert(1)</script><img src=x onerror=alert(1)>b</p>')).toBe(
      '<p>aalert(1)b</p>',
    );
    expect(drawn('<p onclick="x()" style="y">a</p>')).toBe('<p>a</p>');
    expect(drawn('&lt;b&gt; &#60;i&#x3e;')).toBe('&lt;b&gt; &lt;i&gt;');
  });

  it('leads to pages, numbers and addresses only', () => {
    expect(drawn('<a href="javascript:alert(1)">a</a>')).toBe('<a>a</a>');
    expect(drawn('<a href="https://help.example/?a=1&amp;b=2" rel="nofollow">a</a>')).toBe(
      '<a href="https://help.example/?a=1&amp;b=2">a</a>',
    );
  });

  it('comes to an end on anything', () => {
    for (const text of ['', '<', '<<', '</p>', '<p', '&#99999999;', '<p>'.repeat(50)])
      expect(Array.isArray(htmlNodes(text))).toBe(true);
  });
});
