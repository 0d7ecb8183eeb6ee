/*
 * The design system: what screens are made of.
 *
 * tokens.css    colours (light, dark), type, radii, shadows. Only these colours exist as classes: bg-canvas/surface/raised/sunken/hover/selected,
 *               text-ink/muted/faint, border-line/edge, accent, good/watch/restrict/block (each with -soft). Text: xs 12, sm 13, base 14, lg 16, xl 20, 2xl 24.
 * base.css      fonts, focus ring, reduced motion; utilities `control-height` (32 px, 44 on phones), `row-height` (36/44), `tabular`.
 * actions       Button (look, icon, keys, pending), IconButton (needs a label), ButtonLink and Link (typed by the router), Menu/MenuItem/MenuCheck/MenuChoice,
 *               Tooltip (label, keys), KeyHint.
 * forms         Field (label, hint, error, optional) around one Input/Textarea/Select; Checkbox, RadioGroup, Segments, Switch, MultiPick, DropZone.
 * overlays      Dialog, Sheet (OverlayBody, OverlayClose inside), toast({title, undo}).
 * layout        Page (scrolls with the window), PageFill (fills it; parts scroll), PageHeader (title, answer), Section, Card, Disclosure, Prose, Tabs.
 * data          Table (virtual, sticky header, kept columns, j/k/Enter), More (end of a paged list), StandingBadge, StandingMark, Badge, Meter, Sparkline,
 *               ProgressBar, Money, RelativeTime, DateText, CopyableId. `Chart` (uPlot) is imported by itself from ui/chart.tsx, so that it loads only where drawn.
 * states        EmptyState (teaches), ErrorState (retry), Skeleton, SkeletonRows, Loading, Note, Spinner.
 * formatting    useFormats() → money, count, share, metric, date, relative … in the shop's zone and currency; useNow(), useAgo().
 *
 * Rules (checked by tests): logical classes only (ms/me/ps/pe/start/end); no text in JSX: everything through t(); every token pair AA in both themes.
 */
export { Button, ButtonLink, type ButtonLook, buttonClass, IconButton, Link, Spinner } from './button.tsx';
export { cx } from './cx.ts';
export { Disclosure } from './disclosure.tsx';
export { DropZone } from './drop-zone.tsx';
export { Checkbox, Field, Input, RadioGroup, Select, Switch, Textarea, useFieldControl } from './field.tsx';
export { Meter, ProgressBar, Sparkline } from './figures.tsx';
export { createFormats, type Formats, type MetricUnit, minorDigits } from './format.ts';
export { FormatProvider, useAgo, useFormats, useNow } from './format-context.tsx';
export { Icon, type IconName } from './icon.tsx';
export { KeyHint } from './keys.tsx';
export { Card, Page, PageFill, PageHeader, Prose, Section } from './layout.tsx';
export { Menu, MenuCheck, MenuChoice, MenuGroup, MenuItem, MenuSeparator } from './menu.tsx';
export { MultiPick } from './multi-pick.tsx';
export { Dialog, OverlayBody, OverlayClose, Sheet } from './overlay.tsx';
export { More } from './pager.tsx';
export { Segments } from './segments.tsx';
export { Badge, type Meaning, STANDING_OF_STEP, type Standing, StandingBadge, StandingMark } from './standing.tsx';
export { EmptyState, ErrorState, Loading, Note, Skeleton, SkeletonRows } from './states.tsx';
export { type Column, Table } from './table.tsx';
export { Tabs } from './tabs.tsx';
export { closeToasts, ToastProvider, toast } from './toast.tsx';
export { Tooltip, TooltipProvider } from './tooltip.tsx';
export { CopyableId, DateText, Money, RelativeTime } from './values.tsx';
