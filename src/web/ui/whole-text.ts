const OURS = 'data-whole-text';

/**
 * Whatever is cut off with an ellipsis says the rest to whoever points at it: words are longer in some languages than in others,
 * and nobody knows beforehand where. Starts once, for the whole page; gives the function that ends it.
 */
export function showWholeText(page: Document = document): () => void {
  const look = (event: Event) => {
    for (let at = event.target; at instanceof HTMLElement; at = at.parentElement) {
      if (clips(at)) {
        tell(at);
        return;
      }
    }
  };
  page.addEventListener('pointerover', look, { passive: true });
  return () => page.removeEventListener('pointerover', look);
}

function clips(element: HTMLElement): boolean {
  const { textOverflow, webkitLineClamp } = getComputedStyle(element);
  return textOverflow === 'ellipsis' || (webkitLineClamp !== '' && webkitLineClamp !== 'none');
}

function tell(element: HTMLElement): void {
  const ours = element.hasAttribute(OURS);
  if (element.hasAttribute('title') && !ours) return;
  const cut = element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight;
  if (cut) {
    element.title = element.textContent.trim();
    element.setAttribute(OURS, '');
  } else if (ours) {
    element.removeAttribute('title');
    element.removeAttribute(OURS);
  }
}
