import v8 from 'node:v8';
import vm from 'node:vm';

v8.setFlagsFromString('--expose-gc');

/** Takes garbage away at once. */
export const collect = vm.runInNewContext('gc') as () => void;
