import type { TestProject } from 'vitest/node';
import { makeServersFolder, removeServersFolder } from './database-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where this run keeps its database servers. The first test that asks for one starts it. */
    serversFolder: string;
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = await makeServersFolder();
  project.provide('serversFolder', folder);
  return () => removeServersFolder(folder);
}
