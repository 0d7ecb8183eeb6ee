/** Keeps a field for figures to figures, also where a code is pasted with spaces or words around it. */
export function codeField(input: HTMLInputElement): void {
  input.addEventListener('input', () => {
    const figures = input.value.replace(/\D/g, '').slice(0, 6);
    if (figures !== input.value) input.value = figures;
  });
}
