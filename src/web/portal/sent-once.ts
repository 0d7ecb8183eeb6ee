/** A second press of the button while the first is on its way sends nothing. Coming back to the page makes it work again. */
export function sentOnce(form: HTMLFormElement): void {
  let sent = false;
  form.addEventListener('submit', (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener('pageshow', () => {
    sent = false;
  });
}
