/** From here on it is said how much can still be written; before, it would only disturb. */
const SAID_FROM = 500;
const PAUSE_MS = 600;

/** Says below a text how many characters are left, to the eye at once and to a screen reader after a pause. */
export function textLeft(area: HTMLTextAreaElement, locale: string): void {
  const { left = '' } = area.dataset;
  const numbers = new Intl.NumberFormat(locale);
  const line = document.createElement('p');
  line.className = 'hint';
  const spoken = document.createElement('p');
  spoken.className = 'spoken';
  spoken.setAttribute('role', 'status');
  area.after(line, spoken);
  let pause: ReturnType<typeof setTimeout> | undefined;
  const say = () => {
    const count = area.maxLength - area.value.length;
    const words = count > SAID_FROM ? '' : left.replace('{n}', numbers.format(Math.max(0, count)));
    line.textContent = words;
    clearTimeout(pause);
    pause = setTimeout(() => {
      spoken.textContent = words;
    }, PAUSE_MS);
  };
  area.addEventListener('input', say);
  say();
}
