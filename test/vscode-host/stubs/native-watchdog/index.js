'use strict';
// Stands in for the native module of the same name: ends this process when its parent has gone.
exports.start = parent => {
  setInterval(() => {
    try {
      process.kill(parent, 0);
    } catch {
      process.exit(87);
    }
  }, 1000).unref();
};
exports.exit = code => process.exit(code || 0);
