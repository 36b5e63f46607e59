/** A table; what would end a cell is escaped. */
export function table(head, rows) {
  const line = cells =>
    `| ${cells.map(cell => String(cell).replace(/\|/g, '\\|').replace(/\n+/g, '<br>')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
