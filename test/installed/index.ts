import { runSuites } from '../support/hostSuite';

/** What VS Code calls inside the extension host. */
export const run = () => runSuites(__dirname);
