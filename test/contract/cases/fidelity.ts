import { parseJson, printJson, type JsonObject } from '../../../src/base/json';
import { OpenRecords } from '../../../src/records/openRecords';
import { RecordSaves } from '../../../src/records/recordSaves';
import { anywhere, sandboxOnly } from '../contractCase';
import type { Harness } from '../harness';
import { make, read, update } from '../records';

/** Texts that get lost where a client or a server is careless. */
const texts = {
  'Chinese and emoji': '北京字节跳动 👩‍👩‍👧 𠮷野家',
  'quotes and backslashes': `"a\\b" 'c' \\u0041`,
  'control and line separators': 'a\tb\u2028c\u2029d\u0001e\nf',
  'digits that look like a number': '00012345678901234567890',
  'a long text': '很长'.repeat(5000),
};

/** Digits as a person writes them, in JSON; they come back as text, as all numbers do. */
const digits = [
  '9007199254740993',
  '12345678901234567890123456789',
  '0.10',
  '1.50',
  '-0.000000123456789012345',
  '1e21',
];

/** A record open in an editor, saved through the client. */
function editor(harness: Harness) {
  const open = new OpenRecords({
    service: harness.service,
    connectionOf: () => harness.connection,
    findConnection: () => harness.connection,
    describeOf: () => Promise.resolve(undefined),
    showCompanions: () => true,
    now: Date.now,
  });
  const ref = (id: string) => ({ connectionId: harness.connection.id, object: harness.preset, id });
  return {
    open,
    saves: new RecordSaves(open, { service: harness.service, connectionOf: () => harness.connection }),
    ref,
  };
}

const calls = ({ sent }: Harness, from: number) => sent.slice(from).map(({ path }) => path.split('/').at(-1));

export const fidelity = [
  ...anywhere([
    ...Object.entries(texts).map(([what, text]) => ({
      name: `${what} arrive as they were sent`,
      does: async (harness: Harness) => {
        const id = await make(harness, harness.preset, { remark: text });
        return (await read(harness, harness.preset, id))['remark'] === text;
      },
      expects: true,
    })),
    {
      name: 'a record that was read can be sent back, and stays as it is',
      does: async harness => {
        const id = await make(harness, harness.preset);
        const { name, owner } = await read(harness, harness.preset, id);
        await update(harness, harness.preset, id, { name: name ?? '' });
        const after = await read(harness, harness.preset, id);
        return [after['name'] === name, JSON.stringify(after['owner']) === JSON.stringify(owner)];
      },
      expects: [true, true],
    },
    {
      name: 'a record saved in an editor sends only what was changed',
      does: async harness => {
        const id = await make(harness, harness.preset, { remark: 'before' });
        const { open, saves, ref } = editor(harness);
        const { text } = await open.read(ref(id));
        const from = harness.sent.length;
        const saved = await saves.save(ref(id), text.replace('"before"', '"after"'));
        return [saved, calls(harness, from), (await read(harness, harness.preset, id))['remark']];
      },
      // It looks before the question and, as answering takes time, once more after it.
      expects: [{ saved: ['remark'] }, ['get', 'get', 'update'], 'after'],
    },
    {
      name: 'a record that was changed elsewhere meanwhile is not overwritten',
      does: async harness => {
        const id = await make(harness, harness.preset, { remark: 'before' });
        const { open, saves, ref } = editor(harness);
        const { text } = await open.read(ref(id));
        await update(harness, harness.preset, id, { remark: 'theirs' });
        const from = harness.sent.length;
        const saved = await saves.save(ref(id), text.replace('"before"', '"mine"'));
        const conflicts = 'refused' in saved && saved.refused.code === 'conflict' ? saved.refused.conflicts : undefined;
        return [conflicts, calls(harness, from), (await read(harness, harness.preset, id))['remark']];
      },
      expects: [[{ field: 'remark', before: 'before', theirs: 'theirs', mine: 'mine' }], ['get'], 'theirs'],
    },
    {
      name: 'a record saved unchanged sends nothing',
      does: async harness => {
        const id = await make(harness, harness.preset);
        const { open, saves, ref } = editor(harness);
        const { text } = await open.read(ref(id));
        const from = harness.sent.length;
        return [await saves.save(ref(id), text), calls(harness, from)];
      },
      expects: [{ saved: [] }, []],
    },
  ]),
  ...sandboxOnly('it keeps digits beyond the precision of a field', [
    ...digits.map(number => ({
      name: `${number} keeps its digits from create to get`,
      does: async (harness: Harness) => {
        const body = parseJson(`{"employee_number": ${number}}`) as JsonObject;
        const id = await make(harness, harness.preset, body);
        return (await read(harness, harness.preset, id))['employee_number'];
      },
      expects: number,
    })),
    ...digits.map(number => ({
      name: `${number} keeps its digits when an editor saves it`,
      does: async (harness: Harness) => {
        const id = await make(harness, harness.preset, { employee_number: '1' });
        const { open, saves, ref } = editor(harness);
        const { text } = await open.read(ref(id));
        await saves.save(ref(id), text.replace('"employee_number": "1"', `"employee_number": ${number}`));
        return (await read(harness, harness.preset, id))['employee_number'];
      },
      expects: number,
    })),
    {
      name: 'every seeded record is printed and parsed without loss',
      does: async ({ client, preset, custom, service, connection }) => {
        const lost: string[] = [];
        for (const object of [preset, custom]) {
          const { answer } = await service.query(connection, object, { limit: 100 });
          if (printJson(parseJson(answer.text)) !== printJson(answer.body)) lost.push(client.tenant.id);
          if (answer.text !== printJson(answer.body)) lost.push(object);
        }
        return lost;
      },
      expects: [],
    },
  ]),
];
