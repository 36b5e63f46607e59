'use strict';
// Stands in for the native logger of the same name, so that VS Code writes its log files (remoteagent.log,
// exthost/*.log, output channels) without a compiler on the machine.
const fs = require('node:fs');
const path = require('node:path');

const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];

const pad = (number, width = 2) => String(number).padStart(width, '0');

function stamp(date) {
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  const time = `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
  return `${day} ${time}.${pad(date.getMilliseconds(), 3)}`;
}

class Logger {
  constructor(_type, _name, filename) {
    this.level = exports.LogLevel.Info;
    this.plain = false;
    try {
      fs.mkdirSync(path.dirname(filename), { recursive: true });
      this.file = fs.openSync(filename, 'a');
    } catch {
      this.file = undefined;
    }
  }

  write(level, message) {
    if (level < this.level || this.file === undefined) return;
    try {
      fs.writeSync(this.file, this.plain ? message : `${stamp(new Date())} [${names[level]}] ${message}\n`);
    } catch {
      // disk full or closed: logging never breaks the host
    }
  }

  trace(message) {
    this.write(0, message);
  }
  debug(message) {
    this.write(1, message);
  }
  info(message) {
    this.write(2, message);
  }
  warn(message) {
    this.write(3, message);
  }
  error(message) {
    this.write(4, message);
  }
  critical(message) {
    this.write(5, message);
  }

  getLevel() {
    return this.level;
  }
  setLevel(level) {
    this.level = level;
  }
  setPattern() {}
  clearFormatters() {
    this.plain = true;
  }
  flush() {}
  drop() {
    if (this.file === undefined) return;
    try {
      fs.closeSync(this.file);
    } catch {
      // closed already
    }
    this.file = undefined;
  }
}

const create = async (name, filename) => new Logger('rotating', name, filename);

exports.version = 0;
exports.LogLevel = { Trace: 0, Debug: 1, Info: 2, Warning: 3, Error: 4, Critical: 5, Off: 6 };
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
