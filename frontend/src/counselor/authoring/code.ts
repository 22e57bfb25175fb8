import {
  autocompletion,
  type Completion,
  type CompletionContext,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import {
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from '@codemirror/language';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { ExerciseProblem } from '../../lib/api.gen';
import { type Schema, suggest } from '../../lib/desk-complete';

// The code editor, loaded on the page where exercises are written and nowhere else.

/** Words that the editor says, from the catalogue. */
export interface Words {
  label: string;
  offers: string;
  needed: string;
}

export interface Options {
  text: string;
  words: Words;
  schema: () => Schema | undefined;
  oninput: (text: string) => void;
}

export interface Code {
  /** Shows another text, where it is another. */
  show(text: string): void;
  /** Marks the lines that something is wrong with. */
  mark(problems: readonly ExerciseProblem[]): void;
  /** Puts the cursor onto a line, in sight. */
  go(line: number): void;
  destroy(): void;
}

/**
 * Puts an editor into a shadow root of the host. There its styles are constructed
 * sheets, which the content security policy has nothing against; in the document they
 * would be a style element, which it forbids.
 */
export function write(host: HTMLElement, options: Options): Code {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const { words } = options;
  let showing = false;
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        lineNumbers(),
        highlightActiveLineGutter(),
        highlightActiveLine(),
        lintGutter(),
        history(),
        drawSelection(),
        indentOnInput(),
        indentUnit.of('  '),
        yaml(),
        syntaxHighlighting(colours),
        autocompletion({
          override: [(context) => complete(context, options)],
          icons: false,
          activateOnTyping: true,
        }),
        // Tab is not among them: it leads out of the editor, as it does everywhere.
        keymap.of([...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({
          'aria-label': words.label,
          spellcheck: 'false',
          autocapitalize: 'off',
          tabindex: '0',
        }),
        EditorState.phrases.of({ Completions: words.offers }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !showing) options.oninput(update.state.doc.toString());
        }),
        look,
      ],
    }),
  });

  return {
    show(text) {
      if (text === view.state.doc.toString()) return;
      showing = true;
      // As one change from the first letter that differs, so that the cursor stays.
      const old = view.state.doc.toString();
      let from = 0;
      while (from < old.length && old[from] === text[from]) from++;
      let end = 0;
      while (
        end < Math.min(old.length, text.length) - from &&
        old[old.length - 1 - end] === text[text.length - 1 - end]
      )
        end++;
      view.dispatch({
        changes: { from, to: old.length - end, insert: text.slice(from, text.length - end) },
      });
      showing = false;
    },
    mark(problems) {
      const doc = view.state.doc;
      const found = problems.map((p): Diagnostic => {
        const line = doc.line(Math.min(Math.max(p.line ?? 1, 1), doc.lines));
        const indent = /^[\s-]*/.exec(line.text)?.[0].length ?? 0;
        return {
          from: Math.min(line.from + indent, line.to),
          to: line.to,
          severity: 'error',
          message: `${p.message}. ${p.mend}.`,
        };
      });
      view.dispatch(setDiagnostics(view.state, found));
    },
    go(number) {
      const line = view.state.doc.line(Math.min(Math.max(number, 1), view.state.doc.lines));
      view.dispatch({
        selection: { anchor: line.to },
        effects: EditorView.scrollIntoView(line.from, { y: 'center' }),
      });
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}

function complete(context: CompletionContext, { schema, words }: Options) {
  const known = schema();
  const found = known && suggest(known, context.state.doc.toString(), context.pos);
  if (!found) return null;
  // Unasked only where something is being typed: an empty line is not a question.
  if (!context.explicit && found.from === context.pos) return null;
  const options = found.options.map(
    (o, i): Completion => ({
      label: o.label,
      apply: o.apply,
      boost: (o.needed ? 50 : 0) - i / 100,
      ...(o.needed ? { detail: words.needed } : {}),
      ...(o.info ? { info: o.info } : {}),
    }),
  );
  return { from: found.from, options, validFor: /^[\w-]*$/ };
}

const colours = HighlightStyle.define([
  {
    tag: [tags.propertyName, tags.definition(tags.propertyName)],
    color: 'var(--lake-text)',
    fontWeight: '600',
  },
  { tag: [tags.string, tags.content, tags.attributeValue], color: 'var(--text)' },
  { tag: [tags.lineComment, tags.comment], color: 'var(--text-muted)', fontStyle: 'italic' },
  {
    tag: [tags.separator, tags.punctuation, tags.squareBracket, tags.brace],
    color: 'var(--text-muted)',
  },
]);

const look = EditorView.theme({
  '&': {
    border: '1px solid var(--border-strong)',
    borderRadius: 'var(--radius)',
    backgroundColor: 'var(--surface)',
    color: 'var(--text)',
    fontSize: 'var(--text-xs)',
    blockSize: 'min(36rem, 70vh)',
    overflow: 'hidden',
  },
  '&.cm-focused': { outline: '3px solid var(--focus)', outlineOffset: '2px' },
  '.cm-scroller': {
    fontFamily: 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
    lineHeight: '1.6',
  },
  '.cm-content': { caretColor: 'var(--text)', direction: 'ltr' },
  '&.cm-focused .cm-cursor': { borderInlineStartColor: 'var(--text)' },
  '.cm-gutters': {
    backgroundColor: 'var(--sunk)',
    color: 'var(--text-muted)',
    borderInlineEnd: '1px solid var(--border)',
  },
  '.cm-activeLine, .cm-activeLineGutter': {
    backgroundColor: 'color-mix(in srgb, var(--action) 10%, transparent)',
  },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    {
      backgroundColor: 'color-mix(in srgb, var(--lake) 30%, transparent)',
    },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--danger)',
    textUnderlineOffset: '0.25em',
  },
  '.cm-tooltip': {
    border: '1px solid var(--border-strong)',
    borderRadius: 'var(--radius)',
    backgroundColor: 'var(--surface)',
    color: 'var(--text)',
    boxShadow: 'var(--shadow)',
  },
  '.cm-diagnostic-error': { borderInlineStartColor: 'var(--danger)', color: 'var(--text)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'inherit', maxBlockSize: '16rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '0.3rem 0.6rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--action)',
    color: 'var(--on-action)',
  },
  '.cm-completionDetail': { fontStyle: 'normal', opacity: '1', marginInlineStart: '1em' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionInfo': {
    maxInlineSize: '20rem',
    padding: '0.5rem 0.75rem',
    fontFamily: 'var(--sans)',
  },
  // As well as a colour, the gutter's mark has a letter's shape.
  '.cm-lint-marker-error': { content: 'none' },
  '.cm-lint-marker-error::before': { content: '"▲"', color: 'var(--danger)', fontSize: '0.8em' },
  '.cm-panels': {
    backgroundColor: 'var(--sunk)',
    color: 'var(--text)',
    borderColor: 'var(--border)',
  },
});
