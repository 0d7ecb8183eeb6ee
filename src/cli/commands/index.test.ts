import { expect, test } from 'vitest';
import { COMMANDS } from './index.ts';

test('every command is listed under its own name and says what it does', async () => {
  for (const [name, load] of Object.entries(COMMANDS)) {
    const { default: command } = await load();
    expect(command.name).toBe(name);
    expect(command.summary).toMatch(/^[A-Z].{10,90}[^.]$/);
    for (const option of Object.values(command.options)) expect(option.about).not.toBe('');
  }
});
