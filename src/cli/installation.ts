import { type Installation, openInstallation } from '../compose.ts';
import type { Call } from './frame.ts';

/**
 * Runs a command's work on the installation: on the server that runs already, or on one started for the command and stopped
 * after it.
 */
export async function withInstallation<T>(call: Call, work: (installation: Installation) => Promise<T>): Promise<T> {
  const installation = await openInstallation(call.config(), { onProgress: call.terminal.err });
  try {
    return await work(installation);
  } finally {
    await installation.close();
  }
}
