import type { CustomerMarks } from '../../../core/enforcement/types.ts';

const BEGIN = '[Evenhand]';
const END = '[/Evenhand]';
/** What Shopify keeps of a note. */
const LONGEST = 5_000;

/**
 * A customer's note with our own part between two signs brought up to date; what staff wrote stays as it is. It says that something
 * is in force and until when, never why: notes are seen by every app.
 */
export function noteWith(note: string, marks: CustomerMarks, timeZone: string): string {
  const theirs = withoutOurs(note);
  if (marks.as === null) return theirs;
  const until = marks.until === null ? '' : ` until ${new Date(marks.until).toLocaleDateString('sv-SE', { timeZone })}`;
  const ours = `${BEGIN} ${marks.as[0]?.toUpperCase()}${marks.as.slice(1)}${until}. Why, and what may be done about it, is in Evenhand. ${END}`;
  const both = theirs === '' ? ours : `${theirs}\n${ours}`;
  // Their words go before ours where both do not fit.
  return both.length <= LONGEST ? both : theirs;
}

function withoutOurs(note: string): string {
  const begin = note.indexOf(BEGIN);
  const end = note.indexOf(END, begin);
  if (begin === -1 || end === -1) return note;
  const before = note.slice(0, begin).replace(/\n$/, '');
  const after = note.slice(end + END.length);
  return before === '' ? after.replace(/^\n/, '') : before + after;
}
