import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import type { MetricName } from '../../../../../contracts/events.ts';
import type { Finding } from '../../../../../contracts/policy.ts';
import { idsIn, placeOf } from './place.ts';
import { suggestionsAt } from './vocabulary.ts';

export interface EditorHandle {
  goTo: (line: number, column: number) => void;
  replace: (text: string) => void;
}

interface CodeEditorProps {
  initial: string;
  label: string;
  describedBy: string;
  findings: readonly Finding[];
  /** What each metric is called, shown beside its name when it is suggested. */
  metricNames: Readonly<Record<MetricName, string>>;
  onChange: (text: string) => void;
  handle: Ref<EditorHandle>;
}

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--color-accent)' },
  { tag: tags.comment, color: 'var(--color-faint)', fontStyle: 'italic' },
  { tag: [tags.string, tags.content], color: 'var(--color-ink)' },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: 'var(--color-muted)' },
]);

const look = EditorView.theme({
  '&': {
    height: '100%',
    fontSize: 'var(--text-sm)',
    backgroundColor: 'var(--color-surface)',
    color: 'var(--color-ink)',
  },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.6' },
  '.cm-content': { caretColor: 'var(--color-ink)', paddingBlock: '0.75rem' },
  '.cm-cursor': { borderInlineStartColor: 'var(--color-ink)' },
  '.cm-gutters': { backgroundColor: 'var(--color-surface)', color: 'var(--color-faint)', border: 'none' },
  '.cm-activeLine': { backgroundColor: 'var(--color-hover)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'var(--color-selected)',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--color-raised)',
    color: 'var(--color-ink)',
    border: '1px solid var(--color-line)',
    borderRadius: 'var(--radius-md)',
    boxShadow: 'var(--shadow-lg)',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--color-selected)',
    color: 'var(--color-ink)',
  },
  '.cm-completionDetail': { color: 'var(--color-muted)', fontStyle: 'normal', fontFamily: 'var(--font-sans)' },
  '.cm-diagnostic': { fontFamily: 'var(--font-sans)', paddingBlock: '0.375rem' },
  '.cm-diagnostic-error': { borderInlineStartColor: 'var(--color-block)' },
  '.cm-diagnostic-warning': { borderInlineStartColor: 'var(--color-watch)' },
});

/**
 * The policy as text, with line numbers, what the check found in the margin, and suggestions of what may stand where. Tab is left
 * alone, so that the keyboard always finds the way out; Ctrl/⌘ with ] and [ indents.
 */
export default function CodeEditor(props: CodeEditorProps) {
  const { initial, label, describedBy, findings, metricNames, onChange, handle } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const change = useRef(onChange);
  change.current = onChange;
  const names = useRef(metricNames);
  names.current = metricNames;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor is made once; later texts come through `replace`
  useEffect(() => {
    if (host.current === null) return;
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: initial,
        extensions: [
          lineNumbers(),
          lintGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          highlightActiveLine(),
          yaml(),
          syntaxHighlighting(colours),
          autocompletion({ override: [(context) => suggest(context, names.current)], icons: false }),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label, 'aria-describedby': describedBy, tabindex: '0' }),
          EditorState.tabSize.of(2),
          keymap.of([...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) change.current(update.state.doc.toString());
          }),
          look,
        ],
      }),
    });
    view.current = editor;
    return () => {
      editor.destroy();
      view.current = null;
    };
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (editor) editor.dispatch(setDiagnostics(editor.state, diagnostics(editor.state, findings)));
  }, [findings]);

  useImperativeHandle(handle, () => ({
    goTo(line, column) {
      const editor = view.current;
      if (!editor) return;
      const { from, length } = editor.state.doc.line(Math.min(Math.max(1, line), editor.state.doc.lines));
      const at = from + Math.min(Math.max(0, column - 1), length);
      editor.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
      editor.focus();
    },
    replace(text) {
      const editor = view.current;
      editor?.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
    },
  }));

  return <div ref={host} dir="ltr" className="h-full min-h-0 overflow-hidden" />;
}

/** Each finding marks from its column to the end of its line. A line that is no longer there is left out. */
function diagnostics(state: EditorState, findings: readonly Finding[]): Diagnostic[] {
  return findings
    .filter((finding) => finding.line >= 1 && finding.line <= state.doc.lines)
    .map((finding) => {
      const { from, to } = state.doc.line(finding.line);
      return {
        from: Math.min(to, from + Math.max(0, finding.column - 1)),
        to,
        severity: finding.severity,
        message: finding.message,
      };
    });
}

function suggest(context: CompletionContext, names: Readonly<Record<MetricName, string>>): CompletionResult | null {
  const place = placeOf(context.state.sliceDoc(0, context.pos));
  if (place === null || (place.word === '' && !context.explicit && place.at === 'key')) return null;
  const source = context.state.doc.toString();
  const known = { metrics: Object.keys(names) as MetricName[], ladders: idsIn(source, 'ladders') };
  const options = suggestionsAt(place, known).map((word) => ({
    label: word,
    ...(place.at === 'key' && { apply: `${word}: ` }),
    ...(place.key === 'metric' && { detail: names[word as MetricName] }),
  }));
  if (options.length === 0) return null;
  return { from: context.pos - place.word.length, options, validFor: /^[\w -]*$/ };
}
