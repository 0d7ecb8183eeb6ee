const MEGABYTE = 1_000_000;

/** Shows which files were chosen and how large they are, and says at once what would be refused. */
export function fileField(input: HTMLInputElement, locale: string): void {
  const { most = '5', largest = '10', together = '25', tooLarge = '', tooMany = '', tooMuch = '' } = input.dataset;
  const list = document.createElement('ul');
  list.className = 'chosen';
  const fault = document.createElement('p');
  fault.className = 'problem';
  fault.setAttribute('role', 'status');
  input.after(list, fault);
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    list.replaceChildren(...files.map((file) => line(file, locale)));
    const large = files.find((file) => file.size > Number(largest) * MEGABYTE);
    const all = files.reduce((sum, file) => sum + file.size, 0);
    if (files.length > Number(most)) fault.textContent = tooMany;
    else if (large !== undefined) fault.textContent = tooLarge.replace('{n}', large.name);
    else fault.textContent = all > Number(together) * MEGABYTE ? tooMuch : '';
  });
}

function line(file: File, locale: string): HTMLLIElement {
  const item = document.createElement('li');
  const name = document.createElement('bdi');
  name.textContent = file.name;
  const small = file.size < MEGABYTE;
  const size = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: small ? 'kilobyte' : 'megabyte',
    maximumFractionDigits: small ? 0 : 1,
  }).format(file.size / (small ? 1_000 : MEGABYTE));
  item.append(name, ` · ${size}`);
  return item;
}
